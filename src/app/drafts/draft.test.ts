import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SaveChange } from '../../domain/change.ts';
import { countOf, replicaSetsOf } from '../../domain/replica-sets.ts';
import { clusterOf, poolOf, revisionOf } from '../testing/cluster-fixture.ts';
import type { Draft } from './draft-store.ts';
import {
  toCreation,
  draftAfterSend,
  editDraft,
  isDirty,
  newDraft,
  rebaseDraft,
  restoreDraft,
  saveRequestOf,
  withListedTemplates,
  desiredReplicaSetsOf,
} from './draft.ts';

const opened = editDraft(clusterOf({ '4c8g': 12, '8c16g': 8 }), 1_000);

function typed(draft: Draft, ...fields: readonly (readonly [string, string])[]): Draft {
  const given = new Map(fields);
  const known = draft.fields.map((field) => ({ ...field, typed: given.get(field.templateId) ?? field.typed }));
  const more = fields.filter(([templateId]) => draft.fields.every((field) => field.templateId !== templateId));
  return { ...draft, fields: [...known, ...more.map(([templateId, text]) => ({ templateId, typed: text }))] };
}

describe('an editor just opened', () => {
  test('has a field for every template that the cluster holds, and nothing typed', () => {
    expect(opened.fields).toEqual([
      { templateId: '4c8g', typed: '12' },
      { templateId: '8c16g', typed: '8' },
    ]);
    expect(opened.base).toEqual({
      revision: '1795469080484243902',
      replicaSets: { '4c8g': 12, '8c16g': 8 },
      openedAt: 1_000,
      epoch: null,
    });
    expect(isDirty(opened)).toBe(false);
  });

  test('lists every other template of the fleet too, those held first, and only the head node’s is left out', () => {
    const listed = withListedTemplates(opened, poolOf({ '2c4g': 1, '8c16g': 0, gpu_a10: 4, head: 1 }));
    expect(listed.fields).toEqual([
      { templateId: '4c8g', typed: '12' },
      { templateId: '8c16g', typed: '8' },
      { templateId: '2c4g', typed: '0' },
      { templateId: 'gpu_a10', typed: '0' },
    ]);
    expect(isDirty(listed)).toBe(false);
    // What is not held and not asked for is not sent.
    expect(saveRequestOf(typed(listed, ['gpu_a10', '1']))?.want).toEqual({ '4c8g': 12, '8c16g': 8, gpu_a10: 1 });
    expect(saveRequestOf(typed(listed, ['8c16g', '0']))?.want).toEqual({ '4c8g': 12, '8c16g': 0 });
  });

  test('a new one has a field for every template of the fleet but the head node’s', () => {
    const fresh = newDraft(poolOf({ '4c8g': 3, head: 1, '8c16g': 0 }));
    expect(fresh.fields.map(({ templateId }) => templateId)).toEqual(['4c8g', '8c16g']);
    expect(isDirty(fresh)).toBe(false);
  });
});

describe('what is typed', () => {
  test('counts as a change as soon as it says something else, also when it is no count', () => {
    expect(isDirty(typed(opened, ['4c8g', '14']))).toBe(true);
    expect(isDirty(typed(opened, ['4c8g', '']))).toBe(true);
    expect(isDirty(typed(opened, ['4c8g', '012']))).toBe(false);
    expect(isDirty(typed(opened, ['gpu_a10', '0']))).toBe(false);
    expect(isDirty({ ...newDraft(poolOf({})), typedId: 't' })).toBe(true);
  });

  test('an emptied field is no count and never 0', () => {
    expect(desiredReplicaSetsOf(typed(opened, ['4c8g', '']).fields)).toBeNull();
    expect(saveRequestOf(typed(opened, ['4c8g', '']))).toBeNull();
  });

  test('becomes a save that names every template held or asked for, on the base that was frozen', () => {
    expect(saveRequestOf(typed(opened, ['4c8g', '14'], ['gpu_a10', '4']))).toEqual({
      kind: 'save',
      clusterId: 'team',
      divisible: false,
      base: { revision: '1795469080484243902', replicaSets: { '4c8g': 12, '8c16g': 8 } },
      want: { '4c8g': 14, '8c16g': 8, gpu_a10: 4 },
    });
  });

  test('a creation leaves out what it doesn’t ask for', () => {
    const fresh = typed({ ...newDraft(poolOf({ '4c8g': 3, '8c16g': 2 })), typedId: 'team' }, ['4c8g', '2']);
    expect(saveRequestOf(fresh)).toMatchObject({ clusterId: 'team', base: null, want: { '4c8g': 2 } });
  });
});

describe('a draft that comes back', () => {
  test('gets a field again for whatever its base holds: one left out would be given back', () => {
    const broken: Draft = { ...opened, fields: [{ templateId: '8c16g', typed: '1e5' }] };
    expect(restoreDraft(broken).fields).toEqual([
      { templateId: '4c8g', typed: '12' },
      { templateId: '8c16g', typed: '1e5' },
    ]);
  });
});

describe('a draft whose save goes out', () => {
  const save: SaveChange = {
    kind: 'save',
    clusterId: 'team',
    divisible: false,
    base: { revision: revisionOf('1795469080484243999'), replicaSets: { '4c8g': 16 } },
    want: { '4c8g': 16, gpu_a10: 1 },
  };

  test('says what was sent, and starts from what it was sent on', () => {
    const next = draftAfterSend(typed(opened, ['4c8g', '14']), save, 2_000, 'e');
    expect(next.fields).toEqual([
      { templateId: '4c8g', typed: '16' },
      { templateId: '8c16g', typed: '0' },
      { templateId: 'gpu_a10', typed: '1' },
    ]);
    expect(next.base).toEqual({ ...save.base, openedAt: 2_000, epoch: 'e' });
  });

  test('stays exactly as typed when it says that already', () => {
    const draft = typed(opened, ['4c8g', ' 014']);
    const sent = saveRequestOf(draft);
    expect(sent).not.toBeNull();
    if (sent !== null) expect(draftAfterSend(draft, sent, 2_000)).toEqual(draft);
  });

  test('keeps its base when it creates the cluster again, without what was held', () => {
    const again = toCreation({ ...save, want: { '4c8g': 3, '8c16g': 0 } });
    expect(again).toMatchObject({ base: null, want: { '4c8g': 3 } });
    expect(draftAfterSend(opened, again, 2_000).base).toEqual(opened.base);
  });

  test('whatever was typed, the fields afterwards are what was sent', () => {
    const sets = fc
      .dictionary(fc.string({ minLength: 1 }), fc.nat(2_000))
      .map((each) => replicaSetsOf(Object.entries(each)));
    fc.assert(
      fc.property(sets, sets, (want, held) => {
        const next = draftAfterSend(
          { ...opened, fields: Object.entries(held).map(([templateId, n]) => ({ templateId, typed: String(n) })) },
          { ...save, want },
          3,
        );
        const desired = desiredReplicaSetsOf(next.fields) ?? {};
        for (const name of [...Object.keys(want), ...Object.keys(held)])
          expect(countOf(desired, name)).toBe(countOf(want, name));
      }),
      { seed: 5 },
    );
  });
});

test('started from what it has now, what was typed stays, and what was not says what it has', () => {
  const next = rebaseDraft(
    typed(opened, ['4c8g', '014']),
    clusterOf({ '4c8g': 3, gpu_a10: 2 }, { revision: '77' }),
    5_000,
    'f',
  );
  expect(next.base).toEqual({ revision: '77', replicaSets: { '4c8g': 3, gpu_a10: 2 }, openedAt: 5_000, epoch: 'f' });
  expect(next.fields).toEqual([
    { templateId: '4c8g', typed: '014' },
    { templateId: 'gpu_a10', typed: '2' },
    { templateId: '8c16g', typed: '0' },
  ]);
});
