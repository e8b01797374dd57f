import { reuseIfEqual } from './deep-equal.ts';
import type {
  ClusterJob,
  Fleet,
  FreePool,
  FreeTemplate,
  JobCluster,
  TemplateNodes,
  UsedBy,
  VirtualCluster,
} from './fleet.ts';
import { compareTemplates } from './replica-sets.ts';
import { shownValue, unknown, type Recalled, type SourceName } from './sourced.ts';

/** When a source was last read well, milliseconds since 1970; null if never, or if that is not known. */
export type ReadTimes = (source: SourceName) => number | null;

/**
 * A value that is unknown now keeps what was last known, with its time. It stays unknown: what was known is to be shown
 * with its time only, and nothing is ever decided by it.
 */
export function keepLastKnown<T>(before: Recalled<T> | undefined, now: Recalled<T>, readAt: ReadTimes): Recalled<T> {
  if (now.known || now.last !== undefined || before === undefined) return now;
  if (!before.known) return before.last === undefined ? now : { ...now, last: before.last };
  const at = readAt(before.source);
  return at === null ? now : { ...now, last: { value: before.value, at } };
}

/** A fleet as it was joined, and with what was last known beside what is unknown. */
export interface RememberedFleet {
  readonly joined: Fleet;
  readonly shown: Fleet;
}

/** The same for a whole fleet. What is unchanged since `before` keeps object identity. */
export function rememberFleet(before: RememberedFleet | null, joined: Fleet, readAt: ReadTimes): RememberedFleet {
  if (before === null) return { joined, shown: joined };
  const clusters = new Map<string, VirtualCluster>();
  for (const [id, now] of joined.clusters) {
    const shown = before.shown.clusters.get(id);
    const isUnchanged = shown !== undefined && before.joined.clusters.get(id) === now;
    clusters.set(id, isUnchanged ? shown : reuseIfEqual(shown, keepCluster(shown, now, readAt)));
  }
  const pool =
    before.joined.pool === joined.pool
      ? before.shown.pool
      : reuseIfEqual(before.shown.pool, keepPool(before.shown.pool, joined.pool, readAt));
  return { joined, shown: { ...joined, clusters, pool } };
}

function keepCluster(before: VirtualCluster | undefined, now: VirtualCluster, readAt: ReadTimes): VirtualCluster {
  if (before === undefined) return now;
  return {
    ...now,
    templates: now.templates.map((each) => keepTemplate(byTemplate(before.templates, each), each, readAt)),
    usedBy: keepUsers(before.usedBy, now.usedBy, readAt),
  };
}

/** The users as a whole; where they are known, what was read of each job and each job cluster. */
function keepUsers(before: Recalled<UsedBy>, now: Recalled<UsedBy>, readAt: ReadTimes): Recalled<UsedBy> {
  const earlier = shownValue(before)?.value;
  if (!now.known || earlier === undefined) return keepLastKnown(before, now, readAt);
  const jobs = new Map<string, ClusterJob>();
  for (const job of [...earlier.jobs, ...earlier.jobClusters.map((each) => each.job)])
    if (job !== null) jobs.set(job.submissionId, job);
  const keep = (job: ClusterJob) => keepJob(jobs.get(job.submissionId), job, readAt);
  const jobClusters = new Map(earlier.jobClusters.map((each) => [each.id, each]));
  return {
    ...now,
    value: {
      jobs: now.value.jobs.map(keep),
      jobClusters: now.value.jobClusters.map((each) => ({
        ...keepJobCluster(jobClusters.get(each.id), each, readAt),
        job: each.job && keep(each.job),
      })),
    },
  };
}

function keepJobCluster(before: JobCluster | undefined, now: JobCluster, readAt: ReadTimes): JobCluster {
  if (before === undefined) return now;
  return {
    ...now,
    nodes: keepLastKnown(before.nodes, now.nodes, readAt),
    leftover: keepLastKnown(before.leftover, now.leftover, readAt),
  };
}

/** What a job runs, when it started and when it ended never changes; its status may. */
function keepJob(before: ClusterJob | undefined, now: ClusterJob, readAt: ReadTimes): ClusterJob {
  if (now.status.known || before === undefined) return now;
  return {
    ...now,
    status: keepLastKnown(before.status, now.status, readAt),
    entrypoint: now.entrypoint ?? before.entrypoint,
    startedAt: now.startedAt ?? before.startedAt,
    endedAt: now.endedAt ?? before.endedAt,
  };
}

function keepPool(before: FreePool, now: FreePool, readAt: ReadTimes): FreePool {
  return {
    ...now,
    templates: [...now.templates, ...unnamedTemplates(before, now)]
      .map((each) => keepFree(byTemplate(before.templates, each), each, readAt))
      .sort((a, b) => compareTemplates(a.templateId, b.templateId)),
    jobClusters: keepLastKnown(before.jobClusters, now.jobClusters, readAt),
  };
}

/** Templates that are missing only because nothing lists the nodes now: theirs are unknown. */
function unnamedTemplates(before: FreePool, now: FreePool): readonly FreeTemplate[] {
  const facts = now.templates.length === 0 ? [now.jobClusters] : now.templates.map(({ alive }) => alive);
  const why = facts.find((fact) => !fact.known);
  if (why === undefined || why.known) return [];
  const missing = unknown(why.reason, why.source);
  return before.templates
    .filter((each) => byTemplate(now.templates, each) === undefined)
    .map((each) => ({ ...each, free: missing, alive: missing }));
}

function keepTemplate(before: TemplateNodes | undefined, now: TemplateNodes, readAt: ReadTimes): TemplateNodes {
  if (before === undefined) return now;
  return {
    ...now,
    used: keepLastKnown(before.used, now.used, readAt),
    reserved: keepLastKnown(before.reserved, now.reserved, readAt),
    idle: keepLastKnown(before.idle, now.idle, readAt),
    dead: keepLastKnown(before.dead, now.dead, readAt),
  };
}

function keepFree(before: FreeTemplate | undefined, now: FreeTemplate, readAt: ReadTimes): FreeTemplate {
  if (before === undefined) return now;
  return {
    ...now,
    free: keepLastKnown(before.free, now.free, readAt),
    alive: keepLastKnown(before.alive, now.alive, readAt),
  };
}

function byTemplate<T extends { readonly templateId: string }>(
  all: readonly T[],
  { templateId }: { readonly templateId: string },
): T | undefined {
  return all.find((each) => each.templateId === templateId);
}
