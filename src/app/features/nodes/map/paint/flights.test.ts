import { expect, test } from 'vitest';
import { createFlights, FLIGHT_MS } from './flights.ts';

const to = { section: 'team', slot: 1 };

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
