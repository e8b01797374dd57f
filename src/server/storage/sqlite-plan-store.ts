import type Database from 'libsql';
import * as z from 'zod/mini';
import { JournalUnwritable } from '../../backend/journal/change-log.ts';
import {
  isInUse,
  PLAN_BOUNDS,
  plansBeyond,
  summaryOf,
  type PlanBounds,
  type PlanStore,
} from '../../backend/plans/plan-store.ts';
import { plan, type Plan, type PlanSummary } from '../../contract/plan.ts';
import { parsedJson } from './parsed-json.ts';

/** The table in the journal's file. */
export const PLANS_TABLE = `CREATE TABLE plans (
   number INTEGER PRIMARY KEY AUTOINCREMENT,
   id TEXT NOT NULL UNIQUE,
   version INTEGER NOT NULL,
   in_use INTEGER NOT NULL,
   record TEXT NOT NULL
 ) STRICT;`;

const numbers = z.array(z.object({ number: z.number() }));
const row = z.object({ record: z.pipe(parsedJson, plan) });
const sizesRow = z.object({ count: z.number(), characters: z.number() });
const keptRows = z.array(
  z.object({ id: z.string(), in_use: z.number(), characters: z.number(), createdBy: z.nullable(z.string()) }),
);

/** Plans in the journal's file, which must be open, locked and migrated. An unreadable row is left out. */
export function createSqlitePlanStore(
  db: Database.Database,
  {
    bounds = PLAN_BOUNDS,
    assertInPlace = () => undefined,
  }: { readonly bounds?: PlanBounds; readonly assertInPlace?: () => void } = {},
): PlanStore {
  const all = db.prepare('SELECT record FROM plans ORDER BY number DESC');
  const allNumbers = db.prepare('SELECT number FROM plans ORDER BY number DESC');
  const byNumber = db.prepare('SELECT record FROM plans WHERE number = ?');
  const byId = db.prepare('SELECT record FROM plans WHERE id = ?');
  const versionOf = db.prepare('SELECT version FROM plans WHERE id = ?');
  const remove = db.prepare('DELETE FROM plans WHERE id = ? AND version = ?');
  const insert = db.prepare('INSERT INTO plans (id, version, in_use, record) VALUES (?, ?, ?, ?)');
  const sizes = db.prepare('SELECT count(*) AS count, sum(length(record)) AS characters FROM plans');
  // Only once there are too many: it reads each of them.
  const kept = db.prepare(
    `SELECT id, in_use, length(record) AS characters,
       CASE WHEN json_valid(record) THEN json_extract(record, '$.createdBy') END AS createdBy
     FROM plans ORDER BY number DESC`,
  );
  const drop = db.prepare('DELETE FROM plans WHERE id = ?');

  function prune(stored: string): void {
    const { count, characters } = sizesRow.parse(sizes.get());
    if (count <= bounds.most && characters <= bounds.mostCharacters) return;
    const newest = keptRows.parse(kept.all()).map(({ in_use, createdBy, ...row }) => ({
      ...row,
      createdBy: createdBy ?? '',
      mustStay: in_use === 1 || row.id === stored,
    }));
    for (const { id } of plansBeyond(newest, bounds)) drop.run(id);
  }

  /** The newest number goes to the plan that changed last. */
  const replace = db.transaction((given: Plan): boolean => {
    const stored = z.optional(z.object({ version: z.number() })).parse(versionOf.get(given.id));
    if (given.version !== (stored?.version ?? 0) + 1) return false;
    remove.run(given.id, given.version - 1);
    insert.run(given.id, given.version, isInUse(given) ? 1 : 0, JSON.stringify(given));
    prune(given.id);
    return true;
  });

  /** By number: each version of a plan has one of its own. Null: it could not be read. */
  let summed: ReadonlyMap<number, PlanSummary | null> = new Map();

  function toPlans(found: unknown): readonly Plan[] {
    if (found === undefined) return [];
    try {
      return [row.parse(found).record];
    } catch {
      return [];
    }
  }

  function written<T>(write: () => T): T {
    try {
      assertInPlace();
      return write();
    } catch (error) {
      throw new JournalUnwritable('A plan could not be stored.', { cause: error });
    }
  }

  return {
    async all() {
      return all.all().flatMap(toPlans);
    },
    async summaries() {
      const now = numbers.parse(allNumbers.all()).map(({ number }) => {
        const before = summed.get(number);
        if (before !== undefined) return [number, before] as const;
        const [read] = toPlans(byNumber.get(number));
        return [number, read === undefined ? null : summaryOf(read)] as const;
      });
      summed = new Map(now);
      return now.flatMap(([, summary]) => summary ?? []);
    },
    async get(id) {
      return toPlans(byId.get(id))[0] ?? null;
    },
    async put(given) {
      return written(() => replace(given));
    },
    async delete(id, version) {
      return written(() => remove.run(id, version).changes > 0);
    },
  };
}
