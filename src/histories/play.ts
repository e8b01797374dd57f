import { standingOf } from '../app/api/submission.ts';
import { isDirty } from '../app/editor/draft.ts';
import type { WantedChange } from '../domain/change.ts';
import type { Change } from '../contract/change.ts';
import { canonical } from '../backend/canonical.ts';
import { CONSOLE_HEADER, paths } from '../contract/paths.ts';
import { stringifyJson } from '../ray/wire.ts';
import { removeCluster, saveCluster } from '../simulator/clusters.ts';
import { addNode, killNode } from '../simulator/fleet.ts';
import { endJob, submitJob } from '../simulator/jobs.ts';
import { restart } from '../simulator/scenarios.ts';
import { jobClustersOf } from '../simulator/world.ts';
import { fine } from './fates.ts';
import { onBehalfOf } from './ray-way.ts';
import { Broken, comparePage } from './screen.ts';
import { TEMPLATES, type History, type Step } from './steps.ts';
import type { Tally } from './tally.ts';
import { judge } from './verdicts.ts';
import { createWorld, type Console, type Seat, type World } from './world.ts';

/** Long enough for every source to be read again, whatever the last reading of it cost, ms; looked at every so often. */
const CALM = 150_000;
const LOOKED_AT_EVERY = 6_000;

/** Plays a history from the beginning to a calm end. Throws `Broken` where a promise was not kept. */
export async function play(history: History, tally: Tally): Promise<void> {
  const world = createWorld(history, tally);
  tally.histories += 1;
  await world.clock.advance(1_000);
  for (const [index, step] of history.steps.entries()) {
    tally.steps += 1;
    try {
      world.truth.observe();
      act(world, step, `script-${String(index)}`);
      world.truth.observe();
      await world.clock.advance(step.wait);
      check(world);
    } catch (error) {
      if (error instanceof Broken) throw new Broken(`after step ${String(index)} (${step.do}): ${error.message}`);
      throw error;
    }
  }
  await calm(world);
  await judgeAll(world, tally);
  for (const { page } of world.seats) page.close();
  for (const { backend } of world.consoles) await backend.close();
}

function act(world: World, step: Step, script: string): void {
  const seat = 'page' in step ? world.seats[step.page] : undefined;
  if (seat !== undefined) return actAt(world, seat, step);
  const { simulation, consoles } = world;
  const ray = simulation.world();
  switch (step.do) {
    case 'script-save': {
      const cluster = ray.clusters.get(step.cluster);
      const replicaSets = new Map(step.counts.map((count, index) => [TEMPLATES[index] ?? TEMPLATES[0], count]));
      saveCluster(ray, { clusterId: step.cluster, divisible: cluster?.divisible ?? step.divisible, replicaSets, revision: cluster?.revision ?? 0n });
      return;
    }
    case 'script-delete':
      removeCluster(ray, step.cluster);
      return;
    case 'console-script': {
      const console = consoles[step.backend];
      const cluster = ray.clusters.get(step.cluster);
      if (console === undefined) return;
      console.way.writeFates.set(script, step.writes);
      const headers = { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' };
      const replicaSets = Object.fromEntries((step.counts ?? []).map((count, index) => [TEMPLATES[index] ?? '', count]));
      const body = { virtualClusterId: step.cluster, divisible: cluster?.divisible ?? false, replicaSets, revision: String(cluster?.revision ?? 0n) };
      const request =
        step.counts === null
          ? new Request(`http://127.0.0.1:8600${paths.virtualCluster(step.cluster)}`, { method: 'DELETE', headers })
          : new Request(`http://127.0.0.1:8600${paths.virtualClusters}`, { method: 'POST', headers, body: stringifyJson(body) });
      void onBehalfOf.run(script, () => console.backend.fetch(request, { address: '127.0.0.1', secure: false }));
      return;
    }
    case 'job': {
      const cluster = ray.clusters.get(step.cluster);
      const replicaSets = cluster?.divisible === true ? new Map([[TEMPLATES[0], Math.max(1, step.count)]]) : null;
      submitJob(ray, { entrypoint: 'python job.py', clusterId: step.cluster, replicaSets, cpus: step.cpus });
      return;
    }
    case 'end-job': {
      const running = [...ray.jobs.values()].filter((job) => job.status === 'RUNNING' || job.status === 'PENDING');
      const job = running[step.which % Math.max(1, running.length)];
      if (job !== undefined) endJob(ray, job, 'STOPPED');
      return;
    }
    case 'kill': {
      const alive = [...ray.nodes.values()].filter((node) => node.state === 'alive' && !node.isHead);
      // Members first: their deaths tell more.
      const members = alive.filter((node) => node.cluster !== null);
      const node = [...members, ...alive][step.which];
      if (node !== undefined) killNode(ray, node);
      return;
    }
    case 'add-node':
      addNode(ray, TEMPLATES[step.template] ?? TEMPLATES[0]);
      return;
    case 'restart':
      simulation.replaceWorld(restart(ray, simulation.clock.now()));
      return;
    case 'away': {
      const console = consoles[step.backend];
      if (console !== undefined) console.way.isAway = step.isAway;
      return;
    }
    case 'trouble':
      consoles[step.backend]?.way.troubles.push({ path: step.path, fate: step.fate, times: step.times });
      return;
    default:
  }
}

function actAt(world: World, seat: Seat, step: Step): void {
  const { page, console } = seat;
  const editing = page.editing();
  const many = seat.sent.length;

  /** Lets what was sent just now fare as the step says: it has not left yet. */
  function fares(): void {
    if (!('put' in step)) return;
    const id = step.do === 'twice' || step.do === 'send-again' ? seat.sent.at(-1)?.id : seat.sent.length > many ? seat.sent.at(-1)?.id : undefined;
    if (id === undefined) return;
    seat.putFates.set(id, step.put);
    if (step.do !== 'twice') console.way.writeFates.set(id, step.writes);
  }

  function open(clusterId: string | null) {
    if (editing !== null && !editing.isOver() && editing.clusterId === clusterId) return editing;
    leave(seat);
    page.openEditor(clusterId, page.drafts.get(clusterId) === null ? null : (seat.leftDrafts.get(clusterId) ?? null));
    return page.editing();
  }

  switch (step.do) {
    case 'edit': {
      const opened = open(step.cluster);
      step.counts.forEach((text, index) => opened?.type(index, text));
      opened?.save();
      break;
    }
    case 'create': {
      const opened = open(null);
      opened?.typeId(step.cluster, step.divisible);
      step.counts.forEach((text, index) => opened?.type(index, text));
      opened?.save();
      break;
    }
    case 'open':
      open(step.cluster);
      break;
    case 'type':
      editing?.type(step.field, step.text);
      break;
    case 'save':
      editing?.save();
      break;
    case 'suggest':
      editing?.applySuggestion();
      break;
    case 'merge':
      editing?.saveMerged(step.sides);
      break;
    case 'recreate':
      editing?.recreate();
      break;
    case 'send-again':
      if (editing?.sending.current().phase !== 'never-arrived') return;
      fares();
      editing.sending.sendAgain();
      return;
    case 'twice': {
      const last = seat.sent.at(-1);
      if (last === undefined) return;
      fares();
      page.api.putChange(last.id, last.wanted).catch(() => undefined);
      return;
    }
    case 'look':
      editing?.sending.checkAgain();
      for (const each of page.removals()) each.checkAgain();
      return;
    case 'go-on':
      editing?.goOn();
      return;
    case 'reload': {
      const again = editing !== null && !editing.isOver() ? { clusterId: editing.clusterId } : null;
      leave(seat);
      seat.restart();
      seat.reopen = again;
      return;
    }
    case 'leave':
      leave(seat);
      return;
    case 'discard':
      page.discard();
      return;
    case 'break-stream':
      seat.line.break();
      return;
    case 'delete':
      page.delete(step.cluster);
      break;
    case 'release': {
      const wanted = jobClusterAt(world, step.which);
      if (wanted !== null) page.remove(wanted);
      break;
    }
    case 'page-trouble':
      seat.trouble = { fate: step.fate, times: step.times };
      return;
    case 'slow-stream':
      seat.line.delay = step.delay;
      return;
    case 'hide':
      page.show(!step.isHidden);
      return;
    default:
      return;
  }
  fares();
}

/** Some job's cluster, the leftovers first. */
function jobClusterAt({ simulation }: World, which: number): WantedChange | null {
  const all = [...jobClustersOf(simulation.world())].sort((one, other) => one.users.size - other.users.size);
  const one = all[which % Math.max(1, all.length)];
  return one === undefined ? null : { kind: 'release', clusterId: one.id };
}

/** Goes away from the editor; what is typed in it must be kept. */
function leave(seat: Seat): void {
  const editing = seat.page.editing();
  if (editing === null) return;
  if (!editing.isOver()) {
    checkEditor(seat);
    seat.leftDrafts.set(editing.clusterId, editing.expected());
  }
  seat.page.leaveEditor();
}

function check(world: World): void {
  const [first] = world.breaches;
  if (first !== undefined) throw new Broken(first);
  for (const seat of world.seats) checkEditor(seat);
}

/** What was typed is still there: in the fields, and in the draft that outlives the page. */
function checkEditor({ page }: Seat): void {
  const editing = page.editing();
  if (editing === null || editing.isOver()) return;
  const draft = editing.draft();
  const fields = new Map(draft.fields.map(({ templateId, typed }) => [templateId, typed]));
  for (const [templateId, typed] of editing.expected()) {
    if (fields.get(templateId) !== typed) throw new Broken(`the editor of ${String(editing.clusterId)} lost ${templateId}: ${JSON.stringify(typed)} became ${JSON.stringify(fields.get(templateId))}`);
  }
  if (!isDirty(draft) && draft.sent === null) return;
  const kept = page.drafts.get(editing.clusterId);
  if (canonical(kept?.fields) !== canonical(draft.fields)) throw new Broken(`the draft of ${String(editing.clusterId)} was not kept`);
}

/** Nothing goes wrong any more, and time goes by. */
async function calm(world: World): Promise<void> {
  for (const { way } of world.consoles) {
    way.troubles = [];
    way.isAway = false;
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
    if (isCalm(world)) return;
  }
}

function isCalm(world: World): boolean {
  // What waited in a queue may be on its way only now.
  if (world.busyUntil() > world.clock.now()) return false;
  try {
    comparePages(world);
  } catch (error) {
    if (error instanceof Broken) return false;
    throw error;
  }
  // What the pages show of their changes is settled, or looked at since.
  return world.seats.every(({ page }) => [page.editing()?.sending, ...page.removals()].every((each) => each === undefined || ['idle', 'settled'].includes(standingOf(each.current()))));
}

function comparePages({ truth, simulation, seats }: World): void {
  truth.observe();
  const ray = simulation.world();
  // A dead node that no virtual cluster holds is of no concern.
  const nodes = [...ray.nodes.values()].filter((node) => node.state !== 'dead' || node.cluster !== null);
  const counts = { total: nodes.length, dead: nodes.filter((node) => node.state === 'dead').length };
  seats.forEach(({ page }, index) => comparePage(`page ${String(index)}`, page.fleet(), truth, counts, new Map(ray.free.counts())));
}

async function judgeAll(world: World, tally: Tally): Promise<void> {
  const { truth, consoles } = world;
  comparePages(world);
  for (const [index, console] of consoles.entries()) {
    const tags = new Set<string>();
    for (const change of await journalOf(world, console)) {
      const tag = world.tagOf(change.id);
      tags.add(tag);
      judge(change, truth.writes.filter((write) => write.tag === tag && write.backend === index), truth, tally);
      const shown = world.shown.get(change.id);
      if (shown !== undefined && shown !== canonical(change.result)) throw new Broken(`change ${change.id} was shown as ${shown}, and came to ${canonical(change.result)}`);
    }
    const stray = truth.writes.find((write) => write.backend === index && !tags.has(write.tag));
    if (stray !== undefined) throw new Broken(`wrote ${stray.clusterId} on behalf of ${stray.tag}, which the journal does not know`);
  }
}

/** What the console remembers, as a page is told it. */
async function journalOf({ clock, seats }: World, console: Console): Promise<readonly Change[]> {
  const seat = seats.find((each) => each.console === console);
  if (seat === undefined) throw new Error('nobody sits at it');
  const asked = seat.page.api.changes({});
  await clock.advance(1_000);
  return (await asked).changes;
}
