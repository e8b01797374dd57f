import { journalOutcomeOf, type JournalQuery } from '../../contract/journal.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import { isSettled } from '../../domain/result.ts';
import type { Clock } from '../../clock.ts';
import {
  ABANDONED_FOR,
  MAX_ABANDONED,
  toStored,
  DAY,
  MAX_WHOLE_ROW,
  resultingRevision,
  type Abandonment,
  type ChangeLog,
  type ChangeRecord,
  type Retention,
} from './change-log.ts';
import { cutChange } from './cut-change.ts';

interface Entry {
  readonly number: number;
  record: ChangeRecord;
  /** Of the change's JSON. */
  bytes: number;
}

/** The most that it holds, bytes of JSON. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Keeps changes in memory, as long as the process lives. */
export function createInMemoryChangeLog({
  clock,
  days,
  most,
  mostAbandoned = MAX_ABANDONED,
}: Retention & { readonly clock: Pick<Clock, 'now'> }): ChangeLog {
  /** By change id, in the order in which they were added, each with its number. */
  const records = new Map<string, Entry>();
  /** By change id and cluster, oldest first. */
  const abandonments = new Map<string, Abandonment>();
  let since = clock.now();
  let last = 0;

  function prune() {
    const before = clock.now() - days * DAY;
    let settled = 0;
    let held = 0;
    for (const { record, bytes } of records.values()) {
      if (isSettled(record.change.result)) settled += 1;
      held += bytes;
    }
    for (const [id, { record, bytes }] of records) {
      const { askedAt, result } = record.change;
      if (!isSettled(result)) continue;
      if (settled <= most && held <= MAX_BYTES && askedAt >= before) break;
      records.delete(id);
      settled -= 1;
      held -= bytes;
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

  function entriesAt(numbers: readonly number[]): readonly Entry[] {
    const byNumber = new Map([...records.values()].map((entry) => [entry.number, entry]));
    return numbers.flatMap((number) => byNumber.get(number) ?? []);
  }

  return {
    add(record) {
      const existing = records.get(record.change.id);
      if (existing !== undefined) return Promise.resolve(existing.record);
      if (abandonments.has(abandonmentKey(record.change.id, record.change.wanted.clusterId)))
        return Promise.resolve('abandoned');
      records.set(record.change.id, { number: (last += 1), record: toStored(record), bytes: bytesOf(record) });
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
      if (existing !== undefined) Object.assign(existing, { record: toStored(record), bytes: bytesOf(record) });
      return Promise.resolve();
    },
    get(id) {
      const entry = records.get(id);
      return Promise.resolve(entry === undefined ? null : { ...entry.record, change: shown(entry) });
    },
    find(query, { offset, limit, before = Number.POSITIVE_INFINITY }) {
      const matching = [...records.values()].filter(({ record }) => matches(record, query)).toReversed();
      const rows = matching.filter(({ number }) => number < before).slice(offset, offset + limit);
      return Promise.resolve({ rows: rows.map(toRow), total: matching.length });
    },
    findFrom(query, start, limit) {
      const rest = [...records.values()].filter(({ number }) => number >= (start ?? 0));
      const rows = rest.slice(0, limit).filter(({ record }) => matches(record, query));
      return Promise.resolve({ rows: rows.map(toRow), next: rest[limit]?.number ?? null });
    },
    read: (numbers) => Promise.resolve(entriesAt(numbers).map(shown)),
    readText: (number) =>
      Promise.resolve(entriesAt([number]).map(({ record }) => JSON.stringify(record.change))[0] ?? null),
    open: () =>
      Promise.resolve(
        [...records.values()].map(({ record }) => record).filter(({ change }) => !isSettled(change.result)),
      ),
    forRevision(clusterId, revision) {
      const all = [...records.values()].map(({ record }) => record);
      return Promise.resolve(
        all.filter((record) => {
          const made = resultingRevision(record);
          const isOf = record.change.wanted.clusterId === clusterId && made !== null;
          return isOf && (record.sentOn === revision || made === revision);
        }),
      );
    },
    retention: () => Promise.resolve({ since, most, days, durable: false }),
    close: () => Promise.resolve(),
  };
}

const bytesOf = ({ change }: ChangeRecord) => new TextEncoder().encode(JSON.stringify(change)).byteLength;

const toRow = ({ number, bytes }: Entry) => ({ number, bytes });

const shown = ({ record: { change }, bytes }: Entry) => (bytes > MAX_WHOLE_ROW ? cutChange(change, bytes) : change);

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
