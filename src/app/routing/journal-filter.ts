import { isJournalOutcome, type JournalOutcome } from '../../contract/journal.ts';
import { isTimelineKind, type TimelineKind, type TimelineQuery } from '../../contract/timeline.ts';
import { pathTo } from './routes.ts';

/** The filter of the journal; null for all. Days as `2026-11-24`, both included, in the reader's time zone. */
export interface JournalFilter {
  readonly what: TimelineKind | null;
  readonly cluster: string | null;
  readonly who: string | null;
  readonly outcome: JournalOutcome | null;
  readonly from: string | null;
  readonly to: string | null;
}

export const NO_FILTER: JournalFilter = { what: null, cluster: null, who: null, outcome: null, from: null, to: null };

/** The journal's path with this filter in its query. */
export function journalPathFor(filter: JournalFilter): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (typeof value === 'string') search.set(name, value);
  const asked = search.toString();
  return asked === '' ? pathTo.journal : `${pathTo.journal}?${asked}`;
}

/** The journal of one virtual cluster. */
export function clusterJournalPath(clusterId: string): string {
  return journalPathFor({ ...NO_FILTER, cluster: clusterId });
}

/** The filter in a URL's query; invalid parts are ignored. */
export function readJournalFilter(search: string): JournalFilter {
  const params = new URLSearchParams(search);
  const text = (name: string) => {
    const value = params.get(name);
    return value === '' ? null : value;
  };
  const what = text('what');
  const outcome = text('outcome');
  const day = (name: string) => {
    const value = text(name);
    return value !== null && startOfDay(value, 0) !== null ? value : null;
  };
  return {
    what: what !== null && isTimelineKind(what) ? what : null,
    cluster: text('cluster'),
    who: text('who'),
    outcome: outcome !== null && isJournalOutcome(outcome) ? outcome : null,
    from: day('from'),
    to: day('to'),
  };
}

/** The filter as the back end's query. */
export function toTimelineQuery({ what, cluster, who, outcome, from, to }: JournalFilter): TimelineQuery {
  const since = from === null ? null : startOfDay(from, 0);
  const until = to === null ? null : startOfDay(to, 1);
  return {
    ...(cluster === null ? {} : { cluster }),
    ...(who === null ? {} : { who }),
    ...(outcome === null ? {} : { outcome: [outcome] }),
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
    ...(what === null ? {} : { kinds: [what] }),
  };
}

export function isFiltered(filter: JournalFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** When a day begins, or the one so many days later, in this zone; null for text that names no day. */
function startOfDay(text: string, later: number): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const [, year, month, day] = match.map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const named = new Date(year, month - 1, day);
  // The day of `setDate` is 23 or 25 hours long where clocks change.
  if (named.getMonth() !== month - 1 || named.getDate() !== day) return null;
  named.setDate(named.getDate() + later);
  return named.getTime();
}
