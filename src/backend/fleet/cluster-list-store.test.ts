import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRevision, type Revision } from '../../domain/revision.ts';
import type { ListedCluster } from '../../domain/sources.ts';
import { createClusterListStore } from './cluster-list-store.ts';

function rev(number: number): Revision {
  const revision = parseRevision(String(number));
  if (revision === null) throw new Error('no revision');
  return revision;
}

function cluster(id: string, revision: number, nodes = 1): ListedCluster {
  const members = new Map(
    Array.from({ length: nodes }, (_, index) => [`${id}${String(index)}`, { hostname: 'h', templateId: '4c8g' }]),
  );
  return { id, divisible: false, revision: rev(revision), members };
}

describe('the result of a write', () => {
  test('is undone by no read that began before the reply, and by any that began after', () => {
    const held = createClusterListStore();
    held.accept([cluster('a', 1)], { at: 10, order: 1 });
    held.applyWrite('a', cluster('a', 5), { at: 20, order: 3 });
    expect(held.get('a')?.revision).toBe('5');
    held.accept([cluster('a', 1)], { at: 20, order: 2 });
    expect(held.get('a')?.revision).toBe('5');
    held.accept([cluster('a', 7)], { at: 20, order: 4 });
    expect(held.get('a')?.revision).toBe('7');
  });

  test('is kept for a deleted id, which returns only with another revision', () => {
    const held = createClusterListStore();
    held.accept([cluster('a', 1)], { at: 10, order: 1 });
    held.applyWrite('a', null, { at: 20, order: 2 });
    expect(held.get('a')).toBeNull();
    held.accept([cluster('a', 1)], { at: 30, order: 3 });
    expect(held.get('a')).toBeNull();
    held.accept([cluster('a', 2)], { at: 40, order: 4 });
    expect(held.get('a')?.revision).toBe('2');
  });

  test('is kept for every revision of an id that was deleted more than once', () => {
    const held = createClusterListStore();
    held.accept([cluster('a', 1)], { at: 10, order: 1 });
    held.applyWrite('a', null, { at: 20, order: 2 });
    held.applyWrite('a', cluster('a', 2), { at: 30, order: 3 });
    held.applyWrite('a', null, { at: 40, order: 4 });
    held.accept([cluster('a', 1)], { at: 50, order: 5 });
    expect(held.get('a')).toBeNull();
    held.accept([cluster('a', 3)], { at: 60, order: 6 });
    expect(held.get('a')?.revision).toBe('3');
  });

  test('undoes nothing that a reading has shown since, when its reply is late', () => {
    const held = createClusterListStore();
    held.accept([cluster('a', 7)], { at: 10, order: 1 });
    held.applyWrite('a', cluster('a', 5), { at: 20, order: 2 });
    expect(held.get('a')?.revision).toBe('7');
    held.accept([], { at: 30, order: 3 });
    held.applyWrite('a', cluster('a', 7), { at: 40, order: 4 });
    expect(held.get('a')).toBeNull();
    held.applyWrite('a', cluster('a', 8), { at: 50, order: 5 });
    expect(held.get('a')?.revision).toBe('8');
  });

  test('does not hide a cluster that was created again, when the reply to its deletion is late', () => {
    const held = createClusterListStore();
    held.accept([cluster('a', 1)], { at: 10, order: 1 });
    held.accept([cluster('a', 2)], { at: 20, order: 2 });
    held.applyWrite('a', null, { at: 30, order: 3 }, rev(1));
    expect(held.get('a')?.revision).toBe('2');
    held.accept([cluster('a', 2)], { at: 40, order: 4 });
    expect(held.get('a')?.revision).toBe('2');
  });

  test('is ordered by when reads count as begun, not by revision', () => {
    const held = createClusterListStore();
    held.accept([cluster('a', 9, 2)], { at: 20, order: 2 });
    expect(held.accept([cluster('a', 10, 5)], { at: 10, order: 3 })).toBe(false);
    expect(held.get('a')?.members.size).toBe(2);
    expect(held.accept([cluster('a', 9, 3)], { at: 30, order: 4 })).toBe(true);
    expect(held.get('a')?.members.size).toBe(3);
  });

  test('leaves the members under an earlier revision known', () => {
    const held = createClusterListStore();
    held.accept([cluster('a', 1, 2)], { at: 10, order: 1 });
    held.accept([cluster('a', 2, 3)], { at: 20, order: 2 });
    expect(held.membersAt('a', rev(1))?.size).toBe(2);
    expect(held.membersAt('a', rev(2))?.size).toBe(3);
    expect(held.membersAt('a', rev(3))).toBeNull();
    expect(held.membersAt('b', rev(1))).toBeNull();
  });
});

/**
 * A Ray that does one thing a tick: writes of ours (whose replies come later), writes of others, reads that begin and
 * come later in any order. The list that is held must never show less than a write's reply once that is known.
 */
test('over any interleaving of reads and writes, no cluster ever goes back behind our last write', () => {
  const step = fc.record({
    kind: fc.constantFrom('ours', 'delete', 'theirs', 'begin', 'arrive', 'arrive-last'),
    id: fc.constantFrom('a', 'b'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, oneMillisecond) => {
      const held = createClusterListStore();
      const ray = new Map<string, ListedCluster>();
      const flying: { moment: { at: number; order: number }; clusters: ListedCluster[] }[] = [];
      const floor = new Map<string, { revision: number; gone: boolean }>();
      let order = 0;
      let revision = 0;
      const tick = () => {
        order += 1;
        return { at: oneMillisecond ? 0 : Math.floor(order / 2), order };
      };
      for (const { kind, id } of steps) {
        const moment = tick();
        if (kind === 'ours') {
          revision += 1;
          ray.set(id, cluster(id, revision));
          held.applyWrite(id, cluster(id, revision), tick());
          floor.set(id, { revision, gone: false });
        } else if (kind === 'delete') {
          ray.delete(id);
          held.applyWrite(id, null, tick());
          floor.set(id, { revision, gone: true });
        } else if (kind === 'theirs') {
          revision += 1;
          ray.set(id, cluster(id, revision));
        } else if (kind === 'begin') {
          flying.push({ moment, clusters: [...ray.values()] });
        } else {
          const reading = kind === 'arrive' ? flying.shift() : flying.pop();
          if (reading !== undefined) held.accept(reading.clusters, reading.moment);
        }
        for (const [each, last] of floor) {
          const shown = held.get(each);
          // Gone: only something newer than all that was when it went may show. Written: that, or something newer.
          if (shown !== null)
            expect(Number(shown.revision)).toBeGreaterThanOrEqual(last.gone ? last.revision + 1 : last.revision);
        }
      }
      // A last read shows Ray as it is.
      held.accept([...ray.values()], tick());
      expect(new Map(held.clusters().map((each) => [each.id, each.revision]))).toEqual(
        new Map([...ray.values()].map((each) => [each.id, each.revision])),
      );
    }),
    { numRuns: 500 },
  );
});

describe('the held list', () => {
  test('keeps object identity for unchanged clusters, and not for one with a replaced member', () => {
    const held = createClusterListStore();
    let order = 0;
    const read = (one: ListedCluster) => {
      held.accept([one], { at: 10, order: (order += 1) });
      return held.get('a');
    };
    const first = read(cluster('a', 1, 3));
    expect(read(cluster('a', 1, 3))).toBe(first);
    const replaced = {
      ...cluster('a', 1, 3),
      members: new Map([...cluster('a', 1, 2).members, ['other', { hostname: 'h', templateId: '4c8g' }]]),
    };
    expect(read(replaced)).toBe(replaced);
    expect(read(cluster('a', 2, 3))).not.toBe(first);
  });

  test('remembers few members of earlier revisions, however large the cluster, and always those of the newest', () => {
    const held = createClusterListStore();
    for (let turn = 1; turn <= 8; turn += 1) {
      held.accept([cluster('large', turn, 3_000), cluster('small', turn, 3)], { at: 10, order: turn });
    }
    const known = (id: string) => [1, 2, 3, 4, 5, 6, 7, 8].filter((turn) => held.membersAt(id, rev(turn)) !== null);
    expect(known('large')).toEqual([7, 8]);
    expect(known('small')).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
