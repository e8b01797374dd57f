import { expect, test } from 'vitest';
import { countNodes } from './fleet-line.ts';
import { nodeOf } from './testing/pictures.ts';

const told = { last: { value: null, begunAt: 0, arrivedAt: 0 }, failure: null };
const states = { liveness: told, summary: told, state: told };
const fleetOf = (...nodes: ReturnType<typeof nodeOf>[]) => ({ nodes: new Map(nodes.map((node) => [node.id, node])) });

test('every node counts that the map draws: a dead one too that no virtual cluster holds', () => {
  const fleet = fleetOf(nodeOf('a'), nodeOf('b', { state: 'dead', clusterId: 'team' }), nodeOf('c', { state: 'dead' }));
  expect(countNodes(fleet, states)).toEqual({ total: { known: true, value: 3, source: 'liveness' }, dead: { known: true, value: 2, source: 'liveness' } });
});

test('how many are dead is unknown while that is not known of one', () => {
  const failed = { last: null, failure: { reason: 'failed', since: 0 } } as const;
  const counts = countNodes(fleetOf(nodeOf('a'), nodeOf('b', { state: 'unknown' })), { ...states, liveness: failed });
  expect(counts).toEqual({ total: { known: true, value: 2, source: 'summary' }, dead: { known: false, reason: 'failed', source: 'liveness' } });
});
