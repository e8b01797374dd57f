import type { GapCause, UsageReply } from '../../contract/usage.ts';

/** A value for each step; null where it is not known. */
type Values = readonly (number | null)[];

/** One area of a stack, or the line above it. */
export interface ChartLayer {
  readonly key: LayerKey;
  /** The virtual cluster of a fleet's layer; null for a state's. */
  readonly clusterId: string | null;
  /** How many virtual clusters are summed in it. */
  readonly count: number;
  readonly values: Values;
  /** Where its area ends: its values and all below. */
  readonly tops: Values;
}

/** A state of nodes, a virtual cluster by its place, or the sum of the rest. */
export type LayerKey = 'used' | 'reserved' | 'idle' | 'dead' | 'free' | 'others' | `series-${number}`;

/** A span of a chart for which something is not known. Times: ms since 1970. */
interface ChartGap {
  readonly from: number;
  readonly to: number;
  readonly kind: GapKind;
}

/** Nothing was recorded, for a cause that is known or not; or only what the nodes did is not known. */
export type GapKind = GapCause['cause'] | 'not-recorded' | 'use-unknown';

export interface ChartModel {
  readonly from: number;
  /** The last step may be a part of one: it ends here. */
  readonly to: number;
  readonly step: number;
  readonly count: number;
  /** From the bottom up, in the order used, reserved, idle, free, dead. */
  readonly layers: readonly ChartLayer[];
  /** The nodes held, drawn as a line; null where the layers are what is held. */
  readonly held: Values | null;
  readonly gaps: readonly ChartGap[];
  readonly simulatedUntil: number | null;
}

/** Of one virtual cluster: what its nodes did. */
export function clusterChart(reply: UsageReply): ChartModel {
  const { held, used, reserved, dead } = reply.total;
  const alive = combine((h, d) => Math.max(0, h - d), held, dead);
  const taken = combine((u, r) => u + r, used, reserved);
  const idle = combine((a, t) => Math.max(0, a - t), alive, taken);
  const state = (key: LayerKey, values: Values, tops: Values): ChartLayer => ({
    key,
    clusterId: null,
    count: 1,
    values,
    tops,
  });
  const layers = [
    state('used', used, used),
    state('reserved', reserved, taken),
    state('idle', idle, alive),
    state('dead', dead, held),
  ];
  return { ...frameOf(reply), layers, held, gaps: gapsOf(reply, held, taken) };
}

/** Of the fleet: what each virtual cluster held, and what was free. */
export function fleetChart(reply: UsageReply): ChartModel {
  const layers: ChartLayer[] = [];
  let below: Values = reply.total.held.map((held) => (held === null ? null : 0));
  const add = (key: LayerKey, clusterId: string | null, values: Values, count = 1) => {
    // A virtual cluster that is not known adds nothing: the sum still shows the others.
    const tops = below.map((value, at) => (value === null ? null : value + (values[at] ?? 0)));
    layers.push({ key, clusterId, count, values, tops });
    below = tops;
  };
  reply.series.forEach((series, at) => add(`series-${at}`, series.clusterId, series.held));
  if (reply.others !== null) add('others', null, reply.others.series.held, reply.others.count);
  if (reply.free !== null) add('free', null, reply.free);
  return { ...frameOf(reply), layers, held: null, gaps: gapsOf(reply, reply.total.held, reply.total.held) };
}

function frameOf({ from, to, step, total, simulatedUntil }: UsageReply) {
  return { from, to, step, count: total.held.length, simulatedUntil };
}

/** When a step ends, ms since 1970. */
export function stepEnd({ from, to, step }: Pick<ChartModel, 'from' | 'to' | 'step'>, at: number): number {
  return Math.min(to, from + (at + 1) * step);
}

/** Why there is nothing to say of a step; null: there is. */
export function gapAt(model: Pick<ChartModel, 'from' | 'step' | 'gaps'>, at: number): GapKind | null {
  const begin = model.from + at * model.step;
  return model.gaps.find(({ from, to }) => from <= begin && begin < to)?.kind ?? null;
}

/** Spans without a record, and spans where only what the nodes did is missing. */
function gapsOf(reply: UsageReply, held: Values, taken: Values): readonly ChartGap[] {
  const gaps: { from: number; to: number; kind: GapKind }[] = [];
  held.forEach((value, at) => {
    const begin = reply.from + at * reply.step;
    const end = stepEnd(reply, at);
    const kind = value === null ? causeOf(reply.causes, begin, end) : taken[at] === null ? 'use-unknown' : null;
    if (kind === null) return;
    const last = gaps.at(-1);
    if (last?.kind === kind && last.to === begin) last.to = end;
    else gaps.push({ from: begin, to: end, kind });
  });
  return gaps;
}

/** The cause of most of a span. */
function causeOf(causes: UsageReply['causes'], begin: number, end: number): GapKind {
  const spans = { 'console-off': 0, 'ray-unreadable': 0 } satisfies Record<GapCause['cause'], number>;
  for (const { from, to, cause } of causes) spans[cause] += Math.max(0, Math.min(end, to) - Math.max(begin, from));
  const cause = spans['console-off'] >= spans['ray-unreadable'] ? 'console-off' : 'ray-unreadable';
  return spans[cause] * 2 >= end - begin ? cause : 'not-recorded';
}

function combine(join: (a: number, b: number) => number, one: Values, other: Values): Values {
  return one.map((a, at) => {
    const b = other[at] ?? null;
    return a === null || b === null ? null : join(a, b);
  });
}

/** Times in seconds with the end of the last step, and for each layer from the top down where it ends. The held line is last. */
export function plotData({ from, to, step, count, layers, held }: ChartModel): [number[], ...(number | null)[][]] {
  const times = Array.from({ length: count + 1 }, (_, at) => (at === count ? to : from + at * step) / 1_000);
  const columns = [...layers.toReversed().map(({ tops }) => tops), ...(held === null ? [] : [held])];
  return [times, ...columns.map((values) => [...values, null])];
}

/** The most that any layer reaches, at least 1. */
export function heightOf({ layers, held }: ChartModel): number {
  let most = 1;
  for (const values of [...layers.map(({ tops }) => tops), held ?? []]) {
    for (const value of values) if (value !== null && value > most) most = value;
  }
  return most;
}
