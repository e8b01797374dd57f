import { describe, expect, it } from 'vitest';
import { NO_REVISION } from '../../domain/revision.ts';
import { undoOf } from '../../domain/undo.ts';
import { changeSummaryText } from './change-summary-text.ts';
import { summarizeChange } from './change-summary.ts';

const base = { revision: NO_REVISION, replicaSets: { '4c8g': 12, '8c16g': 8 } };
const save = { kind: 'save', clusterId: 'team', divisible: true } as const;

describe('what a change asked for', () => {
  it('names only the templates that move, in the order of the screen', () => {
    const what = summarizeChange({
      wanted: { ...save, base, want: { '16c32g': 1, '4c8g': 14, '8c16g': 8 } },
      before: null,
    });
    expect(what).toEqual({
      kind: 'resized',
      rows: [
        { templateId: '4c8g', from: 12, to: 14 },
        { templateId: '16c32g', from: 0, to: 1 },
      ],
    });
  });

  it('counts a template that is left out as 0', () => {
    const what = summarizeChange({ wanted: { ...save, base, want: { '4c8g': 12 } }, before: null });
    expect(what).toEqual({ kind: 'resized', rows: [{ templateId: '8c16g', from: 8, to: 0 }] });
  });

  it('tells from the base that the person saw, not from what others had made of it', () => {
    const before = { ...base, replicaSets: { '4c8g': 16, '8c16g': 8 }, divisible: true };
    const what = summarizeChange({ wanted: { ...save, base, want: { '4c8g': 14, '8c16g': 8 } }, before });
    expect(what).toEqual({ kind: 'resized', rows: [{ templateId: '4c8g', from: 12, to: 14 }] });
  });

  it('is no creation when a script writes over a cluster that was there', () => {
    const before = { ...base, divisible: true };
    const what = summarizeChange({ wanted: { ...save, base: null, want: { '4c8g': 12, '8c16g': 9 } }, before });
    expect(what).toEqual({ kind: 'resized', rows: [{ templateId: '8c16g', from: 8, to: 9 }] });
  });

  it('says of one that came without its replica sets that it is cut, not that it emptied the cluster', () => {
    const cut = { wanted: { ...save, base: { ...base, replicaSets: {} }, want: {} }, before: null, cut: 1_800_000 };
    expect(summarizeChange(cut)).toEqual({ kind: 'cut', bytes: 1_800_000 });
    expect(changeSummaryText({ ...cut, result: null })).toBe('Too large to show: 1.8 MB');
    expect(undoOf({ ...cut, result: { kind: 'applied', revision: null, seen: 'reply', retries: 0 } }).kind).toBe(
      'none',
    );
  });

  it('tells a creation, a save of the same, a delete and a release', () => {
    expect(summarizeChange({ wanted: { ...save, base: null, want: { gpu: 2 } }, before: null })).toEqual({
      kind: 'created',
      sets: { gpu: 2 },
      divisible: true,
    });
    expect(summarizeChange({ wanted: { ...save, base, want: { ...base.replicaSets, gpu: 0 } }, before: null })).toEqual(
      {
        kind: 'same',
      },
    );
    expect(
      summarizeChange({
        wanted: { kind: 'delete', clusterId: 'team', base: null },
        before: { ...base, divisible: true },
      }),
    ).toEqual({
      kind: 'deleted',
      sets: base.replicaSets,
    });
    expect(summarizeChange({ wanted: { kind: 'release', clusterId: 'a##b##raysubmit_X' }, before: null })).toEqual({
      kind: 'released',
      // Split at the first ##, as Ray does (fact 22).
      submissionId: 'b##raysubmit_X',
    });
  });
});
