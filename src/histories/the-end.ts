import { standingOf, type Submission } from '../app/api/submission.ts';
import { canonical } from '../backend/canonical.ts';
import type { Change } from '../contract/change.ts';
import { check } from './checks.ts';
import type { Console } from './console.ts';
import { fine } from './fates.ts';
import { Broken, comparePage } from './screen.ts';
import type { Tally } from './tally.ts';
import { sameSets, type MetWrite } from './truth.ts';
import { judge } from './verdicts.ts';
import type { World } from './world.ts';

/** Long enough for every source to be read again, whatever the last reading of it cost, ms; looked at every so often. */
const CALM = 180_000;
const LOOKED_AT_EVERY = 4_000;

/** Nothing goes wrong any more, and time goes by until nothing more will come of anything. */
export async function calm(world: World): Promise<void> {
  for (const { way } of world.consoles) {
    way.troubles = [];
    way.isAway = false;
    way.lag = 0;
    way.forget();
  }
  for (const seat of world.seats) {
    seat.trouble = { fate: fine, times: 0 };
    seat.line.delay = 1;
    seat.page.show(true);
  }
  for (let waited = 0; waited < CALM; waited += LOOKED_AT_EVERY) {
    await world.clock.advance(Math.max(0, world.busyUntil() - world.clock.now()));
    await world.clock.advance(LOOKED_AT_EVERY);
    check(world);
    if (await isCalm(world)) return;
  }
}

async function isCalm(world: World): Promise<boolean> {
  // What waited in a queue may be on its way only now.
  if (world.busyUntil() > world.clock.now()) return false;
  try {
    comparePages(world);
  } catch (error) {
    if (error instanceof Broken) return false;
    throw error;
  }
  for (const console of world.consoles)
    if (console.startedAt() === null || (await console.leftOpen(world.truth.isStateTold())) > 0) return false;
  return world.seats.every(({ page }) =>
    [page.editing()?.sending, ...page.removals()].every(
      (each) => each === undefined || isAtRest(each.current(), world),
    ),
  );
}

/** Settled, or looked for in vain since the last thing came that was on its way. */
function isAtRest(submission: Submission, world: World): boolean {
  if (['idle', 'settled'].includes(standingOf(submission))) return true;
  if (submission.phase !== 'answered' || submission.change.result?.kind !== 'unknown') return false;
  return (submission.change.result.lookedAt ?? 0) > world.busyUntil();
}

function comparePages({ truth, simulation, seats }: World): void {
  truth.observe();
  const ray = simulation.world();
  // A dead node that no virtual cluster holds is of no concern.
  const nodes = [...ray.nodes.values()].filter((node) => node.state !== 'dead' || node.cluster !== null);
  const counts = { total: nodes.length, dead: nodes.filter((node) => node.state === 'dead').length };
  seats.forEach(({ page }, index) =>
    comparePage(`page ${String(index)}`, page.fleet(), truth, counts, new Map(ray.free.counts())),
  );
}

/** Judges every change of both journals by what Ray met, and every write that Ray met by the journals. */
export async function judgeAll(world: World, tally: Tally): Promise<void> {
  const { truth, consoles } = world;
  comparePages(world);
  for (const [index, console] of consoles.entries()) {
    if ((await console.leftOpen(truth.isStateTold())) > 0)
      throw new Broken('what the console before left open did not end');
    const met = truth.writes.filter((write) => write.backend === index);
    const known = new Set<MetWrite>();
    const changes = await journalOf(world, console);
    for (const change of changes) {
      const tag = world.tagOf(change.id);
      const writes =
        change.wanted.kind === 'delete-when-idle'
          ? idleWrites(change, changes, met)
          : met.filter((write) => write.tag === tag);
      for (const write of writes) known.add(write);
      judge(
        change,
        { writes, backend: index, hasRival: changes.some((other) => isRival(other, change)) },
        truth,
        tally,
      );
      const shown = world.shown.get(change.id);
      const isLast =
        shown === undefined || shown === canonical(change.result) || change.wanted.kind === 'delete-when-idle';
      if (!isLast)
        throw new Broken(`change ${change.id} was shown as ${shown}, and came to ${canonical(change.result)}`);
    }
    const stray = met.find((write) => !known.has(write));
    if (stray !== undefined)
      throw new Broken(`wrote ${stray.clusterId} on behalf of ${stray.tag}, which the journal does not know`);
  }
}

function isRival({ id, wanted }: Change, change: Change): boolean {
  const mine = change.wanted;
  if (id === change.id || wanted.kind !== 'save' || mine.kind !== 'save') return false;
  return wanted.clusterId === mine.clusterId && sameSets(wanted.want, mine.want);
}

/** The deletes of a cluster that waited: each belongs to the one that was asked for last before it and that was ever sent. */
function idleWrites(change: Change, changes: readonly Change[], met: readonly MetWrite[]): readonly MetWrite[] {
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
async function journalOf({ clock, seats }: World, console: Console): Promise<readonly Change[]> {
  const seat = seats.find((each) => each.console === console);
  if (seat === undefined) throw new Error('nobody sits at it');
  const asked = seat.page.api.changes({});
  await clock.advance(1_000);
  return (await asked).changes;
}
