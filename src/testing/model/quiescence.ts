import type { PageFleet } from '../../app/api/page-fleet.ts';
import { submissionStatusOf, type Submission } from '../../app/changes/submission.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import { canonicalJson } from '../../backend/changes/canonical-json.ts';
import type { Change } from '../../contract/change.ts';
import { wrongNodeUse } from './node-uses.ts';
import { checkSafety } from './safety-checks.ts';
import type { RestartableConsole } from './restartable-console.ts';
import { noFault } from './network-faults.ts';
import { InvariantViolation } from './invariant-violation.ts';
import type { Coverage } from './coverage.ts';
import { equalReplicaSets, type ObservedWrite, type Oracle } from './oracle.ts';
import { checkOddSaves } from './odd-saves.ts';
import { checkChange } from './invariants.ts';
import type { TestBed } from './test-bed.ts';

/** Long enough for every source to be read again, whatever its last read cost, ms. */
const QUIESCENCE_TIMEOUT_MS = 180_000;
const CHECK_INTERVAL_MS = 4_000;

/** Removes every fault and advances the clock until nothing is in flight and every page shows Ray's state. */
export async function untilQuiescent(testBed: TestBed): Promise<void> {
  for (const { rayLink } of testBed.consoles) {
    rayLink.readFaults = [];
    rayLink.isAway = false;
    rayLink.staleListReads = 0;
    rayLink.dropStaleList();
  }
  for (const tab of testBed.tabs) {
    tab.readFault = { fault: noFault, times: 0 };
    tab.streamLink.delay = 1;
    tab.page.setVisible(true);
  }
  for (let waited = 0; waited < QUIESCENCE_TIMEOUT_MS; waited += CHECK_INTERVAL_MS) {
    await testBed.clock.advance(Math.max(0, testBed.busyUntil() - testBed.clock.now()));
    await testBed.clock.advance(CHECK_INTERVAL_MS);
    checkSafety(testBed);
    if (await isQuiescent(testBed)) return;
  }
}

async function isQuiescent(testBed: TestBed): Promise<boolean> {
  // What waited in a queue may have been sent only now.
  if (testBed.busyUntil() > testBed.clock.now()) return false;
  try {
    comparePages(testBed);
  } catch (error) {
    if (error instanceof InvariantViolation) return false;
    throw error;
  }
  for (const console of testBed.consoles)
    if (console.startedAt() === null || (await console.countLeftOpen(testBed.oracle.isStateApiReadable())) > 0)
      return false;
  if (!testBed.plans.isAtRest()) return false;
  return testBed.tabs.every(({ page }) =>
    [page.editor()?.submitter, ...page.submitters()].every(
      (each) => each === undefined || isAtRest(each.current(), testBed),
    ),
  );
}

/** Settled, or still unknown after a check that came after the last message in flight. */
function isAtRest(submission: Submission, testBed: TestBed): boolean {
  if (['idle', 'settled'].includes(submissionStatusOf(submission))) return true;
  if (submission.phase !== 'answered' || submission.change.result?.kind !== 'unknown') return false;
  return (submission.change.result.lookedAt ?? 0) > testBed.busyUntil();
}

function comparePages({ oracle, simulation, tabs, forgedSupervisors }: TestBed): void {
  oracle.observe();
  const ray = simulation.world();
  // Dead nodes outside of every virtual cluster are not compared.
  const nodes = [...ray.nodes.values()].filter((node) => node.state !== 'dead' || node.cluster !== null);
  const counts = { total: nodes.length, dead: nodes.filter((node) => node.state === 'dead').length };
  const actorNodes = new Set(forgedSupervisors.map(({ nodeId }) => nodeId));
  tabs.forEach(({ page }, index) => {
    const fleet = page.fleet();
    compareWithOracle(`page ${String(index)}`, fleet, oracle, counts, new Map(ray.freePool.counts()));
    const wrong = fleet === null ? null : wrongNodeUse(fleet, ray, actorNodes);
    if (wrong !== null) throw new InvariantViolation(`page ${String(index)} ends with ${wrong}`);
  });
}

/** Checks that a page shows Ray's actual state, at the end, without faults. */
function compareWithOracle(
  name: string,
  fleet: PageFleet | null,
  oracle: Oracle,
  counts: { readonly total: number; readonly dead: number },
  free: ReadonlyMap<string, number>,
) {
  if (fleet === null) throw new InvariantViolation(`${name} shows no fleet at the end`);
  const all = oracle.currentAll();
  for (const id of new Set([...fleet.clusters.keys(), ...all.keys()])) {
    const shown = fleet.clusters.get(id);
    const real = all.get(id);
    const isSame =
      shown !== undefined &&
      real !== undefined &&
      shown.revision === real.revision &&
      shown.divisible === real.divisible &&
      equalReplicaSets(heldReplicaSetsOf(shown), real.replicaSets);
    if (!isSame) {
      const text = (one: unknown) => JSON.stringify(one ?? null)?.slice(0, 300);
      throw new InvariantViolation(
        `${name} ends with ${id} as ${text(shown)}, while it is ${text(real && { ...real, reachedByRayAlone: undefined })}`,
      );
    }
  }
  const { total, dead } = fleet.nodeCounts;
  if (total.known && total.value !== counts.total)
    throw new InvariantViolation(`${name} ends with ${String(total.value)} nodes of ${String(counts.total)}`);
  if (dead.known && dead.value !== counts.dead)
    throw new InvariantViolation(`${name} ends with ${String(dead.value)} dead nodes of ${String(counts.dead)}`);
  if (!total.known) throw new InvariantViolation(`${name} ends without the number of nodes`);
  for (const one of fleet.pool.templates) {
    // Without the state API it is unknown whether the head node was taken.
    if (one.isHeadTemplate) continue;
    if (!one.free.known) continue;
    const real = free.get(one.templateId) ?? 0;
    const { count, atMost } = one.free.value;
    if (atMost ? count < real : count !== real) {
      throw new InvariantViolation(
        `${name} ends with ${String(count)} free ${one.templateId}${atMost ? ' at most' : ''}, while there are ${String(real)}`,
      );
    }
  }
}

/** Checks every journaled change against the writes that reached Ray, and every such write against the journals. */
export async function checkAllChanges(testBed: TestBed, coverage: Coverage): Promise<void> {
  const { oracle, consoles } = testBed;
  comparePages(testBed);
  for (const [index, console] of consoles.entries()) {
    if ((await console.countLeftOpen(oracle.isStateApiReadable())) > 0)
      throw new InvariantViolation('a change that an earlier console left open was not settled');
    const observed = oracle.writes.filter((write) => write.backend === index);
    const denied = observed.find(({ tag }) => testBed.deniedScripts.has(tag));
    if (denied !== undefined)
      throw new InvariantViolation(`wrote ${denied.clusterId} on behalf of ${denied.tag}, which had no right to it`);
    const changes = await journalOf(testBed, console);
    checkOddSaves(testBed, index, observed, changes, coverage);
    if (index === 0) testBed.plans.checkAgainst(changes, coverage);
    const attributed = new Set<ObservedWrite>();
    for (const change of changes) {
      const tag = testBed.tagOf(change.id);
      const writes =
        change.wanted.kind === 'delete-when-idle'
          ? writesOfDeferredDeletion(change, changes, observed)
          : observed.filter((write) => write.tag === tag);
      for (const write of writes) attributed.add(write);
      checkChange(
        change,
        {
          writes,
          sentOn: console.rayLink.lastRevisionSent.get(tag),
          backend: index,
          hasRival: changes.some((other) => isRival(other, change)),
        },
        oracle,
        coverage,
      );
      const notSent = testBed.shownAsNotSent.get(change.id);
      if (notSent !== undefined)
        throw new InvariantViolation(
          `change ${change.id} was shown by ${notSent}, but the journal has it: ${canonicalJson(change.result)}`,
        );
      const shown = testBed.shown.get(change.id);
      const isLast =
        shown === undefined || shown === canonicalJson(change.result) || change.wanted.kind === 'delete-when-idle';
      if (!isLast)
        throw new InvariantViolation(
          `change ${change.id} was shown as ${shown}, but its result is ${canonicalJson(change.result)}`,
        );
    }
    const stray = observed.find((write) => !attributed.has(write));
    if (stray !== undefined)
      throw new InvariantViolation(
        `wrote ${stray.clusterId} on behalf of ${stray.tag}, which the journal does not know`,
      );
  }
}

function isRival({ id, wanted }: Change, change: Change): boolean {
  const mine = change.wanted;
  if (id === change.id || wanted.kind !== 'save' || mine.kind !== 'save') return false;
  return wanted.clusterId === mine.clusterId && equalReplicaSets(wanted.want, mine.want);
}

/** The writes of a deferred deletion: each belongs to the latest request before it that was ever sent. */
function writesOfDeferredDeletion(
  change: Change,
  changes: readonly Change[],
  observed: readonly ObservedWrite[],
): readonly ObservedWrite[] {
  const { clusterId } = change.wanted;
  const sent = changes.filter(
    ({ wanted, attempts }) => wanted.kind === 'delete-when-idle' && wanted.clusterId === clusterId && attempts > 0,
  );
  return observed.filter(({ tag, at }) => {
    if (tag !== `idle ${clusterId}`) return false;
    const before = sent.filter(({ askedAt }) => askedAt <= at).sort((a, b) => b.askedAt - a.askedAt);
    return before[0]?.id === change.id;
  });
}

/** The console's journal, as a page reads it. */
async function journalOf({ clock, tabs }: TestBed, console: RestartableConsole): Promise<readonly Change[]> {
  const tab = tabs.find((each) => each.console === console);
  if (tab === undefined) throw new Error('no page uses this console');
  const reply = tab.page.api.changes({});
  await clock.advance(1_000);
  return (await reply).changes;
}
