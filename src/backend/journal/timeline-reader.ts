import type { ProfileEdit, ProfileEditQuery } from '../../contract/cluster-profile.ts';
import {
  MAX_IN_TIMELINE_PAGE,
  type SightingKind,
  type TimelineEntry,
  type TimelineKind,
  type TimelinePage,
  type TimelineQuery,
} from '../../contract/timeline.ts';
import type { ChangeLog } from './change-log.ts';
import type { JournalReader } from './journal-reader.ts';
import type { ProfileLog } from './profile-log.ts';
import type { ObservationLog, ObservationPlace, ObservationQuery, StoredObservation } from './observation-log.ts';

/** The most observations, and edits of owners, that are read in one turn of the event loop. */
const PIECE_SIZE = 100;

/** Where a page ended in each log: each is read on from there, whatever has been added since. */
export interface TimelineCursor {
  /** The last change's row; null before the first. */
  readonly change: number | null;
  readonly seen: ObservationPlace | null;
  /** The last edit's version. */
  readonly edit: number | null;
}

const START: TimelineCursor = { change: null, seen: null, edit: null };

/** One timeline of what was changed, whose the virtual clusters became, and what was seen, merged by time; each log keeps its own order in it. */
export interface TimelineReader {
  page(query: TimelineQuery, before: TimelineCursor | null, limit?: number): Promise<TimelinePage>;
  /** Everything that matches, oldest first, one entry a line, in pieces. */
  export(query: TimelineQuery): AsyncGenerator<string, void>;
}

export function createTimelineReader({
  journal,
  changeLog,
  observations,
  profileLog,
  inTurn,
}: {
  readonly journal: Pick<JournalReader, 'newestBefore' | 'oldestFirst'>;
  readonly changeLog: Pick<ChangeLog, 'retention'>;
  readonly observations: ObservationLog;
  readonly profileLog: Pick<ProfileLog, 'edits' | 'editsAfter'>;
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
}): TimelineReader {
  async function* seenOldestFirst(query: ObservationQuery): AsyncGenerator<Line, void> {
    let after: StoredObservation | null = null;
    for (;;) {
      const place: StoredObservation | null = after;
      const found: readonly StoredObservation[] = await inTurn(() => observations.findAfter(query, place, PIECE_SIZE));
      for (const { at, observation } of found)
        yield { at, text: `${JSON.stringify({ type: 'seen', seen: observation })}\n` };
      after = found.at(-1) ?? null;
      if (after === null || found.length < PIECE_SIZE) return;
    }
  }

  async function* editsOldestFirst(query: ProfileEditQuery): AsyncGenerator<Line, void> {
    for (let after: number | null = null; ;) {
      const place: number | null = after;
      const found: readonly ProfileEdit[] = await inTurn(() => profileLog.editsAfter(query, place, PIECE_SIZE));
      for (const edit of found) yield { at: edit.at, text: `${JSON.stringify({ type: 'edit', edit })}\n` };
      after = found.at(-1)?.version ?? null;
      if (after === null || found.length < PIECE_SIZE) return;
    }
  }

  return {
    async page(query, before, limit = MAX_IN_TIMELINE_PAGE) {
      const start = before ?? START;
      const seenQuery = observationQueryOf(query);
      const editQuery = editQueryOf(query);
      const changes = wantsChanges(query)
        ? await journal.newestBefore(query, start.change)
        : { rows: [], total: 0, isLast: true, end: null };
      const edits = editQuery === null ? [] : await inTurn(() => profileLog.edits(editQuery, start.edit, limit));
      const seen = seenQuery === null ? [] : await inTurn(() => observations.findBefore(seenQuery, start.seen, limit));
      const merged = mergeNewestFirst(
        [
          {
            rows: changes.rows.map(({ number, change }) => ({
              entry: { type: 'change', at: change.askedAt, change },
              place: { change: number },
            })),
            isLast: changes.isLast,
            end: { change: changes.end },
          },
          {
            rows: edits.map((edit) => ({ entry: { type: 'edit', at: edit.at, edit }, place: { edit: edit.version } })),
            isLast: edits.length < limit,
          },
          {
            rows: seen.map(({ at, number, observation }) => ({
              entry: { type: 'seen', at, seen: observation },
              place: { seen: { at, number } },
            })),
            isLast: seen.length < limit,
          },
        ],
        start,
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
      const editQuery = editQueryOf(query);
      const others = oldestFirst(
        [
          seenQuery === null ? null : seenOldestFirst(seenQuery),
          editQuery === null ? null : editsOldestFirst(editQuery),
        ].filter((lines) => lines !== null),
      );
      let next = (await others.next()).value ?? null;
      if (wantsChanges(query)) {
        for await (const piece of journal.oldestFirst(query)) {
          let lines = '';
          for (const { at, text } of piece) {
            // One that is too large to be decoded has no time of its own, and follows the one before it.
            while (at !== null && next !== null && next.at <= at) {
              lines += next.text;
              next = (await others.next()).value ?? null;
            }
            lines += `{"type":"change","change":${text}}\n`;
          }
          if (lines !== '') yield lines;
        }
      }
      while (next !== null) {
        yield next.text;
        next = (await others.next()).value ?? null;
      }
    },
  };
}

/** A line of the export. */
interface Line {
  readonly at: number;
  readonly text: string;
}

/** The lines of all, by time. */
async function* oldestFirst(all: readonly AsyncGenerator<Line, void>[]): AsyncGenerator<Line, void> {
  const next = await Promise.all(all.map(async (lines) => (await lines.next()).value ?? null));
  for (;;) {
    let first: number | null = null;
    for (const [i, line] of next.entries())
      if (line !== null && (first === null || line.at < (next[first]?.at ?? 0))) first = i;
    const line = first === null ? null : next[first];
    if (first === null || line === null || line === undefined) return;
    yield line;
    next[first] = (await all[first]?.next())?.value ?? null;
  }
}

/** What was read of one log, newest first. */
interface Read {
  readonly rows: readonly { readonly entry: TimelineEntry; readonly place: Partial<TimelineCursor> }[];
  /** Whether nothing follows in its log. */
  readonly isLast: boolean;
  /** Where it goes on once its rows are used up; left out: after the last of them. */
  readonly end?: Partial<TimelineCursor>;
}

/** Merges until the page is full, or one log's rows are used up and more of it may follow. `cursor`: null at the end of all. */
function mergeNewestFirst(
  logs: readonly Read[],
  start: TimelineCursor,
  limit: number,
): { readonly entries: readonly TimelineEntry[]; readonly cursor: TimelineCursor | null } {
  const entries: TimelineEntry[] = [];
  const used = logs.map(() => 0);
  const cursor = { ...start };
  for (;;) {
    // Of the same time, what was changed comes first.
    let newest: { readonly log: number; readonly row: Read['rows'][number] } | null = null;
    for (const [log, { rows, isLast, end = {} }] of logs.entries()) {
      const row = rows[used[log] ?? 0];
      if (row === undefined && !isLast) return { entries, cursor: { ...cursor, ...end } };
      if (row !== undefined && (newest === null || row.entry.at > newest.row.entry.at)) newest = { log, row };
    }
    if (newest === null) return { entries, cursor: null };
    if (entries.length === limit) return { entries, cursor };
    entries.push(newest.row.entry);
    Object.assign(cursor, newest.row.place);
    used[newest.log] = (used[newest.log] ?? 0) + 1;
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

/** Null: no edit matches. An edit of an owner is a change through this console, and has no outcome. */
function editQueryOf(asked: TimelineQuery): ProfileEditQuery | null {
  const { outcome, kinds: _kinds, ...query } = asked;
  return outcome === undefined && wantsChanges(asked) ? query : null;
}

function isSightingKind(kind: TimelineKind): kind is SightingKind {
  return kind !== 'changes' && kind !== 'seen';
}

function cursorText({ change, seen, edit }: TimelineCursor): string {
  return [change ?? '', seen?.at ?? '', seen?.number ?? '', edit ?? ''].join('.');
}

/** The cursor in a query string; null for text that is none. */
export function parseCursor(text: string): TimelineCursor | null {
  const match = /^(\d{0,15})\.(?:\.|(\d{1,15})\.(\d{1,15}))\.(\d{0,15})$/.exec(text);
  if (match === null) return null;
  const [, change = '', at, number, edit = ''] = match;
  return {
    change: change === '' ? null : Number(change),
    seen: at === undefined ? null : { at: Number(at), number: Number(number) },
    edit: edit === '' ? null : Number(edit),
  };
}
