import * as z from 'zod/mini';
import {
  networkErrors,
  sourceNames,
  unknownReasons,
  type FailureCause,
  type Recalled,
  type Sourced,
} from '../domain/sourced.ts';
import {
  jobDoubts,
  type ClusterJob,
  type FleetNode,
  type FreePool,
  type JobCluster,
  type VirtualCluster,
} from '../domain/fleet.ts';
import type { IdleBlocker } from '../domain/idle.ts';
import type { ReplicaSets } from '../domain/replica-sets.ts';
import { jobStatuses } from '../domain/sources.ts';
import { profileRecord } from './cluster-profile.ts';
import { replicaSets, revision, time } from './values.ts';

const sourceName = z.enum(sourceNames);
const unknownReason = z.enum(unknownReasons);

export function sourced<T>(value: z.ZodMiniType<T>) {
  return z.union([
    z.object({ known: z.literal(true), value, source: sourceName }),
    z.object({ known: z.literal(false), reason: unknownReason, source: sourceName }),
  ]) satisfies z.ZodMiniType<Sourced<T>>;
}

/** The same, with what was last known beside what is unknown. */
function recalled<T>(value: z.ZodMiniType<T>): z.ZodMiniType<Recalled<T>> {
  return z.union([
    z.object({ known: z.literal(true), value, source: sourceName }),
    z.object({
      known: z.literal(false),
      reason: unknownReason,
      source: sourceName,
      last: z.object({ value, at: time }),
    }),
    z.object({ known: z.literal(false), reason: unknownReason, source: sourceName }),
  ]);
}

export const clusterJob = z.object({
  submissionId: z.string(),
  status: recalled(z.enum(jobStatuses)),
  entrypoint: z.nullable(z.string()),
  startedAt: z.nullable(time),
  endedAt: z.nullable(time),
  supervisorNodeId: z.nullable(z.string()),
  doubt: z.optional(z.enum(jobDoubts)),
}) satisfies z.ZodMiniType<ClusterJob>;

const jobCluster = z.object({
  id: z.string(),
  submissionId: z.string(),
  nodes: recalled(z.array(z.object({ templateId: z.string(), count: z.number() }))),
  job: z.nullable(clusterJob),
  leftover: recalled(z.boolean()),
  lastSeenAt: z.nullable(time),
}) satisfies z.ZodMiniType<JobCluster>;

const virtualCluster = z.object({
  id: z.string(),
  divisible: z.boolean(),
  revision,
  templates: z.array(
    z.object({
      templateId: z.string(),
      count: z.number(),
      used: recalled(z.number()),
      reserved: recalled(z.number()),
      idle: recalled(z.number()),
      dead: recalled(z.number()),
      removable: z.object({ count: z.number(), atMost: z.boolean() }),
    }),
  ),
  usedBy: recalled(z.object({ jobClusters: z.array(jobCluster), jobs: z.array(clusterJob) })),
  profile: z.optional(profileRecord),
}) satisfies z.ZodMiniType<VirtualCluster>;

const freePool = z.object({
  templates: z.array(
    z.object({
      templateId: z.string(),
      free: recalled(z.object({ count: z.number(), atMost: z.boolean() })),
      alive: recalled(z.number()),
      isHeadTemplate: z.boolean(),
    }),
  ),
  jobClusters: recalled(z.array(jobCluster)),
}) satisfies z.ZodMiniType<FreePool>;

const amount = z.nullable(z.object({ used: z.number(), total: z.number() }));

export const fleetNode = z.object({
  id: z.string(),
  hostname: z.nullable(z.string()),
  templateId: z.nullable(z.string()),
  clusterId: z.nullable(z.string()),
  jobClusterId: z.nullable(z.string()),
  state: z.enum(['alive', 'dead', 'unknown']),
  isHead: z.boolean(),
  usage: sourced(z.object({ cpu: amount, gpu: amount, memory: amount, objectStore: amount })),
  use: sourced(z.enum(['used', 'reserved', 'idle'])),
}) satisfies z.ZodMiniType<FleetNode>;

export const failureCause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('network'), error: z.enum(networkErrors) }),
  z.object({ kind: z.literal('status'), status: z.number() }),
]) satisfies z.ZodMiniType<FailureCause>;

/** Health of one source. Only `failure` counts as a change; new times do not raise the version. */
const sourceHealth = z.object({
  /** When the last good data was current: earlier than the read itself when it came from Ray's cache (fact 4). */
  readAt: z.nullable(time),
  failure: z.nullable(z.object({ reason: unknownReason, since: time, cause: z.optional(failureCause) })),
  /** While it fails: when it is read next. */
  nextReadAt: z.optional(time),
  /** How long Ray took to answer the last good read, ms. */
  took: z.optional(z.number()),
  /** Large replies come from Ray's cache (fact 4), so this source is always somewhat stale. */
  fromCache: z.optional(z.literal(true)),
});
export type SourceHealth = z.infer<typeof sourceHealth>;

/** Counts over all nodes, so that the page's summary needs no node list. */
const nodeCounts = z.object({ total: recalled(z.number()), dead: recalled(z.number()) });

const notIdle = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('jobs'), count: z.number() }),
  z.object({ kind: z.literal('leftovers'), count: z.number() }),
  z.object({ kind: z.literal('busy-nodes'), count: z.number() }),
  z.object({ kind: z.literal('unknown'), reason: unknownReason, source: sourceName }),
]) satisfies z.ZodMiniType<IdleBlocker>;

/** A pending deletion: a change of the kind `delete-when-idle` whose cluster is not idle yet. */
const waitingDeletion = z.object({
  changeId: z.string(),
  clusterId: z.string(),
  who: z.string(),
  askedAt: time,
  /** Since when it has been idle; null while it is in use or that is unknown. */
  idleSince: z.nullable(time),
  /** Why it isn't idle; null while it is, and before the first reading. */
  notIdle: z.nullable(notIdle),
  refusedAt: z.nullable(time),
});
export type WaitingDeletion = Readonly<Omit<z.infer<typeof waitingDeletion>, 'notIdle'>> & {
  readonly notIdle: IdleBlocker | null;
};

/** How long a cluster must have been idle before it is deleted, ms. */
export const IDLE_PERIOD = 5 * 60_000;

/**
 * Another Ray answers (`restarted`: another session, fact 27), or the same one lost all of its virtual clusters at once
 * (`emptied`). `lastSeen`: what there was before, to create it again; kept until somebody dismisses it.
 */
const rayNotice = z.object({
  id: z.string(),
  kind: z.enum(['restarted', 'emptied']),
  at: time,
  lastSeen: z.array(z.object({ id: z.string(), divisible: z.boolean(), replicaSets })),
});
export type RayNotice = Readonly<Omit<z.infer<typeof rayNotice>, 'lastSeen'>> & {
  readonly lastSeen: readonly LastSeenCluster[];
};
export interface LastSeenCluster {
  readonly id: string;
  readonly divisible: boolean;
  readonly replicaSets: ReplicaSets;
}

/** Why nothing can be written now. */
const readOnlyReasons = [
  /** This Ray's management list cannot be read as one (fact 26). */
  'list-unreadable',
  /** The console was started with --read-only. */
  'started-read-only',
] as const;

/**
 * What changed since a version: the body of `GET /api/fleet?since=` and of every event.
 * `whole`: forget everything older. Ages in `sources` are on the server's clock, whose time is `now`.
 */
export const fleetUpdate = z.object({
  /** `epoch-n` */
  version: z.string(),
  whole: z.boolean(),
  now: time,
  clusters: z.array(virtualCluster),
  /** Ids of clusters removed since. */
  removed: z.array(z.string()),
  /** Null when unchanged since. */
  pool: z.nullable(freePool),
  nodeCounts,
  sources: z.record(sourceName, sourceHealth),
  readOnly: z.nullable(z.enum(readOnlyReasons)),
  /** All pending deletions. */
  waiting: z.array(waitingDeletion),
  notice: z.nullable(rayNotice),
  /** Grows when a node's place or state on the map changes: then `GET /api/map` has something new. */
  map: z.number(),
  /** Number of the newest event: when it grew, `GET /api/lately` has something new. */
  lately: z.number(),
  /** Grows with every change of a plan: then `GET /api/plans` has something new. Left out: none since the console began. */
  plans: z.optional(z.number()),
});
export type FleetUpdate = Readonly<
  Omit<z.infer<typeof fleetUpdate>, 'clusters' | 'removed' | 'pool' | 'waiting' | 'notice'>
> & {
  readonly clusters: readonly VirtualCluster[];
  readonly removed: readonly string[];
  readonly pool: FreePool | null;
  readonly waiting: readonly WaitingDeletion[];
  readonly notice: RayNotice | null;
};
export type ReadOnlyReason = (typeof readOnlyReasons)[number];
