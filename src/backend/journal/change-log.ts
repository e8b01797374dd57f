import type { Change } from '../../contract/change.ts';
import type { ChangeList, JournalQuery } from '../../contract/journal.ts';
import { isSettled } from '../../domain/result.ts';
import type { Revision } from '../../domain/revision.ts';
import type { Member } from '../../domain/sources.ts';

/** A change with what is needed to settle it later. */
export interface ChangeRecord {
  readonly change: Change;
  /** The revision that it last went out on; null before it was sent, and for a delete or a release. */
  readonly sentOn: Revision | null;
  /** Who was in the cluster before, to tell who came and went; of no use, and not kept, once the change is settled. */
  readonly membersBefore: ReadonlyMap<string, Member> | null;
  /** The session of the Ray that it was last sent to (fact 27); null before that, or while Ray had not told it. */
  readonly session: string | null;
}

/** The journal can't be written (a full disk, a file that was taken away): what was asked was not kept, nor sent to Ray. */
export class JournalUnwritable extends Error {
  override readonly name = 'JournalUnwritable';
}

/**
 * When a new change must be durable. `at-once`: before `add` resolves. `before-told`: with its first `update`, or before it
 * is told of, whichever comes first; until then a console that ends loses it. That does for one that goes out with an
 * `update` of its own: nobody has heard of it before that, Ray neither. One whose first `update` fails is forgotten.
 */
type Durability = 'at-once' | 'before-told';

/**
 * Where changes are remembered: the port. What `add` and `update` were given is durable, as far as the store is, once
 * they resolve (unless less is asked for), and whatever it tells is; they reject with `JournalUnwritable`.
 */
export interface ChangeLog {
  /** Remembers a new change, unless one of its id is there already: then that one is given back, and nothing changes. */
  add(record: ChangeRecord, durable?: Durability): Promise<ChangeRecord | null>;
  /** Puts what became of a change in its place; nothing happens when it has been forgotten. */
  update(record: ChangeRecord): Promise<void>;
  get(id: string): Promise<ChangeRecord | null>;
  /** One page of those that match, newest first, and how many match over all pages. */
  list(
    query: JournalQuery,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{
    readonly records: readonly ChangeRecord[];
    readonly total: number;
  }>;
  /** Those that match, oldest first, a piece at a time: from the beginning for null, else from where the last piece ended. */
  walk(
    query: JournalQuery,
    from: number | null,
    limit: number,
  ): Promise<{
    readonly records: readonly ChangeRecord[];
    /** Where the next piece begins; null after the last. */
    readonly next: number | null;
  }>;
  /** All that are not settled, oldest first. They are never forgotten. */
  open(): Promise<readonly ChangeRecord[]>;
  /** The changes of a cluster that went out on a revision, or whose reply said that they made it. */
  forRevision(clusterId: string, revision: Revision): Promise<readonly ChangeRecord[]>;
  /** How far back it remembers, the most settled changes that it keeps and for how many days, and whether over restarts. */
  retention(): Promise<ChangeList['kept']>;
  close(): Promise<void>;
}

/** How long, and how many, settled changes are kept. */
export interface Retention {
  readonly days: number;
  readonly most: number;
}

export const DAY = 24 * 60 * 60 * 1_000;

/** A record as it is kept: what only an unsettled one needs goes. */
export function toStored(record: ChangeRecord): ChangeRecord {
  return isSettled(record.change.result) ? { ...record, membersBefore: null } : record;
}

/** The revision that a change's reply said it made; null for none. */
export function resultingRevision({ change: { result } }: ChangeRecord): Revision | null {
  return result?.kind === 'applied' && result.seen === 'reply' ? result.revision : null;
}
