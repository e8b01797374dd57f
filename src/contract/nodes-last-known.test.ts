import { expect, test } from 'vitest';
import { nodesLastKnownAt, shownNodesLastKnownAt, type NodeSources } from './nodes-last-known.ts';

const read = (readAt: number) => ({ readAt, failure: null });
const away = (readAt: number, since: number) => ({ readAt, failure: { reason: 'unreachable' as const, since } });
const well: NodeSources = { list: read(100), liveness: read(100), state: read(100), summary: read(100) };

test('an outage begins with the first source that can not be reached', () => {
  expect(nodesLastKnownAt(well)).toBeNull();
  expect(nodesLastKnownAt({ ...well, summary: away(90, 110) })).toBe(100);
  expect(nodesLastKnownAt({ ...well, list: away(100, 110), liveness: away(95, 108) })).toBe(95);
});

test('one source that stays out of reach while the list and the liveness of nodes are read is no outage', () => {
  expect(nodesLastKnownAt({ ...well, list: read(120), liveness: read(121), summary: away(90, 110) })).toBeNull();
});

test('a page, which has only the times of the last change, calls that no outage either', () => {
  expect(shownNodesLastKnownAt({ ...well, summary: away(90, 110) })).toBeNull();
  expect(shownNodesLastKnownAt({ ...well, list: away(100, 110) })).toBe(100);
  expect(shownNodesLastKnownAt({ ...well, liveness: away(95, 110) })).toBe(95);
});
