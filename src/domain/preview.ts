import { known, unknown, type Sourced } from './sourced.ts';
import type { ClusterJob, FreePool, VirtualCluster } from './fleet.ts';
import { compareTemplates } from './replica-sets.ts';
import { isActiveStatus } from './sources.ts';

/** What a save will do to one template. */
export interface PreviewRow {
  readonly templateId: string;
  /** Members now, the dead included: what Ray counts (facts 14, 20). */
  readonly now: number;
  /** Null while the field holds no valid number. */
  readonly want: number | null;
  /** `want − now`; null while nothing valid is wanted. */
  readonly change: number | null;
  readonly free: FreeCount;
  /** How many come from the free pool; unknown where the pool is, and the cluster grows. With `short` it makes the growth. */
  readonly takesFromFree: Sourced<number>;
  /** How many are missing: at least so many where `free` is "at most". */
  readonly short: Sourced<number>;
  readonly goesBack: number;
  /** The head node is of this template, and in the free pool: a growth may take it (fact 15). */
  readonly isHeadTemplate: boolean;
  /** Members that are dead: they count as held, so wanting the same again replaces none of them (fact 20). */
  readonly dead: Sourced<number>;
  /** Of a short row: who has idle nodes of this template, most first. */
  readonly idleElsewhere: readonly { readonly clusterId: string; readonly idle: number }[];
}

/** What a save will do, before it is sent. */
export interface SavePreview {
  /** Every template that is held or asked for, in the screen's order. */
  readonly rows: readonly PreviewRow[];
  /** Jobs that a shrink can kill, those of an unknown status included. */
  readonly jobsAtRisk: Sourced<readonly JobAtRisk[]>;
  /** Whether a growing template is the head node's own (fact 15). */
  readonly takesHeadTemplate: boolean;
  /** The cluster is there and every field says what it has: a save would only move the revision (fact 6). */
  readonly isNoChange: boolean;
}

/** `jobClusterId`: of a job with a cluster of its own. */
export interface JobAtRisk {
  readonly submissionId: string;
  readonly jobClusterId: string | null;
}

type FreeCount = Sourced<{ readonly count: number; readonly atMost: boolean }>;

/** How many other clusters a short row names. */
const MAX_IDLE_ELSEWHERE = 3;

/**
 * What a save of these replica sets will take, give back and lack. `cluster`: as Ray has it now, null to create one.
 * `want`: whole numbers from 0 by template, null for a field that holds none; a held template that is not named
 * counts as 0, as it does for Ray (fact 8). `others`: the fleet's clusters, this one may be among them.
 */
export function previewSave(save: {
  readonly cluster: VirtualCluster | null;
  readonly want: Iterable<readonly [templateId: string, count: number | null]>;
  readonly pool: FreePool;
  readonly others: Iterable<VirtualCluster>;
}): SavePreview {
  const { cluster, pool } = save;
  const held = new Map(cluster?.templates.map((each) => [each.templateId, each]));
  const want = new Map(save.want);
  const poolOf = new Map(pool.templates.map((each) => [each.templateId, each]));
  const others = [...save.others].filter((each) => each.id !== cluster?.id);

  const rows = [...new Set([...held.keys(), ...want.keys()])].sort(compareTemplates).map((templateId): PreviewRow => {
    const nodes = held.get(templateId);
    const now = nodes?.count ?? 0;
    const asked = want.get(templateId);
    const wanted = asked === undefined ? 0 : asked;
    const change = wanted === null ? null : wanted - now;
    const growth = Math.max(change ?? 0, 0);
    const free = poolOf.get(templateId)?.free ?? freeOfUnknownTemplate(pool);
    const takesFromFree = fromFreeCount(growth, free, (count) => Math.min(growth, count));
    const short = fromFreeCount(growth, free, (count) => Math.max(growth - count, 0));
    return {
      templateId,
      now,
      want: wanted,
      change,
      free,
      takesFromFree,
      short,
      goesBack: Math.max(-(change ?? 0), 0),
      isHeadTemplate: poolOf.get(templateId)?.isHeadTemplate ?? false,
      dead: nodes?.dead ?? known(0, 'list'),
      idleElsewhere: short.known && short.value > 0 ? idleIn(others, templateId) : [],
    };
  });

  const shrinks = rows.some((row) => row.goesBack > 0);
  return {
    rows,
    jobsAtRisk: cluster === null || !shrinks ? known([], 'list') : jobsAtRisk(cluster),
    takesHeadTemplate: rows.some((row) => row.isHeadTemplate && (row.change ?? 0) > 0),
    isNoChange: cluster !== null && rows.every((row) => row.change === 0),
  };
}

/** A template that no node has: none is free where the pool is known, and nobody knows where it is not. */
function freeOfUnknownTemplate(pool: FreePool): FreeCount {
  const told = pool.templates.find((each) => each.free.known)?.free ?? pool.templates[0]?.free;
  if (told === undefined) return unknown('not-read-yet', 'state');
  return told.known ? known({ count: 0, atMost: told.value.atMost }, told.source) : told;
}

/** Something that a growth makes of the free count; without a growth it is 0, whatever is free. */
function fromFreeCount(growth: number, free: FreeCount, of: (count: number) => number): Sourced<number> {
  if (growth === 0) return known(0, 'list');
  return free.known ? known(of(free.value.count), free.source) : free;
}

function idleIn(clusters: readonly VirtualCluster[], templateId: string): PreviewRow['idleElsewhere'] {
  return clusters
    .flatMap(({ id, templates }) => {
      const idle = templates.find((each) => each.templateId === templateId)?.idle;
      return idle?.known === true && idle.value > 0 ? [{ clusterId: id, idle: idle.value }] : [];
    })
    .sort((a, b) => b.idle - a.idle || (a.clusterId < b.clusterId ? -1 : 1))
    .slice(0, MAX_IDLE_ELSEWHERE);
}

/**
 * Which jobs a shrink can kill. Ray protects a node whose CPUs are used, but not one that hosts only a job's
 * supervisor (fact 25). Job clusters hold their nodes: only what a divisible cluster has not divided can be taken.
 * So its job clusters' jobs are safe, and every job that shares the cluster itself is not.
 */
function jobsAtRisk(cluster: VirtualCluster): Sourced<readonly JobAtRisk[]> {
  const { usedBy, divisible } = cluster;
  // Ray starts no job in a divisible cluster but with a cluster of its own (fact 22).
  if (!usedBy.known) return divisible ? known([], 'list') : usedBy;
  const jobs = usedBy.value.jobs.filter(mayStillRun).map(({ submissionId }) => ({ submissionId, jobClusterId: null }));
  return known(jobs, usedBy.source);
}

function mayStillRun({ status }: ClusterJob): boolean {
  return !status.known || isActiveStatus(status.value);
}
