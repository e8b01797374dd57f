import type { Change } from '../../contract/change.ts';
import type { ChangeList, JournalQuery } from '../../contract/journal.ts';
import { isSettled } from '../../domain/result.ts';
import type { Revision } from '../../domain/revision.ts';
import type { Member } from '../../domain/sources.ts';

/** A change, with what is needed to settle it later. */
export interface ChangeRecord {
  readonly change: Change;
  /** The revision that it was last sent on; null before it was sent, and for a kind that has none. */
  readonly sentOn: Revision | null;
  /** The members of the cluster before, to find out who came and went; dropped once the change is settled. */
  readonly membersBefore: ReadonlyMap<string, Member> | null;
  /** The session of the Ray that it was last sent to (fact 27); null before that, or if it was not known yet. */
  readonly session: string | null;
}

/** Where a change is stored, and how many bytes it has there. Numbers ascend in the order in which changes were added. */
export interface StoredRow {
  readonly number: number;
  readonly bytes: number;
}

/**
 * A larger row is decoded whole only when its change must be settled: decoding one of 2 MB stops everything else for a third of a
 * second. What can be requested is smaller; such rows are from before that.
 */
export const MAX_WHOLE_ROW = 256 * 1024;

/** The journal can't be written (the disk is full, the file is gone): the change was neither recorded nor sent to Ray. */
export class JournalUnwritable extends Error {
  override readonly name = 'JournalUnwritable';
}

/** A change that its page gave up because it had not arrived. Only a change of that cluster is refused by it. */
export interface Abandonment {
  readonly id: string;
  readonly clusterId: string;
  readonly who: string;
  /** Ms since 1970. */
  readonly at: number;
}

/**
 * When a new change must be durable. `at-once`: before `add` resolves. `before-visible`: with its first `update`, or before it
 * is read, whichever comes first; a process that ends before that loses it. That is enough for a change whose intent is an
 * `update` of its own: until then neither a page nor Ray has seen it. If the first `update` fails, it is forgotten.
 */
type Durability = 'at-once' | 'before-visible';

/**
 * Where changes are recorded: the port. What `add` and `update` are given is as durable as the storage is once they resolve
 * (except as `Durability` says), and so is everything that is read. They reject with `JournalUnwritable`.
 */
export interface ChangeLog {
  /**
   * Adds a new change; null. If one with its id exists, nothing changes, and the existing one is returned. `abandoned`: it
   * was given up before it arrived, and is not added.
   */
  add(record: ChangeRecord, durable?: Durability): Promise<ChangeRecord | 'abandoned' | null>;
  /** Durably refuses a change that has not been added; null. One that has been is returned, and nothing changes. */
  abandon(given: Abandonment): Promise<ChangeRecord | null>;
  /** Replaces a change; does nothing when it has been deleted. */
  update(record: ChangeRecord): Promise<void>;
  /** One above `MAX_WHOLE_ROW` comes cut. */
  get(id: string): Promise<ChangeRecord | null>;
  /**
   * Where one page of the changes that match is stored, newest first, and how many match over all pages. Reads none of them.
   * `before`: only rows with a smaller number; `offset` counts from there.
   */
  find(
    query: JournalQuery,
    page: { readonly offset: number; readonly limit: number; readonly before?: number },
  ): Promise<{
    readonly rows: readonly StoredRow[];
    readonly total: number;
  }>;
  /**
   * The same oldest first, from a row on; from the first one for null. Looks at no more than `limit` rows, whether they match or not:
   * `next` is where to go on, null after the last.
   */
  findFrom(
    query: JournalQuery,
    start: number | null,
    limit: number,
  ): Promise<{
    readonly rows: readonly StoredRow[];
    readonly next: number | null;
  }>;
  /** The changes in these rows, in their order; unreadable and deleted ones are left out. One above `MAX_WHOLE_ROW` comes cut. */
  read(numbers: readonly number[]): Promise<readonly Change[]>;
  /** The JSON of the change in a row, however large, without decoding it; null for an unreadable or deleted one. */
  readText(number: number): Promise<string | null>;
  /** All unsettled changes, oldest first. They are never deleted. */
  open(): Promise<readonly ChangeRecord[]>;
  /**
   * The changes of a cluster that produced a revision according to their reply, and those sent on it that produced another one. None
   * that Ray refused: of these there may be any number on one revision.
   */
  forRevision(clusterId: string, revision: Revision): Promise<readonly ChangeRecord[]>;
  /** How far back it reaches, how many settled changes it keeps and for how many days, and whether they survive a restart. */
  retention(): Promise<ChangeList['kept']>;
  close(): Promise<void>;
}

/** For how many days, and how many, settled changes are kept. */
export interface Retention {
  readonly days: number;
  readonly most: number;
  /** How many abandonments of each person are kept; `MAX_ABANDONED` when left out. */
  readonly mostAbandoned?: number;
}

export const DAY = 24 * 60 * 60 * 1_000;

/**
 * How long and how many abandonments are kept: far longer than a proxy or a connection can hold a request back. The number is
 * for each person, so that nobody can push out somebody else's.
 */
export const ABANDONED_FOR = 7 * DAY;
export const MAX_ABANDONED = 10_000;

/** A record as it is stored, without what only an unsettled one needs. */
export function toStored(record: ChangeRecord): ChangeRecord {
  return isSettled(record.change.result) ? { ...record, membersBefore: null } : record;
}

/** The revision that a change produced according to its reply; null for none. */
export function resultingRevision({ change: { result } }: ChangeRecord): Revision | null {
  return result?.kind === 'applied' && result.seen === 'reply' ? result.revision : null;
}
