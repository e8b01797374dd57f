import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVENT_RETENTION, recentEvents, MAX_EVENTS, type FleetEvent } from '../../contract/recent-events.ts';
import type { FleetNode } from '../../domain/fleet.ts';
import { NO_REVISION, parseRevision } from '../../domain/revision.ts';
import { createNodeRegistry } from './node-registry.ts';
import { createEventLog } from './event-log.ts';
import { clusterOf, nodeOf, snapshotOf, sourcesOf } from '../../testing/harness/fleet-snapshots.ts';

const NOW = 1_000_000;

/** What is told, from the second picture on: the first is full, and only learned. */
function follow(...first: readonly FleetNode[]) {
  const registry = createNodeRegistry();
  const eventLog = createEventLog('e');
  const take = (nodes: readonly FleetNode[], more: Parameters<typeof snapshotOf>[1] = {}) => {
    const last = eventLog.last();
    const picture = snapshotOf(nodes, { at: NOW, ...more });
    eventLog.record(registry.update(picture), picture.fleet.clusters, picture.at);
    return eventLog.since(last, picture.at).happenings.map(short);
  };
  take(first);
  return { eventLog, take };
}

function short(each: FleetEvent): string {
  if (each.kind === 'cluster-created' || each.kind === 'cluster-deleted') return `${each.kind} ${each.clusterId}`;
  const where = each.kind === 'moved' ? `${each.from ?? 'free'}→${each.to ?? 'free'}` : (each.clusterId ?? 'free');
  return `${String(each.count)} ${String(each.templateId)} ${each.kind} ${where}: ${each.nodeIds.join(' ')}`;
}

const revised = (id: string, n: number) => clusterOf(id, parseRevision(String(n)) ?? NO_REVISION);
const dead = { state: 'dead' } as const;
const unknown = { state: 'unknown' } as const;
const inX = { clusterId: 'x' };
const blind = sourcesOf({ fails: ['liveness', 'state'] });

describe('events', () => {
  test('there are none during the initial load', () => {
    const { take } = follow();
    expect(take([])).toEqual([]);
    const followed = follow(nodeOf('a', inX));
    expect(followed.eventLog.last()).toBe(0);
  });

  test('a death is reported in its cluster or in the free pool', () => {
    const { take } = follow(nodeOf('a', inX), nodeOf('b'), nodeOf('c', { ...inX, templateId: '8c' }));
    expect(
      take([nodeOf('a', { ...inX, ...dead }), nodeOf('b', dead), nodeOf('c', { ...inX, ...dead, templateId: '8c' })]),
    ).toEqual(['1 4c8g died x: a', '1 4c8g died free: b', '1 8c died x: c']);
  });

  test('a node that disappears has left if it was alive, and not if it was dead', () => {
    const { take } = follow(nodeOf('a', dead), nodeOf('b'), nodeOf('c'));
    expect(take([nodeOf('c')])).toEqual(['1 4c8g left free: b']);
  });

  test('a node arrives when it is first known to be alive', () => {
    const { take } = follow();
    expect(take([nodeOf('a'), nodeOf('b', { ...unknown, ...inX })], { clusters: [] })).toEqual([
      '1 4c8g arrived free: a',
    ]);
    expect(take([nodeOf('a'), nodeOf('b', inX)], { clusters: [] })).toEqual(['1 4c8g arrived x: b']);
    expect(take([nodeOf('a'), nodeOf('b', inX)], { clusters: [] })).toEqual([]);
  });

  test('a move of a node of a job is a move of its virtual cluster', () => {
    const { take } = follow(nodeOf('a', inX), nodeOf('b'), nodeOf('c', inX), nodeOf('d'));
    const job = { ...inX, jobClusterId: 'x##1' };
    expect(
      take([nodeOf('a', job), nodeOf('b', job), nodeOf('c'), nodeOf('d', { jobClusterId: 'kPrimaryClusterID##1' })], {
        clusters: [revised('x', 7)],
      }),
    ).toEqual(['1 4c8g moved free→x: b', '1 4c8g moved x→free: c']);
  });

  test('2,000 nodes that move are one event that names five', () => {
    const all = Array.from({ length: 2_000 }, (_, i) => `n${String(i).padStart(4, '0')}`);
    const { take, eventLog } = follow(...all.map((id) => nodeOf(id)));
    expect(take(all.map((id) => nodeOf(id, inX)))).toEqual([
      'cluster-created x',
      '2000 4c8g moved free→x: n0000 n0001 n0002 n0003 n0004',
    ]);
    expect(take(all.map((id) => nodeOf(id)))).toEqual([
      '2000 4c8g moved x→free: n0000 n0001 n0002 n0003 n0004',
      'cluster-deleted x',
    ]);
    expect(recentEvents.parse(eventLog.since(1, NOW))).toMatchObject({
      epoch: 'e',
      last: 4,
      happenings: [{ n: 2, at: NOW }, { n: 3 }, { n: 4 }],
    });
  });
});

describe('a replacement', () => {
  test('is a dead member in whose place another node of its template came', () => {
    const { take } = follow(nodeOf('a', { ...inX, ...dead }), nodeOf('b'), nodeOf('c', { templateId: '8c' }));
    expect(
      take([nodeOf('a', dead), nodeOf('b', inX), nodeOf('c', { ...inX, templateId: '8c' })], {
        clusters: [revised('x', 7)],
      }),
    ).toEqual(['1 4c8g replaced x: b', '1 8c moved free→x: c']);
  });

  test('is reported before any reading shows the death, if the revision is unchanged', () => {
    const { take } = follow(nodeOf('a', inX), nodeOf('b'));
    expect(take([nodeOf('a'), nodeOf('b', inX)])).toEqual(['1 4c8g replaced x: b']);
    expect(take([nodeOf('a', dead), nodeOf('b', inX)])).toEqual(['1 4c8g died x: a']);
  });

  test('is never by a dead node', () => {
    const { take } = follow(nodeOf('a', { ...inX, ...dead }), nodeOf('b', dead));
    expect(take([nodeOf('a', dead), nodeOf('b', { ...inX, ...dead })])).toEqual([]);
  });

  test('is not assumed when the cluster was changed, or the node came from another cluster', () => {
    const { take } = follow(nodeOf('a', inX), nodeOf('b'), nodeOf('c', { clusterId: 'y' }));
    expect(
      take([nodeOf('a'), nodeOf('b', inX), nodeOf('c', { clusterId: 'y' })], {
        clusters: [revised('x', 7), clusterOf('y')],
      }),
    ).toEqual(['1 4c8g moved x→free: a', '1 4c8g moved free→x: b']);
    expect(take([nodeOf('a'), nodeOf('b'), nodeOf('c', inX)], { clusters: [revised('x', 7), clusterOf('y')] })).toEqual(
      ['1 4c8g moved x→free: b', '1 4c8g moved y→x: c'],
    );
  });
});

describe('an outage', () => {
  test('causes no events, neither at its start nor at its end', () => {
    const { take } = follow(nodeOf('a', inX), nodeOf('b'));
    expect(take([nodeOf('a', { ...inX, ...unknown })], { sources: blind })).toEqual([]);
    expect(take([nodeOf('a', { ...inX, ...unknown })], { sources: blind })).toEqual([]);
    expect(take([nodeOf('a', inX), nodeOf('b'), nodeOf('c')])).toEqual([]);
    expect(take([nodeOf('a', inX), nodeOf('b'), nodeOf('c')])).toEqual([]);
  });

  test('does not hide deaths during it', () => {
    const { take } = follow(nodeOf('a', inX));
    take([nodeOf('a', { ...inX, ...unknown })], { sources: blind });
    expect(take([nodeOf('a', { ...inX, ...dead })])).toEqual(['1 4c8g died x: a']);
  });
});

test('keeps the newest events of the last quarter of an hour', () => {
  const { take, eventLog } = follow();
  for (let i = 0; i <= MAX_EVENTS; i++) take(i % 2 === 0 ? [nodeOf('a')] : [], { at: NOW + i });
  const { happenings: kept } = eventLog.since(0, NOW + MAX_EVENTS);
  expect(kept.map(({ n }) => n)).toEqual(Array.from({ length: MAX_EVENTS }, (_, i) => i + 2));
  expect(eventLog.since(0, NOW + EVENT_RETENTION + 100).happenings).toHaveLength(MAX_EVENTS - 100);
  expect(eventLog.since(MAX_EVENTS + 1, NOW).happenings).toEqual([]);
  take([], { at: NOW + 2 * EVENT_RETENTION });
  expect(eventLog.since(0, NOW + 2 * EVENT_RETENTION)).toEqual({
    epoch: 'e',
    last: MAX_EVENTS + 2,
    happenings: [expect.objectContaining({ n: MAX_EVENTS + 2 })],
  });
});

const ids = Array.from({ length: 12 }, (_, i) => `n${String(i)}`);
const operations = fc.record({
  id: fc.constantFrom(...ids),
  what: fc.constantFrom('join', 'leave', 'die', 'move', 'move'),
  to: fc.constantFrom(null, 'x', 'y'),
  templateId: fc.constantFrom('4c8g', '8c16g'),
});

test('over any history, the living nodes of each holder are those before, changed by the events', () => {
  fc.assert(
    fc.property(fc.array(fc.array(operations, { maxLength: 8 }), { maxLength: 20 }), (steps) => {
      const registry = createNodeRegistry();
      const eventLog = createEventLog('e');
      let nodes = new Map<string, FleetNode>(
        ids.slice(0, 8).map((id, i) => [id, nodeOf(id, { clusterId: [null, 'x', 'y'][i % 3] ?? null })]),
      );
      const living = (holder: string | null) =>
        [...nodes.values()].filter((node) => node.clusterId === holder && node.state === 'alive').length;
      const expected = new Map([null, 'x', 'y'].map((holder) => [holder, living(holder)]));
      const add = (holder: string | null, count: number) => expected.set(holder, (expected.get(holder) ?? 0) + count);
      let generation = 0;

      for (const [revision, step] of [[], ...steps].entries()) {
        const before = nodes;
        nodes = new Map(before);
        for (const { id, what, to, templateId } of step) {
          const key = [...nodes.keys()].find((each) => each.startsWith(`${id}-`) || each === id) ?? '';
          const node = nodes.get(key);
          if (node === undefined) {
            const fresh = `${id}-${String((generation += 1))}`;
            if (what === 'join') nodes.set(fresh, nodeOf(fresh, { templateId }));
          } else if (what === 'leave') nodes.delete(key);
          else if (what === 'die') nodes.set(key, { ...node, state: 'dead' });
          else if (what === 'move' && before.has(key)) nodes.set(key, { ...node, clusterId: to });
        }
        const last = eventLog.last();
        const picture = snapshotOf([...nodes.values()], {
          at: NOW,
          clusters: ['x', 'y'].map((id) => revised(id, revision)),
        });
        eventLog.record(registry.update(picture), picture.fleet.clusters, NOW);
        for (const each of eventLog.since(last, NOW).happenings) {
          if (each.kind === 'cluster-created' || each.kind === 'cluster-deleted') throw new Error('the clusters stay');
          if (each.kind === 'moved') {
            add(each.from, -each.count);
            add(each.to, each.count);
          } else if (each.kind === 'replaced') {
            add(null, -each.count);
            add(each.clusterId, each.count);
          } else add(each.clusterId, each.kind === 'arrived' ? each.count : -each.count);
        }
        for (const holder of [null, 'x', 'y']) expect(expected.get(holder)).toBe(living(holder));
      }
    }),
  );
});
