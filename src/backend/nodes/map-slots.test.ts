import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSlots, type Slots } from './map-slots.ts';
import { createNodeRecord, type NodeRecord } from './node-record.ts';
import { nodeOf } from '../../testing/harness/fleet-snapshots.ts';

function record(id: string): NodeRecord {
  return { ...createNodeRecord(nodeOf(id), null), cell: 'i' };
}

function filledWith(count: number): Slots {
  const slots = createSlots(1);
  for (let i = 0; i < count; i++) slots.enter(record(String(i)), 1);
  return slots;
}

const holders = (slots: Slots) =>
  Array.from({ length: slots.length() }, (_, slot) => slots.at(slot)?.node.id ?? '.').join('');

test('a node that leaves makes an empty slot, and the next node takes the lowest one', () => {
  const slots = filledWith(6);
  slots.leave(4, 2);
  slots.leave(1, 2);
  expect(holders(slots)).toBe('0.23.5');
  expect(slots.enter(record('a'), 3)).toBe(1);
  expect(slots.enter(record('b'), 3)).toBe(4);
  expect(slots.enter(record('c'), 3)).toBe(6);
});

test('empty slots at the end are removed only when more than a quarter is empty', () => {
  const slots = filledWith(8);
  slots.leave(7, 2);
  slots.leave(6, 2);
  slots.trim();
  expect(slots.length()).toBe(8);
  slots.leave(2, 3);
  slots.trim();
  expect(holders(slots)).toBe('01.345');
  slots.leave(3, 4);
  slots.trim();
  expect(holders(slots)).toBe('01..45');
  expect(slots.enter(record('a'), 5)).toBe(2);
});

test('returns pairs of what changed since a number, and all cells where that is shorter or nothing is known', () => {
  const slots = filledWith(40);
  slots.set(7, { cell: 'b', load: null }, 2);
  slots.leave(9, 3);
  expect(slots.read(2)).toEqual({ cells: null, slots: 40, changed: [[9, '.']] });
  expect(slots.read(1)).toEqual({
    cells: null,
    slots: 40,
    changed: [
      [7, 'b'],
      [9, '.'],
    ],
  });
  expect(slots.read(0)).toMatchObject({ cells: `${'i'.repeat(7)}bi.${'i'.repeat(30)}`, changed: [] });
  for (let slot = 0; slot < 10; slot++) slots.set(slot, { cell: 'd', load: null }, 4);
  expect(slots.read(3)).toMatchObject({ cells: `${'d'.repeat(10)}${'i'.repeat(30)}`, changed: [] });
});

test('the load of each node goes with its cell, and an unknown one is not 0', () => {
  const slots = filledWith(30);
  expect(slots.read(0).loads).toBeUndefined();
  slots.set(0, { cell: 'i', load: 0 }, 2);
  slots.set(1, { cell: 'b', load: 8 }, 3);
  expect(slots.read(2).changed).toEqual([[1, 'b8']]);
  expect(slots.read(1).changed).toEqual([
    [0, 'i0'],
    [1, 'b8'],
  ]);
  expect(slots.read(0).loads).toBe(`08${'-'.repeat(28)}`);
  slots.leave(1, 4);
  expect(slots.read(3).changed).toEqual([[1, '.']]);
});

test('over any history, each node has a slot of its own and stays there', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant('come' as const), fc.nat(30)), { maxLength: 120 }), (steps) => {
      const slots = createSlots(0);
      const where = new Map<number, NodeRecord>();
      for (const [n, step] of steps.entries()) {
        if (step === 'come') {
          const empty =
            Array.from({ length: slots.length() }, (_, slot) => slot).find((slot) => !where.has(slot)) ??
            slots.length();
          const one = record(`n${String(n)}`);
          const slot = slots.enter(one, n);
          expect(slot).toBe(empty);
          where.set(slot, one);
        } else if (where.delete(step)) slots.leave(step, n);
        if (n % 7 === 0) slots.trim();
        for (const [slot, one] of where) expect(slots.at(slot)).toBe(one);
        expect(slots.filled()).toBe(where.size);
      }
    }),
  );
});
