import { journalOutcomeOf, type JournalQuery } from '../../contract/journal.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import { isSettled } from '../../domain/result.ts';
import type { Clock } from '../../clock.ts';
import {
  ABANDONED_FOR,
  MOST_ABANDONED,
  toStored,
  DAY,
  resultingRevision,
  type Abandonment,
  type ChangeLog,
  type ChangeRecord,
  type Retention,
} from './change-log.ts';

/** Keeps changes in memory, as long as the process lives. */
export function createInMemoryChangeLog({
  clock,
  days,
  most,
  mostAbandoned = MOST_ABANDONED,
}: Retention & { readonly clock: Pick<Clock, 'now'> }): ChangeLog {
  /** By change id, in the order in which they were added, each with its number. */
  const records = new Map<string, { readonly number: number; record: ChangeRecord }>();
  /** By change id and cluster, oldest first. */
  const abandonments = new Map<string, Abandonment>();
  let since = clock.now();
  let last = 0;

  function prune() {
    const before = clock.now() - days * DAY;
    let settled = 0;
    for (const { record } of records.values()) if (isSettled(record.change.result)) settled += 1;
    for (const [id, { record }] of records) {
      const { askedAt, result } = record.change;
      if (!isSettled(result)) continue;
      if (settled <= most && askedAt >= before) break;
      records.delete(id);
      settled -= 1;
      since = Math.max(since, askedAt + 1);
    }
  }

  function pruneAbandonments(who: string) {
    const before = clock.now() - ABANDONED_FOR;
    let own = 0;
    for (const each of abandonments.values()) if (each.who === who) own += 1;
    for (const [key, each] of abandonments) {
      const isBeyond = each.who === who && own > mostAbandoned;
      if (each.at >= before && !isBeyond) continue;
      abandonments.delete(key);
      if (each.who === who) own -= 1;
    }
  }

  return {
    add(record) {
      const existing = records.get(record.change.id);
      if (existing !== undefined) return Promise.resolve(existing.record);
      if (abandonments.has(abandonmentKey(record.change.id, record.change.wanted.clusterId)))
        return Promise.resolve('abandoned');
      records.set(record.change.id, { number: (last += 1), record: toStored(record) });
      prune();
      return Promise.resolve(null);
    },
    abandon(given) {
      const existing = records.get(given.id);
      if (existing !== undefined) return Promise.resolve(existing.record);
      const key = abandonmentKey(given.id, given.clusterId);
      abandonments.delete(key);
      abandonments.set(key, given);
      pruneAbandonments(given.who);
      return Promise.resolve(null);
    },
    update(record) {
      const existing = records.get(record.change.id);
      if (existing !== undefined) existing.record = toStored(record);
      return Promise.resolve();
    },
    get: (id) => Promise.resolve(records.get(id)?.record ?? null),
    list(query, { offset, limit }) {
      const matching = [...records.values()].filter(({ record }) => matches(record, query)).toReversed();
      return Promise.resolve({
        records: matching.slice(offset, offset + limit).map(({ record }) => record),
        total: matching.length,
      });
    },
    walk(query, start, limit) {
      const rest = [...records.values()].filter(
        ({ number, record }) => number >= (start ?? 0) && matches(record, query),
      );
      return Promise.resolve({
        records: rest.slice(0, limit).map(({ record }) => record),
        next: rest[limit]?.number ?? null,
      });
    },
    open: () =>
      Promise.resolve(
        [...records.values()].map(({ record }) => record).filter(({ change }) => !isSettled(change.result)),
      ),
    forRevision(clusterId, revision) {
      const all = [...records.values()].map(({ record }) => record);
      return Promise.resolve(
        all.filter(
          (record) =>
            record.change.wanted.clusterId === clusterId &&
            (record.sentOn === revision || resultingRevision(record) === revision),
        ),
      );
    },
    retention: () => Promise.resolve({ since, most, days, durable: false }),
    close: () => Promise.resolve(),
  };
}

function abandonmentKey(id: string, clusterId: string): string {
  return `${id} ${clusterId}`;
}

function matches({ change }: ChangeRecord, { cluster, who, outcome, since, until }: JournalQuery): boolean {
  const { clusterId } = change.wanted;
  if (cluster !== undefined && clusterId !== cluster && splitJobClusterId(clusterId)?.parentId !== cluster)
    return false;
  if (who !== undefined && change.who !== who) return false;
  if (outcome !== undefined && !outcome.includes(journalOutcomeOf(change.result))) return false;
  return (since === undefined || change.askedAt >= since) && (until === undefined || change.askedAt < until);
}
