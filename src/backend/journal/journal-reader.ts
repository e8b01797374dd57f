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

  async function linesOf(piece: readonly StoredRow[]): Promise<string> {
    const [first] = piece;
    if (first === undefined || first.bytes <= MAX_WHOLE_ROW)
      return (await read(piece)).map((change) => `${JSON.stringify(change)}\n`).join('');
    const text = await inTurn(() => changeLog.readText(first.number));
    return text === null ? '' : `${text}\n`;
  }

  return {
    async page(query, offset) {
      const { rows, total } = await inTurn(() => changeLog.find(query, { offset, limit: PAGE_SIZE }));
      const changes: Change[] = [];
      let taken = 0;
      let bytes = 0;
      for (const piece of piecesOf(rows)) {
        const more = piece.reduce((sum, row) => sum + costOf(row), 0);
        if (taken > 0 && bytes + more > PAGE_BYTES) break;
        changes.push(...(await read(piece)));
        taken += piece.length;
        bytes += more;
      }
      const next = taken > 0 && offset + taken < total ? offset + taken : null;
      return { changes, total, next, kept: await changeLog.retention() };
    },
    async *export(query) {
      let from: number | null = null;
      do {
        const start: number | null = from;
        const { rows, next }: Awaited<ReturnType<ChangeLog['findFrom']>> = await inTurn(() =>
          changeLog.findFrom(query, start, EXPORT_ROWS),
        );
        for (const piece of piecesOf(rows)) {
          const lines = await linesOf(piece);
          if (lines !== '') yield lines;
        }
        from = next;
      } while (from !== null);
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
