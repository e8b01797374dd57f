import type { Change } from '../../contract/change.ts';
import type { ChangeList, JournalQuery } from '../../contract/journal.ts';
import { MAX_WHOLE_ROW, type ChangeLog, type StoredRow } from './change-log.ts';

/** The most changes in a page. */
const PAGE_SIZE = 100;

/** A page ends early where it would have more bytes than this; it has at least one change. */
const PAGE_BYTES = MAX_WHOLE_ROW;

/** The most bytes that are read in one turn of the event loop, except for one larger change. */
export const PIECE_BYTES = 64 * 1024;

/** What a cut change counts as, bytes: it takes a turn of its own. */
const CUT_COST = 16 * 1024;

/** The most rows that an export looks at in one turn of the event loop. */
const EXPORT_ROWS = 1_000;

/** Reads the journal for people: in bounded pieces, with the rest of the process getting its turn between any two. */
export interface JournalReader {
  /** One page, newest first. */
  page(query: JournalQuery, offset: number): Promise<ChangeList>;
  /** Every change that matches, oldest first, one a line, in pieces. It reads no further than it is asked for. */
  export(query: JournalQuery): AsyncGenerator<string, void>;
  /** A page of those before a row, newest first; from the newest for null. `isLast`: none follows. */
  newestBefore(
    query: JournalQuery,
    before: number | null,
  ): Promise<{
    readonly rows: readonly { readonly number: number; readonly change: Change }[];
    readonly total: number;
    readonly isLast: boolean;
    /** The last row that was looked at, where the next page goes on. */
    readonly end: number | null;
  }>;
  /** As `export`, each change by itself. `at`: null for one that is too large to be decoded. */
  oldestFirst(
    query: JournalQuery,
  ): AsyncGenerator<readonly { readonly at: number | null; readonly text: string }[], void>;
}

/** `inTurn`: runs one read at a time, each in a turn of the event loop of its own. */
export function createJournalReader({
  changeLog,
  inTurn,
}: {
  readonly changeLog: Pick<ChangeLog, 'find' | 'findFrom' | 'read' | 'readText' | 'retention'>;
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
}): JournalReader {
  const read = (piece: readonly StoredRow[]) => inTurn(() => changeLog.read(piece.map(({ number }) => number)));

  async function textsOf(piece: readonly StoredRow[]): Promise<{ at: number | null; text: string }[]> {
    const [first] = piece;
    if (first === undefined || first.bytes <= MAX_WHOLE_ROW)
      return (await read(piece)).map((change) => ({ at: change.askedAt, text: JSON.stringify(change) }));
    const text = await inTurn(() => changeLog.readText(first.number));
    return text === null ? [] : [{ at: null, text }];
  }

  async function* oldestFirst(query: JournalQuery): ReturnType<JournalReader['oldestFirst']> {
    let from: number | null = null;
    do {
      const start: number | null = from;
      const { rows, next }: Awaited<ReturnType<ChangeLog['findFrom']>> = await inTurn(() =>
        changeLog.findFrom(query, start, EXPORT_ROWS),
      );
      for (const piece of piecesOf(rows)) yield await textsOf(piece);
      from = next;
    } while (from !== null);
  }

  /** The first of the rows, as many as a page has room for; at least one if there is any. `taken`: how many rows these are. */
  async function readPage(rows: readonly StoredRow[]) {
    const found: { number: number; change: Change }[] = [];
    let taken = 0;
    let bytes = 0;
    for (const piece of piecesOf(rows)) {
      const more = piece.reduce((sum, row) => sum + costOf(row), 0);
      if (taken > 0 && bytes + more > PAGE_BYTES) break;
      const changes = await read(piece);
      // Where one is unreadable and left out, each is read by itself.
      for (const [index, row] of piece.entries()) {
        const change = changes.length === piece.length ? changes[index] : (await read([row]))[0];
        if (change !== undefined) found.push({ number: row.number, change });
      }
      taken += piece.length;
      bytes += more;
    }
    return { found, taken };
  }

  return {
    oldestFirst,
    async newestBefore(query, before) {
      const page = { offset: 0, limit: PAGE_SIZE, ...(before === null ? {} : { before }) };
      const { rows, total } = await inTurn(() => changeLog.find(query, page));
      const { found, taken } = await readPage(rows);
      const isLast = taken === rows.length && rows.length < PAGE_SIZE;
      return { rows: found, total, isLast, end: rows[taken - 1]?.number ?? before };
    },
    async page(query, offset) {
      const { rows, total } = await inTurn(() => changeLog.find(query, { offset, limit: PAGE_SIZE }));
      const { found, taken } = await readPage(rows);
      const next = taken > 0 && offset + taken < total ? offset + taken : null;
      return { changes: found.map(({ change }) => change), total, next, kept: await changeLog.retention() };
    },
    async *export(query) {
      for await (const piece of oldestFirst(query))
        if (piece.length > 0) yield piece.map(({ text }) => `${text}\n`).join('');
    },
  };
}

/** Consecutive rows of at most `PIECE_BYTES` together; a larger one alone. */
function* piecesOf(rows: readonly StoredRow[]): Generator<readonly StoredRow[], void> {
  let piece: StoredRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (piece.length > 0 && bytes + row.bytes > PIECE_BYTES) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(row);
    bytes += row.bytes;
  }
  if (piece.length > 0) yield piece;
}

function costOf({ bytes }: StoredRow): number {
  return bytes > MAX_WHOLE_ROW ? CUT_COST : bytes;
}
