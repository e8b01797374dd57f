import * as z from 'zod/mini';
import { time } from './values.ts';

/** The most points of a series in one reply, and the most series that a reply tells apart; the rest is summed in `others`. */
export const MAX_USAGE_POINTS = 2_000;
export const MAX_USAGE_SERIES = 12;

/** The longest range, ms, of which a summary is exact: longer ones begin at a midnight (UTC), as they are made of the sums of days. */
export const MAX_EXACT_SUMMARY = 2 * 24 * 60 * 60_000;

/** Node counts at each step of a range; null: unknown, or the console was off. Means over a step, which may be fractions. */
const values = z.array(z.nullable(z.number()));

/**
 * Nodes over time. Of those held, `dead` are not alive; `used`, `reserved` and idle ones are: idle = held − dead − used − reserved.
 * `usedMax`: the most used at once within a step.
 */
const usageSeries = z.object({
  /** Null: a sum over virtual clusters. */
  clusterId: z.nullable(z.string()),
  /** Null: a sum over templates. */
  templateId: z.nullable(z.string()),
  held: values,
  used: values,
  usedMax: values,
  reserved: values,
  dead: values,
});
export type UsageSeries = z.infer<typeof usageSeries>;

const usageRange = {
  from: time,
  /** At most the end of the minute under way, so that the last step may be a part of one. */
  to: time,
  /** The fraction of the range that is known, 0 to 1. */
  known: z.number(),
  /** Everything before was simulated; null: nothing was. */
  simulatedUntil: z.nullable(time),
};

/** Why nothing was recorded, where it is known. Gaps elsewhere have no known cause. `from`, `to`: ms since 1970. */
const gapCause = z.object({ from: time, to: time, cause: z.enum(['console-off', 'ray-unreadable']) });
export type GapCause = z.infer<typeof gapCause>;

/**
 * `GET /api/usage?cluster=&template=&by=cluster|template&from=&to=&step=`: value i is that of the step that begins at `from + i × step`.
 * `from` is aligned to minutes or quarters of an hour, and to the step where none is asked for. `step`: ms, a whole number of minutes; left out: the smallest with at most 600 points.
 */
export const usageReply = z.object({
  ...usageRange,
  step: z.number(),
  /** By time; the newest ones where there are many. */
  causes: z.array(gapCause),
  total: usageSeries,
  /** Told apart as `by` asks, largest mean of `held` first; none without `by`. */
  series: z.array(usageSeries),
  /** The sum of the series beyond `MAX_USAGE_SERIES`; null for none. */
  others: z.nullable(z.object({ count: z.number(), series: usageSeries })),
  /** Free nodes of the template, or of all. Null for one virtual cluster. */
  free: z.nullable(values),
  /** For one virtual cluster: running jobs, and CPUs and GPUs used and there. */
  load: z.nullable(z.object({ jobs: values, cpuUsed: values, cpuTotal: values, gpuUsed: values, gpuTotal: values })),
});
export type UsageReply = z.infer<typeof usageReply>;

/** Node-hours are counted over the known part of a range only. */
const usageSummaryRow = z.object({
  clusterId: z.string(),
  templateId: z.string(),
  /** Whether it holds nodes of the template now. */
  exists: z.boolean(),
  /** The fraction of its time in the range for which `used` is known. */
  known: z.number(),
  heldHours: z.number(),
  usedHours: z.number(),
  reservedHours: z.number(),
  idleHours: z.number(),
  deadHours: z.number(),
  /** Held at the end of the range; 0 when it no longer exists. */
  held: z.number(),
  /** The most used at once; null: never known. */
  peakUsed: z.nullable(z.number()),
  /** How many of those held at the end were never needed: held − the most used or reserved at once, at least 0; null: not known. */
  neverNeeded: z.nullable(z.number()),
  /** Of how many minutes of the range `neverNeeded` speaks: it existed, and what its nodes did is known. */
  seenMinutes: z.number(),
  /** Since when no node of it has been used or reserved, up to now; null: it is in use, or unknown. */
  idleSince: z.nullable(time),
});
export type UsageSummaryRow = z.infer<typeof usageSummaryRow>;

/** `GET /api/usage/summary?from=&to=&cluster=&template=`: `from` is a midnight UTC where the range is longer than two days. */
export const usageSummary = z.object({
  ...usageRange,
  rows: z.array(usageSummaryRow),
  free: z.array(
    z.object({
      templateId: z.string(),
      freeHours: z.number(),
      least: z.nullable(z.number()),
      most: z.nullable(z.number()),
    }),
  ),
});
export type UsageSummary = z.infer<typeof usageSummary>;

/** `GET /api/usage/trends`: the last 7 days of every virtual cluster that exists, in 28 steps of 6 hours, all templates together. */
export const usageTrends = z.object({
  ...usageRange,
  step: z.number(),
  clusters: z.array(z.object({ clusterId: z.string(), held: values, used: values, idleSince: z.nullable(time) })),
});
export type UsageTrends = z.infer<typeof usageTrends>;
