import type { ClusterUsage, Load, NodeUsage, UsageSample } from '../../domain/usage-sample.ts';
import type { Change } from './frames.ts';
import { createRunningSum, type RunningSum } from './running-sum.ts';
import { LOAD_SCALE, sameValues, type Values } from './sums.ts';
import type { SeriesKey } from './usage-store.ts';

/** Numbers for series, in the order in which they are first met. */
export interface SeriesNumbers {
  readonly keys: readonly SeriesKey[];
  /** Its number; a new one where there is none. */
  of(kind: SeriesKey['kind'], clusterId: string | null, templateId: string | null): number;
  /** As `of`, for several of one virtual cluster, which is looked up once. */
  within(kind: SeriesKey['kind'], clusterId: string | null): (templateId: string | null) => number;
  /** Its number; null where there is none. */
  find(kind: SeriesKey['kind'], clusterId: string | null, templateId: string | null): number | null;
}

export function createSeriesNumbers(stored: readonly SeriesKey[]): SeriesNumbers {
  const keys: SeriesKey[] = [];
  const byKind = { nodes: new Map(), load: new Map(), free: new Map() } satisfies Record<
    SeriesKey['kind'],
    Map<string | null, Map<string | null, number>>
  >;
  function inCluster(kind: SeriesKey['kind'], clusterId: string | null): Map<string | null, number> {
    const clusters: Map<string | null, Map<string | null, number>> = byKind[kind];
    let templates = clusters.get(clusterId);
    if (templates === undefined) clusters.set(clusterId, (templates = new Map<string | null, number>()));
    return templates;
  }
  function within(kind: SeriesKey['kind'], clusterId: string | null): (templateId: string | null) => number {
    const templates = inCluster(kind, clusterId);
    return (templateId) => {
      let number = templates.get(templateId);
      if (number === undefined) {
        number = keys.push({ kind, clusterId, templateId }) - 1;
        templates.set(templateId, number);
      }
      return number;
    };
  }
  const of: SeriesNumbers['of'] = (kind, clusterId, templateId) => within(kind, clusterId)(templateId);
  for (const { kind, clusterId, templateId } of stored) of(kind, clusterId, templateId);
  return {
    keys,
    of,
    within,
    find(kind, clusterId, templateId) {
      const clusters: Map<string | null, Map<string | null, number>> = byKind[kind];
      return clusters.get(clusterId)?.get(templateId) ?? null;
    },
  };
}

/** What samples say by series, one after the other, with the sums of each virtual cluster, of each template and of all. */
export interface SampleSeries {
  /** Takes in the next sample; what is different from the one before. */
  next(sample: UsageSample): readonly Change[];
  /** All that the last sample says. */
  all(): readonly Change[];
}

/** A virtual cluster's part of a sample: its templates, all of them together, and its load. */
interface Part {
  readonly usage: ClusterUsage;
  readonly numbers: readonly number[];
  readonly values: readonly Values[];
}

/**
 * A virtual cluster that is the same object as in the sample before is not looked at, and sums are kept up by what moved: of 12,000
 * series, few do in a minute.
 */
export function createSampleSeries(numbers: SeriesNumbers): SampleSeries {
  let parts = new Map<string, Part>();
  const sums = new Map<string | null, RunningSum>([[null, createRunningSum()]]);
  /** Of sums and of free nodes. */
  let others = new Map<number, Values>();

  /** Keeps up the sum that a series is a part of. */
  function count(number: number, before: Values | undefined, values: Values | undefined): void {
    const key = numbers.keys[number];
    if (key?.kind !== 'nodes') return;
    const { templateId } = key;
    let sum = sums.get(templateId);
    if (sum === undefined) sums.set(templateId, (sum = createRunningSum()));
    if (before !== undefined) sum.remove(before);
    if (values !== undefined) sum.add(values);
    if (sum.isEmpty() && templateId !== null) sums.delete(templateId);
  }

  function othersOf(sample: UsageSample): Map<number, Values> {
    const next = new Map<number, Values>();
    const put = (number: number, values: Values) => next.set(number, reused(others.get(number), values));
    for (const [templateId, sum] of sums) put(numbers.of('nodes', null, templateId), sum.values());
    for (const [templateId, free] of sample.free) put(numbers.of('free', null, templateId), [free ?? -1]);
    return next;
  }

  return {
    next(sample) {
      const changes: Change[] = [];
      const change = (number: number, before: Values | undefined, values: Values | undefined) => {
        changes.push([number, values ?? null]);
        count(number, before, values);
      };
      const next = new Map<string, Part>();
      for (const [clusterId, usage] of sample.clusters) {
        const before = parts.get(clusterId);
        const part = before?.usage === usage ? before : partOf(clusterId, usage, numbers, before);
        next.set(clusterId, part);
        if (part !== before) compare(before, part, change);
      }
      for (const [clusterId, part] of parts) if (!next.has(clusterId)) compare(part, undefined, change);
      parts = next;
      const before = others;
      others = othersOf(sample);
      for (const [number, values] of others) if (before.get(number) !== values) changes.push([number, values]);
      for (const number of before.keys()) if (!others.has(number)) changes.push([number, null]);
      return changes;
    },
    all() {
      const changes: Change[] = [];
      for (const { numbers: own, values } of parts.values())
        own.forEach((number, i) => changes.push([number, values[i] ?? []]));
      return [...changes, ...others];
    },
  };
}

/** Calls back with each series that differs in two parts; undefined: it, or all of the part, is not there. */
function compare(
  before: Part | undefined,
  part: Part | undefined,
  visit: (number: number, before: Values | undefined, values: Values | undefined) => void,
): void {
  part?.numbers.forEach((number, i) => {
    const there = before?.values[placeOf(before, number, i)];
    const values = part.values[i];
    if (there !== values) visit(number, there, values);
  });
  before?.numbers.forEach((number, i) => {
    if (part === undefined || placeOf(part, number, i) < 0) visit(number, before.values[i], undefined);
  });
}

function partOf(clusterId: string, usage: ClusterUsage, numbers: SeriesNumbers, before: Part | undefined): Part {
  const own: number[] = [];
  const values: Values[] = [];
  const add = (number: number, next: Values) => {
    const i = own.push(number) - 1;
    values.push(reused(before?.values[placeOf(before, number, i)], next));
  };
  const numberOf = numbers.within('nodes', clusterId);
  const sum = [0, 0, 0, 0, 0];
  for (const [templateId, nodes] of usage.templates) {
    const next = nodeValues(nodes);
    add(numberOf(templateId), next);
    addTo(sum, next);
  }
  add(numberOf(null), sum);
  add(numbers.of('load', clusterId, null), loadValues(usage.load));
  return { usage, numbers: own, values };
}

/** Where a series is in a part, mostly at the same place as in the other one; -1: it is not in it. */
function placeOf(part: Part, number: number, expected: number): number {
  return part.numbers[expected] === number ? expected : part.numbers.indexOf(number);
}

/** The values of before where they are the same. */
function reused(before: Values | undefined, values: Values): Values {
  return before !== undefined && sameValues(before, values) ? before : values;
}

function nodeValues({ held, used, reserved, idle, dead }: NodeUsage): Values {
  return [held, used ?? -1, reserved ?? -1, idle ?? -1, dead ?? -1];
}

function loadValues({ jobs, cpuUsed, cpuTotal, gpuUsed, gpuTotal }: Load): Values {
  const scaled = (amount: number | null) => (amount === null ? -1 : Math.round(Math.max(0, amount) * LOAD_SCALE));
  return [jobs ?? -1, scaled(cpuUsed), scaled(cpuTotal), scaled(gpuUsed), scaled(gpuTotal)];
}

/** A sum with an unknown part is unknown. */
function addTo(sum: number[], values: Values): void {
  for (let i = 0; i < sum.length; i++) {
    const before = sum[i] ?? -1;
    const more = values[i] ?? -1;
    sum[i] = before < 0 || more < 0 ? -1 : before + more;
  }
}
