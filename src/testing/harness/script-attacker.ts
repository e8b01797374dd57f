import { expect } from 'vitest';
import type { Change } from '../../contract/change.ts';
import { sameReplicaSets } from '../../domain/replica-sets.ts';
import { isSettled } from '../../domain/result.ts';
import { startAttackTarget, statusesIn } from './attack-target.ts';
import { clustersIn, type RayCluster } from './script-world.ts';

/** A virtual cluster of team a, and one that was deleted through the console. */
export const OWN = 'team-a-own';
export const GONE = 'team-a-gone';

/** What an attempt that does not succeed leaves. */
export const NOTHING = { changed: [], sent: 0, disagreements: [] };

type Clusters = ReadonlyMap<string, RayCluster>;

/** A request as a script sends it; by default a save by the operator of `team-a-*`. */
export interface ScriptRequest {
  readonly method?: string;
  readonly path?: string;
  /** The header of its credentials, and others after it. */
  readonly as?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

/** A save without replica sets. `more`: further members. */
export const save = (id: string, more = '') => `{"virtualClusterId":${JSON.stringify(id)},"replicaSets":{}${more}}`;

/** A console on a socket, a script that attacks it, and the comparison of its journal with Ray after each attempt. */
export async function startScriptAttacker() {
  const on = await startAttackTarget();
  const clusters = async (): Promise<Clusters> => clustersIn(await on.state());

  async function send({
    method = 'POST',
    path = '/virtual_clusters',
    as = on.script,
    headers,
    body = '',
  }: ScriptRequest) {
    const length = Buffer.byteLength(body);
    const head = [
      `${method} ${path} HTTP/1.1`,
      `Host: ${on.host}`,
      as,
      ...(headers ?? (length === 0 ? [] : ['Content-Type: application/json'])),
      ...(length === 0 ? [] : [`Content-Length: ${String(length)}`]),
      'Connection: close',
    ];
    const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
    return statusesIn(await on.send(bytes, 10_000))[0];
  }

  const remove = (id: string) => send({ method: 'DELETE', path: `/virtual_clusters/${encodeURIComponent(id)}` });

  /** The journal once nothing in it is open, newest first. */
  async function settledJournal(): Promise<readonly Change[]> {
    const isAllSettled = async () => (await on.journal()).every(({ result }) => isSettled(result));
    await expect.poll(isAllSettled, { timeout: 5_000 }).toBe(true);
    return on.journal();
  }

  await send({ body: save(GONE) });
  const goneRevision = (await clusters()).get(GONE)?.revision ?? '';
  await remove(GONE);
  await on.saveDirectly(`{"virtualClusterId":"${OWN}","replicaSets":{"4c8g":1}}`);

  let before: Clusters = new Map();
  let rowsBefore = 0;
  let writesBefore = 0;

  /** Remembers how things are before an attempt. */
  async function mark() {
    before = await clusters();
    rowsBefore = (await settledJournal()).length;
    writesBefore = on.writes.length;
  }

  return {
    on,
    send,
    remove,
    mark,
    goneRevision,
    ownRevision: () => before.get(OWN)?.revision ?? '',
    /** What happened since `mark`: the clusters that changed, the writes that reached Ray, and where the journal is wrong. */
    async outcome() {
      const journal = await settledJournal();
      const rows = journal.slice(0, journal.length - rowsBefore);
      const after = await clusters();
      const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
        (id) => JSON.stringify(before.get(id)) !== JSON.stringify(after.get(id)),
      );
      const sent = on.writes.length - writesBefore;
      const recorded = rows.reduce((sum, row) => sum + row.attempts, 0);
      const disagreements = disagreementsOf(before, after, rows, changed);
      if (sent !== recorded) disagreements.push(`${String(recorded)} of ${String(sent)} writes are recorded`);
      return { changed, sent, disagreements };
    },
    close: () => on.close(),
  };
}

export type ScriptAttacker = Awaited<ReturnType<typeof startScriptAttacker>>;

/** What Ray has and the journal does not, or the other way round. */
function disagreementsOf(before: Clusters, after: Clusters, rows: readonly Change[], changed: readonly string[]) {
  const applied = rows.filter(({ result }) => result?.kind === 'applied');
  const found = applied
    .filter(({ wanted }) => !changed.includes(wanted.clusterId))
    .map(({ wanted }) => `${wanted.clusterId} did not change`);
  for (const id of changed) {
    const wanted = applied.find((row) => row.wanted.clusterId === id)?.wanted;
    const has = after.get(id);
    if (wanted === undefined) found.push(`${id} changed unrecorded`);
    else if (wanted.kind !== 'save') {
      if (has !== undefined) found.push(`${id} is there`);
    } else {
      const isSame = has?.divisible === wanted.divisible && sameReplicaSets(has.replicaSets, wanted.want);
      if (!isSame) found.push(`${id} is ${JSON.stringify(has)}, recorded as ${JSON.stringify(wanted.want)}`);
      if (before.has(id) !== (wanted.base !== null)) found.push(`${id} is recorded on ${JSON.stringify(wanted.base)}`);
    }
  }
  return found;
}
