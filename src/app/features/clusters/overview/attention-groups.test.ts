import { expect, test } from 'vitest';
import { attentionRows } from './attention-groups.ts';
import type { AttentionItem } from './attention-items.ts';

const dead = (clusterId: string, ...counts: readonly number[]): AttentionItem => ({
  kind: 'replacement',
  clusterId,
  dead: counts.map((count, at) => [`template-${String(at)}`, count]),
});
const left = (clusterId: string, count: number, nodes: number | null): AttentionItem => ({
  kind: 'leftover',
  clusterId,
  count,
  nodes,
  first: 'job',
});
const source: AttentionItem = { kind: 'source', source: 'liveness', reason: 'failed' };
const outcome = (clusterId: string): AttentionItem => ({ kind: 'outcome', clusterId, count: 1 });

/** What the rows say: each item's kind, each group's sums. */
const message = (items: readonly AttentionItem[]) =>
  attentionRows(items).map(({ group, item }) => {
    if (group === null) return item.kind;
    const { items: within, ...sums } = group;
    return { ...sums, of: within.length };
  });

test('few items are shown as they are', () => {
  expect(message([source, dead('a', 1), dead('b', 2), left('c', 1, 1)])).toEqual([
    'source',
    'replacement',
    'replacement',
    'leftover',
  ]);
});

test('many stand by kind with what they come to; what fails and what is alone of its kind stays as it is', () => {
  const items = [
    source,
    outcome('o'),
    dead('a', 4, 2),
    dead('b', 1),
    left('c', 2, 5),
    left('d', 1, 1),
    left('e', 1, 3),
  ];
  expect(message(items)).toEqual([
    'source',
    'outcome',
    { kind: 'replacement', of: 2, dead: 7 },
    { kind: 'leftover', of: 3, count: 4, nodes: 9 },
  ]);
});

test('nodes of which some are not known are not summed', () => {
  const items = Array.from({ length: 7 }, (_, at) => left(String(at), 1, at === 6 ? null : 2));
  expect(message(items)).toEqual([{ kind: 'leftover', of: 7, count: 7, nodes: null }]);
});

test('what nobody can mend is last and folded, however little else there is, and makes nothing many', () => {
  const limit = (name: 'liveness' | 'actors'): AttentionItem => ({ kind: 'limit', source: name, reason: 'truncated' });
  const limits = { kind: 'limit', of: 2, sources: ['liveness', 'actors'] };
  const six = Array.from({ length: 6 }, (_, at) => dead(String(at), 1));
  expect(message([limit('liveness'), limit('actors')])).toEqual([limits]);
  expect(message([...six, limit('liveness'), limit('actors')])).toEqual([...six.map(({ kind }) => kind), limits]);
});
