import { expect, test } from 'vitest';
import type { CardCounts } from './card-counts.ts';
import { tourStop, type TourCard } from './kiosk-tour.ts';

function card(clusterId: string | null, by: Partial<CardCounts['by']> = {}, hasLeftover = false): TourCard {
  const none = { used: 0, reserved: 0, idle: 0, alive: 0, arriving: 0, dead: 0, unknown: 0 };
  return { card: { clusterId }, counts: { held: 9, by: { ...none, ...by } }, hasLeftover };
}

const stopsOf = (cards: readonly TourCard[], steps: number) =>
  Array.from({ length: steps }, (_, step) => tourStop(cards, step)?.clusterId ?? 'all');

test('the tour goes from the whole fleet over every card that needs attention, and round again', () => {
  const cards = [card(null), card('dead', { dead: 1 }), card('fine', { used: 9 }), card('left', {}, true)];
  expect(stopsOf(cards, 7)).toEqual(['all', 'dead', 'left', 'all', 'dead', 'left', 'all']);
});

test('where nothing needs attention, the whole fleet stays, for any number of steps', () => {
  expect(stopsOf([card('a'), card('b')], 3)).toEqual(['all', 'all', 'all']);
  expect(tourStop([card('a')], 10_000_000)).toBeNull();
});
