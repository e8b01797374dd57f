import type { Clock } from '../../../../../clock.ts';
import type { CardCounts } from '../layout/card-counts.ts';
import type { LinkHolder } from '../../../../routing/map-query.ts';

/** A card as the tour sees it. */
export interface TourCard {
  readonly card: LinkHolder;
  readonly counts: CardCounts;
  /** Whether one of its job clusters is left over. */
  readonly hasLeftover: boolean;
}

/**
 * What a wall screen shows at a step of its endless tour: the whole fleet, then each card with dead nodes, nodes of unknown
 * state or a left over job cluster, and again. Null: the whole fleet. It depends on nothing but now, so nothing grows.
 */
export function tourStop(cards: readonly TourCard[], step: number): LinkHolder | null {
  const stops = cards.filter(({ counts, hasLeftover }) => counts.by.dead + counts.by.unknown > 0 || hasLeftover);
  const at = step % (stops.length + 1);
  return at === 0 ? null : (stops[at - 1]?.card ?? null);
}

/** How long each stop is shown, ms. */
export const STOP_MS = 12_000;

/** Shows one stop after another of the cards as they are then, with one timer at a time. Returns a function that ends it. */
export function startTour(parts: {
  readonly clock: Pick<Clock, 'after'>;
  readonly cards: () => readonly TourCard[];
  /** The step to begin with, where a tour goes on that was stopped. */
  readonly from?: number;
  readonly show: (stop: LinkHolder | null, step: number) => void;
}): () => void {
  const { clock, cards, from = 0, show } = parts;
  let step = from;
  let cancel: () => void = () => undefined;
  const next = () => {
    show(tourStop(cards(), step), step);
    step += 1;
    cancel = clock.after(STOP_MS, next);
  };
  next();
  return () => cancel();
}
