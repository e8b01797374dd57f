import { expect, test } from 'vitest';
import { known, unknown, type Sourced } from '../../../domain/sourced.ts';
import { nodeUsesAsOf, countNodeUses } from './node-use-counts.ts';
import { templateNodes } from '../../../testing/harness/template-nodes.ts';

const failed = unknown('node-full', 'state');
const nodes = (count: number, facts: Partial<Record<'used' | 'reserved' | 'idle' | 'dead', number>>) => {
  const of = (value: number | undefined): Sourced<number> => (value === undefined ? failed : known(value, 'state'));
  const { used, reserved, idle, dead } = facts;
  return templateNodes('t', count, { used: of(used), reserved: of(reserved), idle: of(idle), dead: of(dead) });
};

test('what its nodes do, over all templates; what is not known is unknown, never idle', () => {
  expect(
    countNodeUses({
      templates: [
        nodes(6, { used: 2, reserved: 1, idle: 2, dead: 1 }),
        nodes(4, { used: 4, reserved: 0, idle: 0, dead: 0 }),
      ],
    }),
  ).toEqual({ used: 6, reserved: 1, idle: 2, dead: 1, unknown: 0 });
  expect(countNodeUses({ templates: [nodes(5, { dead: 1 })] })).toMatchObject({
    used: 0,
    idle: 0,
    dead: 1,
    unknown: 4,
  });
  expect(countNodeUses({ templates: [nodes(5, {})] })).toEqual({ used: 0, reserved: 0, idle: 0, dead: 0, unknown: 5 });
});

test('what is not known now is shown as it was known last, with the oldest of its times', () => {
  const last = (value: number, at: number) => ({ ...failed, last: { value, at } });
  const templates = [
    templateNodes('t', 5, {
      used: last(2, 90),
      reserved: known(0, 'state'),
      idle: last(2, 80),
      dead: known(1, 'liveness'),
    }),
    nodes(1, { used: 1, reserved: 0, idle: 0, dead: 0 }),
  ];
  expect(countNodeUses({ templates })).toEqual({ used: 3, reserved: 0, idle: 2, dead: 1, unknown: 0 });
  expect(nodeUsesAsOf({ templates })).toBe(80);
  expect(nodeUsesAsOf({ templates: [nodes(5, { used: 5 })] })).toBeNull();
});

test('sources that contradict each other leave nothing below zero', () => {
  expect(countNodeUses({ templates: [nodes(3, { used: 3, idle: 0, dead: 1 })] }).unknown).toBe(0);
});
