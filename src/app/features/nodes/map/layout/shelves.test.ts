import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, shelvesFor, type Shelf, type ShelfRoom } from './shelves.ts';

const room: ShelfRoom = { width: 10, gap: 1, label: 0, least: 1 };
const placesOf = (...sizes: readonly number[]) => sizes.map((size, index) => ({ key: String(index), size }));

function heightOf(shelves: readonly Shelf[], { gap, label }: ShelfRoom): number {
  return shelves.reduce((sum, { rows }) => sum + rows + label, (shelves.length - 1) * gap);
}

test('blocks share a shelf where that makes them lower, and have one of their own where they are wide', () => {
  // Side by side in three rows, where one row each needs a second and a third shelf.
  expect(shelvesFor(placesOf(9, 6, 9), room)).toEqual([{ rows: 3, places: placesOf(9, 6, 9) }]);
  const [wide, small] = shelvesFor(placesOf(100, 3), room);
  expect([wide?.rows, wide?.places.length, small?.rows, small?.places.length]).toEqual([10, 1, 1, 1]);
  expect(shelvesFor([], room)).toEqual([]);
});

test('what the width has beyond whole cells is room for gaps, and a block has whole columns', () => {
  const own: ShelfRoom = { width: 5.25, gap: 0.25, label: 1, least: 1 };
  expect(shelvesFor(placesOf(4, 1), own)).toEqual([{ rows: 1, places: placesOf(4, 1) }]);
  expect(shelvesFor(placesOf(4, 1), { ...own, width: 5 })).toEqual([{ rows: 2, places: placesOf(4, 1) }]);
  expect(columnsOf(7, 1, own)).toBe(5);
  expect(shelvesFor(placesOf(11), own)).toEqual([{ rows: 3, places: placesOf(11) }]);
});

test('where a label takes room above each shelf, there are fewer shelves', () => {
  const places = placesOf(10, 10, 10);
  expect(shelvesFor(places, { ...room, gap: 0 }).length).toBe(3);
  expect(shelvesFor(places, { ...room, gap: 0, label: 2 }).length).toBe(1);
});

test('every block has a place in its order and within the width, and no single number of rows for all is lower', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 16, max: 160 }).map((quarters) => quarters / 4),
      fc.constantFrom(0, 0.25, 1, 2),
      fc.constantFrom(0, 1.5),
      fc.constantFrom(1, 2),
      (sizes, width, gap, label, least) => {
        const own: ShelfRoom = { width, gap, label, least };
        const places = placesOf(...sizes);
        const shelves = shelvesFor(places, own);
        expect(shelves.flatMap((shelf) => shelf.places)).toEqual(places);
        const fits = ({ rows, places: some }: Shelf) =>
          some.reduce((sum, { size }) => sum + columnsOf(size, rows, own), (some.length - 1) * gap) <= width &&
          some.every(({ size }) => columnsOf(size, rows, own) * rows >= size);
        expect(shelves.every(fits)).toBe(true);
        for (const rows of [1, 2, 3, 4, 5, 6, 8, 11]) {
          const others: Shelf[] = [];
          for (const place of places) {
            const last = others.at(-1);
            const joined = last === undefined ? null : { rows, places: [...last.places, place] };
            if (joined !== null && fits(joined)) others.splice(-1, 1, joined);
            else others.push({ rows: Math.max(rows, Math.ceil(place.size / Math.floor(width))), places: [place] });
          }
          if (others.every(fits)) expect(heightOf(shelves, own)).toBeLessThanOrEqual(heightOf(others, own) + 1e-9);
        }
      },
    ),
  );
});
