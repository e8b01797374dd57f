import Database from 'libsql';
import { accessPaths } from '../src/server/auth/access-paths.ts';
import { nodeSecrets } from '../src/server/auth/node-secrets.ts';
import { changeTokens } from '../src/server/auth/token-file.ts';
import { openJournalFile } from '../src/server/storage/journal-file.ts';
import { journalPath } from '../src/server/storage/journal-path.ts';
import { createSystemClock } from '../src/server/system-clock.ts';
import { replicaSetsOf, type ReplicaSets } from '../src/domain/replica-sets.ts';

/** Rows of a fixture: the oldest first, `count` of each, and how many templates their changes name. */
export interface FixtureRows {
  readonly count: number;
  readonly templates: number;
}

/** Who has access in a fixture, by token. */
export const people = {
  viewer: { role: 'viewer', clusters: null },
  operator: { role: 'operator', clusters: ['team-a-*'] },
  others: { role: 'viewer', clusters: null },
} as const;

/** As many templates, with the longest names that so many may have. */
export function templatesOf(count: number, length: number): ReplicaSets {
  return replicaSetsOf(Array.from({ length: count }, (_, n) => [String(n).padStart(length, 't'), 1] as const));
}

/** Fills a data folder for the Ray: a journal with such rows. Returns each person's token. */
export async function fillDataFolder(
  dataDir: string,
  rayAddress: string,
  rows: readonly FixtureRows[],
): Promise<Readonly<Record<keyof typeof people, string>>> {
  const file = journalPath({ rayAddress, dataDir }, {}) ?? '';
  const clock = createSystemClock();
  const opened = openJournalFile({ file, clock, days: 400, most: 100_000 });
  if (!opened.ok) throw new Error(opened.message);
  await opened.log.close();
  const db = new Database(file);
  db.exec('PRAGMA synchronous = OFF; BEGIN');
  let number = 0;
  for (const { count, templates } of rows) {
    insertChanges(db, { first: number + 1, count, templates, at: clock.now() });
    number += count;
  }
  db.exec('COMMIT');
  db.close();
  const tokens = { viewer: nodeSecrets.random(), operator: nodeSecrets.random(), others: nodeSecrets.random() };
  changeTokens(accessPaths(file).tokens, () =>
    Object.entries(people).map(([name, { role, clusters }]) => ({
      name,
      role,
      clusters: clusters === null ? null : [...clusters],
      hash: nodeSecrets.hash(name === 'viewer' ? tokens.viewer : name === 'operator' ? tokens.operator : tokens.others),
      createdAt: clock.now(),
      endsAt: null,
    })),
  );
  return tokens;
}

/** Saves that Ray refused, made inside SQLite: a hundred thousand synced writes would take minutes. */
function insertChanges(
  db: Database.Database,
  { first, count, templates, at }: { first: number; count: number; templates: number; at: number },
): void {
  const want = templatesOf(templates, templates > 256 ? 30 : 64);
  const base = { revision: '1795469080484243902', replicaSets: want };
  const change = {
    id: '',
    wanted: { kind: 'save', clusterId: 'team-0001', divisible: false, base, want },
    who: 'somebody',
    address: '127.0.0.1',
    via: 'token',
    by: 'page',
    askedAt: at,
    settledAt: at,
    attempts: 1,
    before: null,
    result: { kind: 'invalid', message: 'refused' },
    moved: null,
  };
  db.prepare(
    `WITH RECURSIVE numbers (n) AS (SELECT @first UNION ALL SELECT n + 1 FROM numbers WHERE n < @last)
     INSERT INTO changes (id, cluster_id, parent_id, who, asked_at, outcome, sent_on, made, record, members)
     SELECT printf('00000000-0000-4000-8000-%012d', n), 'team-' || (n % 100), 'team-' || (n % 100), 'somebody', @at, 'invalid', NULL, NULL,
            json_replace(@record, '$.change.id', printf('00000000-0000-4000-8000-%012d', n)), NULL
     FROM numbers`,
  ).run({ first, last: first + count - 1, at, record: JSON.stringify({ change, sentOn: null, session: null }) });
}
