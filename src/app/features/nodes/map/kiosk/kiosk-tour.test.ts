import { expect, test } from 'vitest';
import type { CardCounts } from '../layout/card-counts.ts';
import { createHandClock } from '../../../../../testing/harness/hand-clock.ts';
import { startTour, STOP_MS, tourStop, type TourCard } from './kiosk-tour.ts';

function card(clusterId: string | null, by: Partial<CardCounts['by']> = {}, hasLeftover = false): TourCard {
  const none = { used: 0, reserved: 0, idle: 0, free: 0, alive: 0, arriving: 0, dead: 0, unknown: 0 };
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

test('over many rounds it shows what needs attention then, has one timer, and leaves none when it ends', async () => {
  const clock = createHandClock();
  const shown: string[] = [];
  let cards = [card('dead', { dead: 1 }), card('left', {}, true)];
  const stop = startTour({ clock, cards: () => cards, show: (at) => shown.push(at?.clusterId ?? 'all') });
  await clock.advance(STOP_MS * 299);
  expect(shown).toEqual(Array.from({ length: 300 }, (_, step) => ['all', 'dead', 'left'][step % 3]));
  expect(clock.waiting()).toBe(1);
  cards = [];
  await clock.advance(STOP_MS * 3);
  expect(shown.slice(300)).toEqual(['all', 'all', 'all']);
  stop();
  expect(clock.waiting()).toBe(0);
});
