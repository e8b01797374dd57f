import type { Change } from '../../contract/change.ts';
import {
  MOST_IN_TIMELINE_PAGE,
  type SightingKind,
  type TimelineEntry,
  type TimelineKind,
  type TimelinePage,
  type TimelineQuery,
} from '../../contract/timeline.ts';
import type { ChangeLog } from './change-log.ts';
import type { JournalReader } from './journal-reader.ts';
import type { ObservationLog, ObservationPlace, ObservationQuery, StoredObservation } from './observation-log.ts';

/** The most observations that are read in one turn of the event loop. */
const PIECE_SIZE = 100;

/** Where a page ended in both logs: each is read on from there, whatever has been added since. */
export interface TimelineCursor {
  /** The last change's row; null before the first. */
  readonly change: number | null;
  readonly seen: ObservationPlace | null;
}

/** One timeline of what was changed and what was seen, merged by time; each log keeps its own order in it. */
export interface TimelineReader {
  page(query: TimelineQuery, before: TimelineCursor | null, limit?: number): Promise<TimelinePage>;
  /** Everything that matches, oldest first, one entry a line, in pieces. */
  export(query: TimelineQuery): AsyncGenerator<string, void>;
}

export function createTimelineReader({
  journal,
  changeLog,
  observations,
  inTurn,
}: {
  readonly journal: Pick<JournalReader, 'newestBefore' | 'oldestFirst'>;
  readonly changeLog: Pick<ChangeLog, 'retention'>;
  readonly observations: ObservationLog;
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
}): TimelineReader {
  async function* seenOldestFirst(query: ObservationQuery): AsyncGenerator<StoredObservation, void> {
    let after: StoredObservation | null = null;
    for (;;) {
      const place: StoredObservation | null = after;
      const found: readonly StoredObservation[] = await inTurn(() => observations.findAfter(query, place, PIECE_SIZE));
      yield* found;
      after = found.at(-1) ?? null;
      if (after === null || found.length < PIECE_SIZE) return;
    }
  }

  return {
    async page(query, before, limit = MOST_IN_TIMELINE_PAGE) {
      const seenQuery = observationQueryOf(query);
      const changes = wantsChanges(query)
        ? await journal.newestBefore(query, before?.change ?? null)
        : { rows: [], total: 0, isLast: true, end: null };
      const seen =
        seenQuery === null ? [] : await inTurn(() => observations.findBefore(seenQuery, before?.seen ?? null, limit));
      const merged = mergeNewestFirst(
        changes,
        { rows: seen, isLast: seen.length < limit },
        before ?? { change: null, seen: null },
        limit,
      );
      const { most, days } = observations.retention;
      return {
        entries: merged.entries,
        next: merged.cursor === null ? null : cursorText(merged.cursor),
        total: changes.total,
        kept: await changeLog.retention(),
        seenKept: { most, days },
      };
    },
    async *export(query) {
      const seenQuery = observationQueryOf(query);
      const seen = seenQuery === null ? null : seenOldestFirst(seenQuery);
      let next = (await seen?.next())?.value ?? null;
      if (wantsChanges(query)) {
        for await (const piece of journal.oldestFirst(query)) {
          let lines = '';
          for (const { at, text } of piece) {
            // One that is too large to be decoded has no time of its own, and follows the one before it.
            while (at !== null && next !== null && next.at <= at) {
              lines += seenLine(next);
              next = (await seen?.next())?.value ?? null;
            }
            lines += `{"type":"change","change":${text}}\n`;
          }
          if (lines !== '') yield lines;
        }
      }
      while (next !== null) {
        yield seenLine(next);
        next = (await seen?.next())?.value ?? null;
      }
    },
  };
}

function seenLine({ observation }: StoredObservation): string {
  return `${JSON.stringify({ type: 'seen', seen: observation })}\n`;
}

interface Read<T> {
  readonly rows: readonly T[];
  /** Whether nothing follows in its log. */
  readonly isLast: boolean;
}

/** Merges until the page is full, or one log's rows are used up and more of it may follow. `cursor`: null at the end of both. */
function mergeNewestFirst(
  changes: Read<{ readonly number: number; readonly change: Change }> & { readonly end: number | null },
  seen: Read<StoredObservation>,
  start: TimelineCursor,
  limit: number,
): { readonly entries: readonly TimelineEntry[]; readonly cursor: TimelineCursor | null } {
  const entries: TimelineEntry[] = [];
  let lastChange = start.change;
  let lastSeen = start.seen;
  let c = 0;
  let s = 0;
  for (;;) {
    const change = changes.rows[c];
    const sight = seen.rows[s];
    if (change === undefined && sight === undefined && changes.isLast && seen.isLast) return { entries, cursor: null };
    if (change === undefined && !changes.isLast) return { entries, cursor: { change: changes.end, seen: lastSeen } };
    if ((sight === undefined && !seen.isLast) || entries.length === limit)
      return { entries, cursor: { change: lastChange, seen: lastSeen } };
    if (change !== undefined && (sight === undefined || change.change.askedAt >= sight.at)) {
      entries.push({ type: 'change', at: change.change.askedAt, change: change.change });
      lastChange = change.number;
      c += 1;
    } else if (sight !== undefined) {
      entries.push({ type: 'seen', at: sight.at, seen: sight.observation });
      lastSeen = { at: sight.at, number: sight.number };
      s += 1;
    }
  }
}

function wantsChanges({ kinds }: TimelineQuery): boolean {
  return kinds === undefined || kinds.includes('changes');
}

/** Null: no observation matches. Who did what was seen is not known, and it has no outcome. */
function observationQueryOf({ cluster, who, outcome, since, until, kinds }: TimelineQuery): ObservationQuery | null {
  if (who !== undefined || outcome !== undefined) return null;
  const some = kinds?.filter(isSightingKind) ?? [];
  const isAll = kinds === undefined || kinds.includes('seen');
  if (!isAll && some.length === 0) return null;
  return {
    ...(cluster === undefined ? {} : { cluster }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(isAll ? {} : { kinds: some }),
  };
}

function isSightingKind(kind: TimelineKind): kind is SightingKind {
  return kind !== 'changes' && kind !== 'seen';
}

function cursorText({ change, seen }: TimelineCursor): string {
  return [change ?? '', seen?.at ?? '', seen?.number ?? ''].join('.');
}

/** The cursor in a query string; null for text that is none. */
export function parseCursor(text: string): TimelineCursor | null {
  const match = /^(\d{0,15})\.(?:\.|(\d{1,15})\.(\d{1,15}))$/.exec(text);
  if (match === null) return null;
  const [, change = '', at, number] = match;
  return {
    change: change === '' ? null : Number(change),
    seen: at === undefined ? null : { at: Number(at), number: Number(number) },
  };
}
