import type Database from 'libsql';
import * as z from 'zod/mini';
import { DAY } from '../../backend/journal/change-log.ts';
import {
  MAX_EDITS,
  type NewProfileEdit,
  type ProfileLog,
  type ProfileRetention,
  type PutProfileOutcome,
} from '../../backend/journal/profile-log.ts';
import type { Clock } from '../../clock.ts';
import {
  clusterProfile,
  profileEdit,
  profileRecord,
  type ProfileEdit,
  type ProfileEditQuery,
} from '../../contract/cluster-profile.ts';
import { EMPTY_PROFILE, NO_PROFILE_VERSION, type ProfileRecord } from '../../domain/cluster-profile.ts';
import { orUnwritable } from './or-unwritable.ts';
import { parsedJson } from './parsed-json.ts';

/** Added to the journal's file. `profiles.version` is the number of the edit that made it. */
export const PROFILE_TABLES = `
  CREATE TABLE profiles (
    cluster_id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    profile TEXT NOT NULL
  ) STRICT;
  CREATE TABLE profile_edits (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    cluster_id TEXT NOT NULL,
    who TEXT NOT NULL,
    address TEXT NOT NULL,
    via TEXT NOT NULL,
    at INTEGER NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
  ) STRICT;
  CREATE INDEX profile_edits_by_cluster ON profile_edits (cluster_id, version);
  CREATE INDEX profile_edits_by_time ON profile_edits (at);`;

const profileJson = z.pipe(parsedJson, clusterProfile);
const recordRow = z.extend(profileRecord, { profile: profileJson });
const namedRow = z.extend(recordRow, { clusterId: z.string() });
const editRow = z.extend(profileEdit, { before: profileJson, after: profileJson });

/**
 * Profiles in the journal's SQLite file, open, locked and migrated; `createSqliteChangeLog` closes it. An unreadable row counts as
 * none in lists. `assertInPlace`: as there.
 */
export function createSqliteProfileLog(
  db: Database.Database,
  options: ProfileRetention & { readonly clock: Pick<Clock, 'now'>; readonly assertInPlace?: () => void },
): ProfileLog {
  const { clock, days, mostEdits = MAX_EDITS, assertInPlace = () => undefined } = options;
  const every = db.prepare('SELECT cluster_id AS clusterId, version, who, at, profile FROM profiles');
  const one = db.prepare('SELECT version, who, at, profile FROM profiles WHERE cluster_id = ?');
  const insertEdit = db.prepare(
    `INSERT INTO profile_edits (cluster_id, who, address, via, at, before, after)
     VALUES (@clusterId, @who, @address, @via, @at, @before, @after)`,
  );
  const set = db.prepare(
    `INSERT OR REPLACE INTO profiles (cluster_id, version, who, at, profile)
     SELECT cluster_id, version, who, at, after FROM profile_edits ORDER BY version DESC LIMIT 1`,
  );
  const prunings = [
    'DELETE FROM profile_edits WHERE at < @before',
    `DELETE FROM profile_edits WHERE version IN (SELECT version FROM profile_edits WHERE cluster_id = @clusterId
       ORDER BY version DESC LIMIT -1 OFFSET @perCluster)`,
    `DELETE FROM profile_edits WHERE version <=
       (SELECT version FROM profile_edits ORDER BY version DESC LIMIT 1 OFFSET @inAll)`,
  ].map((sql) => db.prepare(sql));
  const remove = db.prepare('DELETE FROM profiles WHERE cluster_id = ?');

  function present(clusterId: string): ProfileRecord | null {
    const found = one.get(clusterId);
    return found === undefined ? null : recordRow.parse(found);
  }

  const put = db.transaction((edit: NewProfileEdit, expectedVersion: number): PutProfileOutcome => {
    const { clusterId, who, address, via, at, after } = edit;
    const now = present(clusterId);
    if ((now?.version ?? NO_PROFILE_VERSION) !== expectedVersion) return { kind: 'moved', now };
    const before = JSON.stringify(now?.profile ?? EMPTY_PROFILE);
    insertEdit.run({ clusterId, who, address, via, at, before, after: JSON.stringify(after) });
    set.run();
    const record = present(clusterId);
    if (record === null) throw new Error('The profile was not set');
    for (const pruning of prunings) pruning.run({ before: clock.now() - days * DAY, clusterId, ...mostEdits });
    return { kind: 'set', record };
  });

  function found({ where, bind }: ReturnType<typeof condition>, order: 'ASC' | 'DESC', limit: number): ProfileEdit[] {
    const rows = db.prepare(
      `SELECT version, cluster_id AS clusterId, who, address, via, at, before, after FROM profile_edits
       WHERE ${where} ORDER BY version ${order} LIMIT @limit`,
    );
    return rows.all({ ...bind, limit }).flatMap((row) => readable(editRow, row) ?? []);
  }

  return {
    async all() {
      return new Map(
        every.all().flatMap((row) => {
          const parsed = readable(namedRow, row);
          if (parsed === null) return [];
          const { clusterId, ...record } = parsed;
          return [[clusterId, record] as const];
        }),
      );
    },
    put: async (edit, expectedVersion) =>
      orUnwritable(() => {
        assertInPlace();
        return put(edit, expectedVersion);
      }),
    edits: async (query, before, limit) => found(condition(query, { before }), 'DESC', limit),
    editsAfter: async (query, after, limit) => found(condition(query, { after }), 'ASC', limit),
    forget: async (clusterId) =>
      orUnwritable(() => {
        assertInPlace();
        remove.run(clusterId);
      }),
  };
}

function readable<T>(schema: z.ZodMiniType<T>, row: unknown): T | null {
  try {
    return schema.parse(row);
  } catch {
    return null;
  }
}

function condition(
  { cluster, who, since, until }: ProfileEditQuery,
  { before = null, after = null }: { readonly before?: number | null; readonly after?: number | null },
) {
  const given: readonly [string, Record<string, string | number | undefined>][] = [
    ['cluster_id = @cluster', { cluster }],
    ['who = @who', { who }],
    ['at >= @since', { since }],
    ['at < @until', { until }],
    ['version < @before', { before: before ?? undefined }],
    ['version > @after', { after: after ?? undefined }],
  ];
  const parts: string[] = [];
  const bind: Record<string, string | number> = {};
  for (const [part, values] of given)
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue;
      parts.push(part);
      bind[name] = value;
    }
  return { where: parts.length === 0 ? 'TRUE' : parts.join(' AND '), bind };
}
