import { submissionStatusOf, type Submission } from '../../app/changes/submission.ts';
import { canonicalJson } from '../../backend/changes/canonical-json.ts';
import type { Change } from '../../contract/change.ts';
import { checkSafety } from './safety-checks.ts';
import type { RestartableConsole } from './restartable-console.ts';
import { noFault } from './network-faults.ts';
import { InvariantViolation, compareWithOracle } from './view-monitor.ts';
import type { Coverage } from './coverage.ts';
import { equalReplicaSets, type ObservedWrite } from './oracle.ts';
import { checkChange } from './invariants.ts';
import type { TestBed } from './test-bed.ts';

/** Long enough for every source to be read again, whatever the last reading of it cost, ms; looked at every so often. */
const QUIESCENCE_TIMEOUT_MS = 180_000;
const CHECK_INTERVAL_MS = 4_000;

/** Nothing goes wrong any more, and time goes by until nothing more will come of anything. */
export async function untilQuiescent(world: TestBed): Promise<void> {
  for (const { rayLink } of world.consoles) {
    rayLink.readFaults = [];
    rayLink.isAway = false;
    rayLink.staleListReads = 0;
    rayLink.dropStaleList();
  }
  for (const seat of world.tabs) {
    seat.readFault = { fate: noFault, times: 0 };
    seat.streamLink.delay = 1;
    seat.page.setVisible(true);
  }
  for (let waited = 0; waited < QUIESCENCE_TIMEOUT_MS; waited += CHECK_INTERVAL_MS) {
    await world.clock.advance(Math.max(0, world.busyUntil() - world.clock.now()));
    await world.clock.advance(CHECK_INTERVAL_MS);
    checkSafety(world);
    if (await isQuiescent(world)) return;
  }
}

async function isQuiescent(world: TestBed): Promise<boolean> {
  // What waited in a queue may be on its way only now.
  if (world.busyUntil() > world.clock.now()) return false;
  try {
    comparePages(world);
  } catch (error) {
    if (error instanceof InvariantViolation) return false;
    throw error;
  }
  for (const console of world.consoles)
    if (console.startedAt() === null || (await console.countLeftOpen(world.oracle.isStateApiReadable())) > 0)
      return false;
  return world.tabs.every(({ page }) =>
    [page.editor()?.submitter, ...page.submitters()].every(
      (each) => each === undefined || isAtRest(each.current(), world),
    ),
  );
}

/** Settled, or looked for in vain since the last thing came that was on its way. */
function isAtRest(submission: Submission, world: TestBed): boolean {
  if (['idle', 'settled'].includes(submissionStatusOf(submission))) return true;
  if (submission.phase !== 'answered' || submission.change.result?.kind !== 'unknown') return false;
  return (submission.change.result.lookedAt ?? 0) > world.busyUntil();
}

function comparePages({ oracle, simulation, tabs }: TestBed): void {
  oracle.observe();
  const ray = simulation.world();
  // A dead node that no virtual cluster holds is of no concern.
  const nodes = [...ray.nodes.values()].filter((node) => node.state !== 'dead' || node.cluster !== null);
  const counts = { total: nodes.length, dead: nodes.filter((node) => node.state === 'dead').length };
  tabs.forEach(({ page }, index) =>
    compareWithOracle(`page ${String(index)}`, page.fleet(), oracle, counts, new Map(ray.freePool.counts())),
  );
}

/** Judges every change of both journals by what Ray met, and every write that Ray met by the journals. */
export async function checkAllChanges(world: TestBed, tally: Coverage): Promise<void> {
  const { oracle, consoles } = world;
  comparePages(world);
  for (const [index, console] of consoles.entries()) {
    if ((await console.countLeftOpen(oracle.isStateApiReadable())) > 0)
      throw new InvariantViolation('what the console before left open did not end');
    const met = oracle.writes.filter((write) => write.backend === index);
    const known = new Set<ObservedWrite>();
    const changes = await journalOf(world, console);
    for (const change of changes) {
      const tag = world.tagOf(change.id);
      const writes =
        change.wanted.kind === 'delete-when-idle'
          ? idleWrites(change, changes, met)
          : met.filter((write) => write.tag === tag);
      for (const write of writes) known.add(write);
      checkChange(
        change,
        { writes, backend: index, hasRival: changes.some((other) => isRival(other, change)) },
        oracle,
        tally,
      );
      const shown = world.shown.get(change.id);
      const isLast =
        shown === undefined || shown === canonicalJson(change.result) || change.wanted.kind === 'delete-when-idle';
      if (!isLast)
        throw new InvariantViolation(
          `change ${change.id} was shown as ${shown}, and came to ${canonicalJson(change.result)}`,
        );
    }
    const stray = met.find((write) => !known.has(write));
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

/** The deletes of a cluster that waited: each belongs to the one that was asked for last before it and that was ever sent. */
function idleWrites(
  change: Change,
  changes: readonly Change[],
  met: readonly ObservedWrite[],
): readonly ObservedWrite[] {
  const { clusterId } = change.wanted;
  const sent = changes.filter(
    ({ wanted, attempts }) => wanted.kind === 'delete-when-idle' && wanted.clusterId === clusterId && attempts > 0,
  );
  return met.filter(({ tag, at }) => {
    if (tag !== `idle ${clusterId}`) return false;
    const before = sent.filter(({ askedAt }) => askedAt <= at).sort((a, b) => b.askedAt - a.askedAt);
    return before[0]?.id === change.id;
  });
}

/** What the console remembers, as a page is told it. */
async function journalOf({ clock, tabs }: TestBed, console: RestartableConsole): Promise<readonly Change[]> {
  const seat = tabs.find((each) => each.console === console);
  if (seat === undefined) throw new Error('nobody sits at it');
  const asked = seat.page.api.changes({});
  await clock.advance(1_000);
  return (await asked).changes;
}
