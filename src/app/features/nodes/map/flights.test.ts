import { expect, test } from 'vitest';
import { createFlights, FLIGHT_MS, movesOf } from './flights.ts';
import { applyMap, emptyMap } from './map-model.ts';

const pool = { key: 'pool', clusterId: null, jobClusterId: null, templateId: '4c8g' };
const team = { key: 'team', clusterId: 'team', jobClusterId: null, templateId: '4c8g' };
const other = { ...pool, key: 'other', templateId: '8c16g' };
const cells = (letters: string) => ({ cells: letters, slots: letters.length, changed: [] });
const to = { section: 'team', slot: 1 };

function mapOf() {
  const model = emptyMap();
  const sections = [
    { ...pool, ...cells('iii') },
    { ...team, ...cells('b') },
    { ...other, ...cells('i') },
  ];
  const first = applyMap(model, { version: 'e-1', whole: true, sections, removed: [] });
  return { model, first };
}

test('a node that leaves one place and one of its template that comes to another have moved; what is new has not', () => {
  const { model, first } = mapOf();
  expect(movesOf(first)).toEqual([]);
  const changed = { cells: null, changed: [[2, '.']] as [number, string][] };
  const sections = [
    { ...pool, ...changed, slots: 3 },
    { ...team, cells: null, slots: 2, changed: [[1, 'i']] as [number, string][] },
    { ...other, cells: null, slots: 2, changed: [[1, 'n']] as [number, string][] },
  ];
  const moves = movesOf(applyMap(model, { version: 'e-2', whole: false, sections, removed: [] }));
  expect(moves.map(({ from, to: at }) => [from.section, from.slot, at.section, at.slot])).toEqual([
    ['pool', 2, 'team', 1],
  ]);
});

test('the nodes of a deleted virtual cluster move to the free pool', () => {
  const { model } = mapOf();
  const sections = [{ ...pool, cells: null, slots: 4, changed: [[3, 'i']] as [number, string][] }];
  const moves = movesOf(applyMap(model, { version: 'e-2', whole: false, sections, removed: ['team'] }));
  expect(moves.map(({ from, to: at }) => [from.section, at.slot])).toEqual([['team', 3]]);
});

test('a flight goes from its start to its cell and ends; where no motion is wanted there is none', () => {
  const flights = createFlights(() => true);
  flights.start([{ from: { x: 1, y: 2 }, to }], 1_000);
  expect(flights.at(1_000)?.share).toBe(0);
  expect(flights.at(1_000 + FLIGHT_MS / 2)?.share).toBe(0.5);
  expect(flights.at(1_000 + FLIGHT_MS)).toBeNull();
  const still = createFlights(() => false);
  still.start([{ from: { x: 1, y: 2 }, to }], 1_000);
  expect(still.at(1_000)).toBeNull();
});
