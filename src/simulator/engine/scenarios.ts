import { saveCluster } from './clusters.ts';
import { addNode, killNode, HEAD_TEMPLATE } from './node-lifecycle.ts';
import { endJob, submitJob, type JobRequest } from './jobs.ts';
import { createRandom } from './random.ts';
import { createWorld, advanceTo, type Cluster, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Counts = Readonly<Record<string, number>>;

/** Builds each scenario, with a history from some days ago until `now`. */
const scenarios: Readonly<Record<string, (world: World, now: number) => void>> = {
  demo: buildDemo,
  empty: (world) => addFleet(world, { '4c8g': 24, '8c16g': 16, '16c64g': 12, gpu_a10: 8 }),
  'head-only': (world) => addFleet(world, {}),
  busy: buildBusy,
  large: buildLarge,
};

export const DEFAULT_SCENARIO = 'demo';

/** The world of a scenario at `now` (milliseconds since 1970). Throws `UnknownScenario`. */
export function createScenario(name: string, seed: number, now: number): World {
  const build = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (build === undefined) throw new UnknownScenario(name);
  const world = createWorld(seed, createRandom(seed), now - 8 * DAY);
  world.isLively = true;
  build(world, now);
  advanceTo(world, now);
  return world;
}

/** Its message lists the known scenarios. */
export class UnknownScenario extends Error {
  constructor(name: string) {
    super(`There is no scenario "${name}". The simulator knows ${Object.keys(scenarios).sort().join(', ')}.`);
  }
}

/** A fleet of these nodes and a head, without virtual clusters. `isLively`: see `World`. */
export function createFleet(templates: Counts, seed: number, now: number, isLively = false): World {
  const world = createWorld(seed, createRandom(seed), now);
  world.isLively = isLively;
  world.isMemoryUsedEverywhere = isLively;
  addFleet(world, templates);
  return world;
}

/** The same machines after a restart of Ray: other node ids, another session, no virtual clusters (fact 27). */
export function createRestartedWorld(world: World, now: number): World {
  const next = createWorld(world.seed, world.random, now);
  next.lastRevision = world.lastRevision;
  next.hostCount = world.hostCount;
  next.isLively = world.isLively;
  next.isMemoryUsedEverywhere = world.isMemoryUsedEverywhere;
  for (const node of world.nodes.values()) {
    if (node.state === 'alive') addNode(next, node.templateId, node);
  }
  return next;
}

function addFleet(world: World, templates: Counts): void {
  addNode(world, HEAD_TEMPLATE);
  for (const [templateId, count] of Object.entries(templates)) {
    for (let index = 0; index < count; index += 1) addNode(world, templateId);
  }
}

function save(world: World, clusterId: string, divisible: boolean, counts: Counts): Cluster {
  const revision = world.clusters.get(clusterId)?.revision ?? 0n;
  const saved = saveCluster(world, { clusterId, divisible, replicaSets: new Map(Object.entries(counts)), revision });
  if (!saved.ok) throw new Error(`The scenario's save was rejected: ${saved.message}`);
  return saved.cluster;
}

function submit(
  world: World,
  clusterId: string,
  entrypoint: string,
  options: { replicaSets?: Counts; cpus?: JobRequest['cpus'] } = {},
) {
  const replicaSets = options.replicaSets === undefined ? null : new Map(Object.entries(options.replicaSets));
  return submitJob(world, { entrypoint, clusterId, replicaSets, cpus: options.cpus ?? 0 });
}

/**
 * A varied fleet: 60 nodes, none full; free nodes of every template except the GPUs, one of which died in `serving` and
 * has no replacement; jobs of all kinds, one with a leftover cluster.
 */
function buildDemo(world: World, now: number): void {
  const at = (ago: number) => advanceTo(world, now - ago);
  addFleet(world, { '4c8g': 24, '8c16g': 16, '16c64g': 12, gpu_a10: 8 });
  at(6 * DAY + 5 * HOUR);
  save(world, 'etl-nightly', false, { '4c8g': 6, '8c16g': 2 });
  at(5 * DAY + 2 * HOUR);
  save(world, 'notebooks', false, { '4c8g': 6, '8c16g': 1 });
  at(4 * DAY + 7 * HOUR);
  save(world, 'serving', true, { '8c16g': 4, gpu_a10: 4 });
  at(3 * DAY + 9 * HOUR);
  save(world, 'feature-store', false, { '16c64g': 4 });
  at(2 * DAY + 21 * HOUR);
  save(world, 'serving', true, { '8c16g': 5, gpu_a10: 4 });
  save(world, 'train-llm', true, { '16c64g': 4, gpu_a10: 4 });
  at(2 * DAY + 3 * HOUR);
  submit(world, 'serving', 'python -m serve.gateway --model chat-7b', { replicaSets: { '8c16g': 2, gpu_a10: 1 } });
  at(27 * HOUR);
  save(world, 'ci', false, { '4c8g': 3 });
  const tuned = submit(world, 'train-llm', 'python tune.py --trials 40', { replicaSets: { '16c64g': 1 } });
  at(21 * HOUR);
  endJob(world, tuned, 'SUCCEEDED');
  at(9 * HOUR);
  submit(world, 'train-llm', 'python train.py --config llm-13b.yaml', {
    replicaSets: { '16c64g': 2, gpu_a10: 2 },
    cpus: 12,
  });
  at(6 * HOUR);
  submit(world, 'etl-nightly', 'python -m etl.nightly --date yesterday', { cpus: 3 });
  submit(world, 'feature-store', 'python -m features.refresh', { cpus: 10 });
  at(4 * HOUR);
  save(world, 'notebooks', false, { '4c8g': 5, '8c16g': 2 });
  const serving = world.clusters.get('serving');
  const [dying] = serving?.undivided.find('gpu_a10', 1) ?? [];
  at(2 * HOUR);
  if (dying !== undefined) killNode(world, dying);
  at(40 * 60_000);
  submit(world, 'train-llm', 'python evaluate.py --checkpoint latest', { replicaSets: { gpu_a10: 1 } });
}

/** The demo fleet with one full node, so that the state API fails (fact 18). */
function buildBusy(world: World, now: number): void {
  buildDemo(world, now);
  advanceTo(world, now - 20 * 60_000);
  submit(world, 'ci', 'python -m ci.build --all', { cpus: 4 });
}

/** 10,000 nodes in 100 virtual clusters, a tenth of them free, some jobs. */
function buildLarge(world: World, now: number): void {
  addFleet(world, { '4c8g': 4000, '8c16g': 3000, '16c64g': 2000, gpu_a10: 1000 });
  for (let index = 0; index < 100; index += 1) {
    advanceTo(world, now - 7 * DAY + index * 1.5 * HOUR);
    const id = `team-${String(index + 1).padStart(3, '0')}`;
    const divisible = index % 3 === 0;
    save(world, id, divisible, { '4c8g': 36, '8c16g': 27, '16c64g': 18, gpu_a10: 9 });
    if (divisible) submit(world, id, 'python train.py', { replicaSets: { '16c64g': 4, gpu_a10: 2 } });
    else submit(world, id, 'python work.py', { cpus: 2 });
  }
}
