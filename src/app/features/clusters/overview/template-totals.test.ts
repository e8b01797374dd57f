import fc from 'fast-check';
import { expect, test } from 'vitest';
import { known, unknown } from '../../../../domain/sourced.ts';
import type { FreePool } from '../../../../domain/fleet.ts';
import { clusterOf, poolOf } from '../../../testing/cluster-fixture.ts';
import { templateNodes } from '../../../../testing/harness/template-nodes.ts';
import { nodeParts, templateTotals } from './template-totals.ts';

const failed = unknown('node-full', 'state');
const of = (...templates: readonly ReturnType<typeof templateNodes>[]) => ({ ...clusterOf({}), templates });
const poolWith = (free: number, alive: number): FreePool => ({
  templates: [
    {
      templateId: 't',
      free: known({ count: free, atMost: false }, 'state'),
      alive: known(alive, 'liveness'),
      isHeadTemplate: false,
    },
  ],
  jobClusters: known([], 'state'),
});
const facts = (used: number, reserved: number, idle: number, dead: number) => ({
  used: known(used, 'state'),
  reserved: known(reserved, 'state'),
  idle: known(idle, 'state'),
  dead: known(dead, 'liveness'),
});

test('a template is counted over all virtual clusters and the pool', () => {
  const clusters = [of(templateNodes('t', 6, facts(2, 1, 2, 1))), of(templateNodes('t', 4, facts(4, 0, 0, 0)))];
  expect(templateTotals(clusters, poolWith(3, 12))).toMatchObject([
    { templateId: 't', parts: { used: 6, reserved: 1, idle: 2, free: 3, dead: 1 }, unknown: 0, all: 13, asOf: null },
  ]);
});

test('what is not known is unknown, never idle and never none', () => {
  const clusters = [
    of(templateNodes('t', 5, { used: failed, reserved: failed, idle: failed, dead: known(1, 'liveness') })),
  ];
  expect(templateTotals(clusters, poolWith(3, 7))).toMatchObject([{ parts: { free: 3, dead: 1 }, unknown: 4, all: 8 }]);
});

test('nodes of job clusters in the primary cluster are neither free nor idle', () => {
  expect(templateTotals([], poolWith(3, 5))).toMatchObject([{ parts: { free: 3 }, unknown: 2, all: 5 }]);
});

test('what was known last is shown with the oldest of its times', () => {
  const last = (value: number, at: number) => ({ ...failed, last: { value, at } });
  const clusters = [of(templateNodes('t', 5, { ...facts(0, 0, 0, 1), used: last(2, 90), idle: last(2, 80) }))];
  expect(templateTotals(clusters, poolWith(0, 4))).toMatchObject([
    { parts: { used: 2, idle: 2, dead: 1 }, unknown: 0, asOf: 80 },
  ]);
});

test('a template of which every node is dead has a line, and the head’s own is last', () => {
  const clusters = [of(templateNodes('gone', 2, facts(0, 0, 0, 2)))];
  expect(templateTotals(clusters, poolOf({ head: 1, t10: 1, t9: 1 })).map(({ templateId }) => templateId)).toEqual([
    'gone',
    't9',
    't10',
    'head',
  ]);
});

test('the parts and what is unknown are always the whole, and none is below zero', () => {
  const counts = fc.record({ used: fc.nat(9), reserved: fc.nat(9), idle: fc.nat(9), dead: fc.nat(9), more: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(counts), fc.nat(9), fc.nat(40), (held, free, alive) => {
      const clusters = held.map(({ used, reserved, idle, dead, more }) =>
        of(templateNodes('t', used + reserved + idle + dead + more, facts(used, reserved, idle, dead))),
      );
      for (const { parts, unknown: rest, all } of templateTotals(clusters, poolWith(free, alive))) {
        expect(nodeParts.reduce((sum, part) => sum + parts[part], rest)).toBe(all);
        expect(rest).toBeGreaterThanOrEqual(0);
      }
    }),
    { seed: 4 },
  );
});
