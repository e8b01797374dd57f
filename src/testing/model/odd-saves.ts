import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import type { Change } from '../../contract/change.ts';
import { REVISION } from '../harness/script-save-bodies.ts';
import { TOKEN_CLUSTERS, type Command } from './commands.ts';
import type { Coverage } from './coverage.ts';
import { InvariantViolation } from './invariant-violation.ts';
import { equalReplicaSets, type ObservedWrite } from './oracle.ts';
import { readByRay, type OddSave } from './odd-save.ts';
import { requestOrigin } from './ray-link.ts';
import type { TestBed } from './test-bed.ts';

/** How the console's own refusals end. */
const NOT_SENT = 'Nothing was sent to Ray.';

export function sendOddSave(
  testBed: TestBed,
  { backend, body: given, hasToken, writes }: Extract<Command, { kind: 'odd-save' }>,
  name: string,
): void {
  const { consoles, simulation, deniedScripts, oddSaves } = testBed;
  const console = consoles[backend];
  if (console === undefined) return;
  const aimedAt = readByRay(given.replaceAll(REVISION, '0'))?.clusterId ?? '';
  const revision = simulation.world().clusters.get(aimedAt)?.revision ?? 0n;
  const body = given.replaceAll(REVISION, String(revision));
  const odd: OddSave = { backend, body, read: readByRay(body), isRefused: false };
  oddSaves.set(name, odd);
  console.rayLink.writeFaults.set(name, writes);
  const { token } = console;
  if (hasToken && (token.isWithdrawn || !TOKEN_CLUSTERS.some((each) => each === odd.read?.clusterId)))
    deniedScripts.add(name);
  const request = new Request(`http://127.0.0.1:8600${paths.virtualClusters}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      [CONSOLE_HEADER]: '1',
      ...(hasToken ? { Authorization: `Bearer ${token.value}` } : {}),
    },
    body,
  });
  const note = async () => {
    const reply = await console.fetch(request);
    odd.isRefused = (await reply.text()).includes(NOT_SENT);
  };
  void requestOrigin.run(name, note).catch(() => undefined);
}

/**
 * Checks one console's part of the saves in odd forms: what it sent and what its journal has are what Ray itself would make of
 * the body; what Ray can't read has neither a write nor a row, and what Ray can read is not refused as unreadable.
 */
export function checkOddSaves(
  testBed: TestBed,
  backend: number,
  observed: readonly ObservedWrite[],
  changes: readonly Change[],
  coverage: Coverage,
): void {
  for (const [name, odd] of testBed.oddSaves) {
    if (odd.backend !== backend) continue;
    const { body, read, isRefused } = odd;
    const fail = (what: string): never => {
      throw new InvariantViolation(`${name} saved ${JSON.stringify(body)}: ${what}`);
    };
    const writes = observed.filter(({ tag }) => tag === name);
    const rows = changes.filter(({ id }) => testBed.tagOf(id) === name);
    if (isRefused) coverage.countResult('odd form refused');
    if (isRefused && read !== null) fail('it was refused, though Ray takes it');
    if ((isRefused || read === null) && (writes.length > 0 || rows.length > 0))
      fail(`it was refused, but there are ${String(writes.length)} writes and ${String(rows.length)} rows`);
    if (read === null) continue;
    const { clusterId, divisible, revision } = read;
    const sets = Object.fromEntries(read.replicaSets);
    for (const { clusterId: written, save, tookEffect, after } of writes) {
      if (written !== clusterId || save === null) fail(`${written} was written`);
      else if (save.divisible !== divisible || BigInt(save.revision) !== revision)
        fail(`it was written as ${JSON.stringify(save)}`);
      else if (!equalReplicaSets(save.replicaSets, sets)) fail(`it was written as ${JSON.stringify(save)}`);
      if (!tookEffect) continue;
      coverage.countResult('odd form took effect');
      if (after?.divisible !== divisible || !equalReplicaSets(after.replicaSets, sets))
        fail(`it led to ${JSON.stringify(after?.replicaSets)}`);
    }
    for (const { wanted } of rows) {
      const isSame =
        wanted.kind === 'save' &&
        wanted.clusterId === clusterId &&
        wanted.divisible === divisible &&
        BigInt(wanted.base?.revision ?? '0') === revision &&
        equalReplicaSets(wanted.want, sets);
      if (!isSame) fail(`the journal has ${JSON.stringify(wanted)}`);
    }
  }
}
