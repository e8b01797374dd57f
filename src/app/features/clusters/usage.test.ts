import fc from 'fast-check';
import { expect, test } from 'vitest';
import { known, unknown, type Sourced } from '../../../domain/sourced.ts';
import { barSegmentsOf, usageAsOf, usageOf, uses } from './usage.ts';
import { templateNodes } from '../../../testing/harness/template-nodes.ts';

const failed = unknown('node-full', 'state');
const nodes = (count: number, facts: Partial<Record<'used' | 'reserved' | 'idle' | 'dead', number>>) => {
  const of = (value: number | undefined): Sourced<number> => (value === undefined ? failed : known(value, 'state'));
  const { used, reserved, idle, dead } = facts;
  return templateNodes('t', count, { used: of(used), reserved: of(reserved), idle: of(idle), dead: of(dead) });
};

test('what its nodes do, over all templates; what is not known is unknown, never idle', () => {
  expect(
    usageOf({
      templates: [
        nodes(6, { used: 2, reserved: 1, idle: 2, dead: 1 }),
        nodes(4, { used: 4, reserved: 0, idle: 0, dead: 0 }),
      ],
    }),
  ).toEqual({ used: 6, reserved: 1, idle: 2, dead: 1, unknown: 0 });
  expect(usageOf({ templates: [nodes(5, { dead: 1 })] })).toMatchObject({ used: 0, idle: 0, dead: 1, unknown: 4 });
  expect(usageOf({ templates: [nodes(5, {})] })).toEqual({ used: 0, reserved: 0, idle: 0, dead: 0, unknown: 5 });
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
  expect(usageOf({ templates })).toEqual({ used: 3, reserved: 0, idle: 2, dead: 1, unknown: 0 });
  expect(usageAsOf({ templates })).toBe(80);
  expect(usageAsOf({ templates: [nodes(5, { used: 5 })] })).toBeNull();
});

test('sources that contradict each other leave nothing below zero', () => {
  expect(usageOf({ templates: [nodes(3, { used: 3, idle: 0, dead: 1 })] }).unknown).toBe(0);
});

test('the bar is whole, its parts stand side by side, and one dead node among thousands is seen', () => {
  fc.assert(
    fc.property(
      fc.record({
        used: fc.nat(9_000),
        reserved: fc.nat(9_000),
        idle: fc.nat(9_000),
        dead: fc.nat(3),
        unknown: fc.nat(9_000),
      }),
      (usage) => {
        const parts = barSegmentsOf(usage);
        let end = 0;
        for (const use of uses) {
          expect(parts[use].start).toBeCloseTo(end, 9);
          expect(parts[use].width === 0).toBe(usage[use] === 0);
          if (usage[use] > 0) expect(parts[use].width).toBeGreaterThanOrEqual(0.059);
          end = parts[use].start + parts[use].width;
        }
        if (uses.some((use) => usage[use] > 0)) expect(end).toBeCloseTo(1, 9);
      },
    ),
    { seed: 3 },
  );
});
