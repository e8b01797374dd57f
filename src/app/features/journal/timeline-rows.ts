import type { TimelineEntry, TimelinePage } from '../../../contract/timeline.ts';
import { dateText } from '../../ui/time-text.ts';
import { timelineText } from '../../text/timeline-text.ts';

export function idOf(entry: TimelineEntry): string {
  switch (entry.type) {
    case 'change':
      return entry.change.id;
    case 'edit':
      return `edit ${String(entry.edit.version)}`;
    case 'seen':
      return entry.seen.id;
  }
}

/** The entries of all pages, each once, as it was read last; the pages' order stays. */
export function entriesOf(pages: readonly Pick<TimelinePage, 'entries'>[]): readonly TimelineEntry[] {
  return [...new Map(pages.flatMap(({ entries }) => entries.map((entry) => [idOf(entry), entry] as const))).values()];
}

/**
 * The entries without those that have come between the ones being read, or before them. `held`: the ids that were read at
 * first; what follows the last of them was asked for since.
 */
export function heldEntries(all: readonly TimelineEntry[], held: ReadonlySet<string>): readonly TimelineEntry[] {
  const last = all.findLastIndex((entry) => held.has(idOf(entry)));
  return last < 0 ? all : all.filter((entry, index) => index > last || held.has(idOf(entry)));
}

/** How many there are that are not shown; older ones than the last shown are not new. */
export function countFresh(known: readonly TimelineEntry[], shown: readonly TimelineEntry[]): number {
  const ids = new Set(shown.map(idOf));
  const oldest = shown.at(-1)?.at ?? 0;
  return new Set(known.filter((entry) => entry.at >= oldest && !ids.has(idOf(entry))).map(idOf)).size;
}

export interface TimelineDay {
  readonly key: string;
  /** The newest of its entries. */
  readonly at: number;
  readonly entries: readonly TimelineEntry[];
}

/** The entries by the reader's days. */
export function daysOf(entries: readonly TimelineEntry[]): readonly TimelineDay[] {
  const days: { key: string; at: number; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const key = new Date(entry.at).toDateString();
    const day = days.at(-1);
    if (day?.key === key) day.entries.push(entry);
    else days.push({ key, at: entry.at, entries: [entry] });
  }
  return days;
}

/** A day as its head names it. */
export function dayText(at: number, now: number): string {
  const date = new Date(at);
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  const isOn = (other: Date) => other.toDateString() === date.toDateString();
  const name = isOn(new Date(now)) ? 'today' : isOn(yesterday) ? 'yesterday' : null;
  return timelineText.day(date.getDay(), name, dateText(at));
}
