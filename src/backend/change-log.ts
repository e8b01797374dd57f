import type { Change } from '../contract/change.ts';
import type { Revision } from '../domain/revision.ts';
import type { Member } from '../domain/sources.ts';

/** A change with what is needed to settle it later. */
export interface ChangeRecord {
  readonly change: Change;
  /** The revision that it last went out on; null before it was sent, and for a delete or a release. */
  readonly sentOn: Revision | null;
  /** Who was in the cluster before, to tell who came and went. */
  readonly membersBefore: ReadonlyMap<string, Member> | null;
}

/** Where changes are remembered: the port; a database comes behind it later. */
export interface ChangeLog {
  /** Remembers a new change, unless one of its id is there already: then that one is given back, and nothing changes. */
  add(record: ChangeRecord): Promise<ChangeRecord | null>;
  /** Puts what became of a change in its place; nothing happens when it has been forgotten. */
  update(record: ChangeRecord): Promise<void>;
  get(id: string): Promise<ChangeRecord | null>;
  /** Newest first. `belongs`: which clusters' changes are asked for. */
  list(query: {
    readonly belongs: (clusterId: string) => boolean;
    readonly offset: number;
    readonly limit: number;
  }): Promise<readonly ChangeRecord[]>;
  /** How far back it remembers: ms since 1970, and the most changes it keeps. */
  kept(): Promise<{ readonly since: number; readonly most: number }>;
}

/** Remembers in memory: the newest `most` changes, since `startedAt` (ms since 1970). */
export function createMemoryChangeLog(options: { readonly most: number; readonly startedAt: number }): ChangeLog {
  const records = new Map<string, ChangeRecord>();
  let since = options.startedAt;
  return {
    add(record) {
      const there = records.get(record.change.id);
      if (there !== undefined) return Promise.resolve(there);
      records.set(record.change.id, record);
      for (const [id, oldest] of records) {
        if (records.size <= options.most) break;
        records.delete(id);
        since = oldest.change.askedAt + 1;
      }
      return Promise.resolve(null);
    },
    update(record) {
      if (records.has(record.change.id)) records.set(record.change.id, record);
      return Promise.resolve();
    },
    get: (id) => Promise.resolve(records.get(id) ?? null),
    list({ belongs, offset, limit }) {
      const matching = [...records.values()].reverse().filter(({ change }) => belongs(change.wanted.clusterId));
      return Promise.resolve(matching.slice(offset, offset + limit));
    },
    kept: () => Promise.resolve({ since, most: options.most }),
  };
}
