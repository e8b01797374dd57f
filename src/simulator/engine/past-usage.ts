import { momentOf, profileOf, type Moment } from './past-profiles.ts';
import { hashOf } from './random.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long the past is at most, and how much of it is minute by minute. */
const PAST_DAYS = 30;
const FINE = 3 * HOUR;
/** How much of it is in steps of five minutes, as a chart of a day has them: longer ones would leave gaps there. */
const MIDDLE = 25 * HOUR;

/** How many values are made up at most: a larger fleet has a shorter past, so that it starts as fast. */
const MAX_VALUES = 60_000;
const TUESDAY = 2;

/** What the fleet holds now: the end of its past. */
export interface PresentFleet {
  readonly seed: number;
  /** ms since 1970. */
  readonly now: number;
  readonly clusters: readonly PresentCluster[];
  /** Nodes of each template that are free now. */
  readonly free: ReadonlyMap<string, number>;
  readonly capacity: ReadonlyMap<string, { readonly cpus: number; readonly gpus: number }>;
}

interface PresentCluster {
  readonly id: string;
  readonly divisible: boolean;
  readonly templates: ReadonlyMap<string, PresentNodes>;
}

/** Of one template. Since when each node that is dead, used or reserved now is that, ms since 1970. */
interface PresentNodes {
  readonly held: number;
  readonly diedAt: readonly number[];
  readonly usedSince: readonly number[];
  readonly reservedSince: readonly number[];
}

interface PastNodes {
  readonly held: number;
  readonly used: number;
  readonly reserved: number;
  readonly idle: number;
  readonly dead: number;
}

/** The fleet at one time, for so many minutes. */
export interface PastSample {
  readonly at: number;
  readonly minutes: number;
  readonly clusters: ReadonlyMap<
    string,
    {
      readonly templates: ReadonlyMap<string, PastNodes>;
      readonly load: {
        readonly jobs: number;
        readonly cpuUsed: number;
        readonly cpuTotal: number;
        readonly gpuUsed: number;
        readonly gpuTotal: number;
      };
    }
  >;
  readonly free: ReadonlyMap<string, number>;
}

/**
 * Up to 30 days that lead to the fleet as it is now, oldest first: by quarters of an hour, the last day by five minutes, the last hours by minutes, until now.
 * Made up, and the same for the same fleet, time and zone. `offset`: minutes west of UTC.
 */
export function* simulatePast(fleet: PresentFleet, offset: number): Generator<PastSample> {
  const end = Math.floor(fleet.now / MINUTE) * MINUTE;
  const fine = Math.floor((end - FINE) / QUARTER) * QUARTER;
  // Whole days: an earlier one joins on.
  const middle = Math.floor((end - MIDDLE) / QUARTER) * QUARTER;
  const stepAt = (at: number) => (at < middle ? QUARTER : at < fine ? 5 * MINUTE : MINUTE);
  const begin = Math.floor((end - daysOf(fleet) * DAY) / DAY) * DAY;
  const sampleAt = createSampler(fleet, end, offset);
  const off = end - 13 * DAY;
  for (let at = begin; at <= end; at += stepAt(at)) {
    // The console was off once: that is a gap, and no zeros.
    if (at >= off && at < off + 2 * HOUR) continue;
    yield sampleAt(at, stepAt(at) / MINUTE);
  }
}

/** A whole day before that past, by quarters of an hour. `day`: its midnight, UTC. */
export function* simulatePastDay(fleet: PresentFleet, offset: number, day: number): Generator<PastSample> {
  const sampleAt = createSampler(fleet, Math.floor(fleet.now / MINUTE) * MINUTE, offset);
  for (let at = day; at < day + DAY; at += QUARTER) yield sampleAt(at, 15);
}

function daysOf({ clusters, free }: PresentFleet): number {
  const series = clusters.reduce((sum, { templates }) => sum + templates.size, free.size);
  return Math.max(1, Math.min(PAST_DAYS, Math.floor(MAX_VALUES / (series * (DAY / QUARTER)))));
}

function createSampler(fleet: PresentFleet, end: number, offset: number) {
  const shortage = shortageBefore(end, offset);
  const profiles = new Map(fleet.clusters.map(({ id }) => [id, profileOf(id, fleet.seed)]));
  const greedy = greediestOf(fleet);
  return (at: number, minutes: number): PastSample => {
    const moment = momentOf(at, offset);
    const isShort = at >= shortage && at < shortage + 5 * HOUR;
    const free = new Map(fleet.free);
    const clusters = new Map(
      fleet.clusters.map((cluster) => {
        const load = { jobs: 0, cpuUsed: 0, cpuTotal: 0, gpuUsed: 0, gpuTotal: 0 };
        const usual = profiles.get(cluster.id)?.(moment) ?? 0;
        const templates = new Map<string, PastNodes>();
        for (const [templateId, now] of cluster.templates) {
          const wanted = heldAt(fleet.seed, cluster.id, templateId, now.held, end - at);
          const taken = isShort && cluster.id === greedy?.id && templateId === greedy.templateId;
          const held = taken ? now.held + (fleet.free.get(templateId) ?? 0) : wanted;
          free.set(templateId, (free.get(templateId) ?? 0) + now.held - held);
          const fraction = taken ? 1 : usual;
          const nodes = nodesOf(held, now, at, fraction, cluster.divisible, moment);
          templates.set(templateId, nodes);
          const { cpus = 0, gpus = 0 } = fleet.capacity.get(templateId) ?? {};
          load.cpuTotal += (held - nodes.dead) * cpus;
          load.gpuTotal += (held - nodes.dead) * gpus;
          load.cpuUsed += Math.round(nodes.used * cpus * 0.75);
          load.gpuUsed += nodes.used * gpus;
          load.jobs = Math.max(load.jobs, Math.ceil(nodes.used / 2));
        }
        return [cluster.id, { templates, load }] as const;
      }),
    );
    return { at, minutes, clusters, free };
  };
}

function nodesOf(
  held: number,
  present: PresentNodes,
  at: number,
  fraction: number,
  divisible: boolean,
  { hour }: Moment,
): PastNodes {
  const since = (times: readonly number[]) => times.filter((time) => time <= at).length;
  const dead = Math.min(held, since(present.diedAt));
  const alive = held - dead;
  // What runs now has run since it began, whatever is usual at that hour.
  const used = Math.min(alive, Math.max(Math.round(held * fraction), since(present.usedSince)));
  // A job cluster keeps a node that waits for its next stage.
  const waiting = divisible && used > 0 && Math.floor(hour * 2) % 3 === 0 ? 1 : 0;
  const reserved = Math.min(alive - used, Math.max(waiting, since(present.reservedSince)));
  return { held, used, reserved, idle: alive - used - reserved, dead };
}

/** What was held so long ago: one node fewer before a day of its own, unless that were none. */
function heldAt(seed: number, clusterId: string, templateId: string, held: number, ago: number): number {
  const grewAgo = 8 * DAY + (hashOf(`${clusterId} ${templateId} grew`, seed) % (16 * 24)) * HOUR;
  return ago > grewAgo && held > 1 ? held - 1 : held;
}

/** 10:00 on the last Tuesday before the day of `end`. */
function shortageBefore(end: number, offset: number): number {
  const { day, weekday } = momentOf(end, offset);
  const daysAgo = (weekday - TUESDAY + 7) % 7 || 7;
  return (day - daysAgo) * DAY + offset * MINUTE + 10 * HOUR;
}

/** Who took the last free nodes then: the smallest that works at daytime, of the template with the most free ones. */
function greediestOf({ clusters, free }: PresentFleet): { readonly id: string; readonly templateId: string } | null {
  const templates = [...free].filter(([, count]) => count > 0).toSorted(([, a], [, b]) => b - a);
  for (const [templateId] of templates) {
    const holders = clusters.filter((each) => !each.divisible && each.templates.has(templateId));
    const least = holders.toSorted((a, b) => heldOf(a, templateId) - heldOf(b, templateId))[0];
    if (least !== undefined) return { id: least.id, templateId };
  }
  return null;
}

function heldOf({ templates }: PresentCluster, templateId: string): number {
  return templates.get(templateId)?.held ?? 0;
}

interface CountedNodes {
  held: number;
  readonly diedAt: number[];
  readonly usedSince: number[];
  readonly reservedSince: number[];
}

/** The present of a simulated world. */
export function presentFleetOf(world: World): PresentFleet {
  const free = new Map<string, number>();
  const capacity = new Map<string, { cpus: number; gpus: number }>();
  const clusters = new Map<string, Map<string, CountedNodes>>();
  const startOf = new Map([...world.jobs.values()].map(({ clusterId, startedAt }) => [clusterId, startedAt]));
  for (const node of world.nodes.values()) {
    capacity.set(node.templateId, { cpus: node.capacity.cpus ?? 0, gpus: node.capacity.gpus ?? 0 });
    // The head node is in the pool, too (fact 15).
    const isFree = node.cluster === null && node.state === 'alive';
    free.set(node.templateId, (free.get(node.templateId) ?? 0) + Number(isFree));
    if (node.cluster === null) continue;
    let templates = clusters.get(node.cluster.id);
    if (templates === undefined) clusters.set(node.cluster.id, (templates = new Map()));
    let nodes = templates.get(node.templateId);
    if (nodes === undefined)
      templates.set(node.templateId, (nodes = { held: 0, diedAt: [], usedSince: [], reservedSince: [] }));
    nodes.held += 1;
    if (node.state !== 'alive') nodes.diedAt.push(node.diedAt ?? world.now);
    else if (node.usedCpus > 0)
      nodes.usedSince.push(Math.min(world.now, ...[...node.jobsUsingCpus].map(({ startedAt }) => startedAt)));
    else if (node.jobCluster !== null) nodes.reservedSince.push(startOf.get(node.jobCluster.id) ?? world.now);
  }
  const listed = [...world.clusters.values()].map(({ id, divisible }) => ({
    id,
    divisible,
    templates: clusters.get(id) ?? new Map<string, never>(),
  }));
  return { seed: world.seed, now: world.now, clusters: listed, free, capacity };
}
