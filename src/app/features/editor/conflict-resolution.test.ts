import { describe, expect, test } from 'vitest';
import type { SaveChange } from '../../../domain/change.ts';
import { retainChoices, resolveConflict, conflictRowsOf, driftSince } from './conflict-resolution.ts';
import { revisionOf } from '../../testing/cluster-fixture.ts';

const opened = { revision: revisionOf('1795469080484243902'), replicaSets: { '4c8g': 12, '8c16g': 8 } };
const sent: SaveChange = {
  kind: 'save',
  clusterId: 'team',
  divisible: false,
  base: opened,
  want: { '4c8g': 20, '8c16g': 9 },
};

describe('a merge', () => {
  const theirs = {
    revision: revisionOf('1795469080484243999'),
    divisible: false,
    replicaSets: { '4c8g': 16, '8c16g': 8 },
  };
  const mine: SaveChange = { ...sent, want: { '4c8g': 14, '8c16g': 6 } };

  test('waits until every row that both moved is chosen for', () => {
    expect(resolveConflict(mine, theirs, new Map())).toEqual({ kind: 'undecided', templateIds: ['4c8g'] });
  });

  test('goes out on theirs, with their revision', () => {
    expect(resolveConflict(mine, theirs, new Map([['4c8g', 'theirs']]))).toEqual({
      kind: 'save',
      save: {
        ...mine,
        base: { revision: theirs.revision, replicaSets: theirs.replicaSets },
        want: { '4c8g': 16, '8c16g': 6 },
      },
    });
  });

  test('that leaves what they have sends nothing', () => {
    const onlyOne = { ...mine, want: { '4c8g': 14, '8c16g': 8 } };
    expect(resolveConflict(onlyOne, theirs, new Map([['4c8g', 'theirs']]))).toEqual({ kind: 'theirs-already' });
  });

  test('of a creation with a cluster of the same id starts from nothing', () => {
    expect(conflictRowsOf({ ...mine, base: null }, theirs).map(({ base, decided }) => [base, decided])).toEqual([
      [0, null],
      [0, null],
    ]);
  });
});

describe('a conflict that moves while it is decided', () => {
  const seen = (revision: string, replicaSets: Readonly<Record<string, number>>) => ({
    revision: revisionOf(revision),
    divisible: false,
    replicaSets,
  });
  const shown = seen('1795469080484243950', { '4c8g': 6, '8c16g': 2 });

  test('says what moved; an older reading and a bare revision say nothing', () => {
    expect(driftSince(shown, seen('1795469080484243960', { '4c8g': 8, '8c16g': 2 }))).toEqual([
      { templateId: '4c8g', from: 6, to: 8 },
    ]);
    expect(driftSince(shown, seen('1795469080484243940', { '4c8g': 8 }))).toEqual([]);
    expect(driftSince(shown, seen('1795469080484243960', { '4c8g': 6, '8c16g': 2 }))).toEqual([]);
    expect(driftSince(shown, null)).toEqual([]);
  });

  test('keeps what was chosen for the templates that did not move', () => {
    const choices = new Map([
      ['4c8g', 'mine'],
      ['8c16g', 'theirs'],
    ]);
    expect([...retainChoices(choices, [{ templateId: '4c8g', from: 6, to: 8 }])]).toEqual([['8c16g', 'theirs']]);
  });
});
