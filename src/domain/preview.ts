import { known, unknown, withoutLast, type Sourced } from './sourced.ts';
import type { FreePool, TemplateNodes, VirtualCluster } from './fleet.ts';
import { mayStillRun, nodeHoldersOf, type NodeHolder } from './node-holders.ts';
import { compareTemplates } from './replica-sets.ts';
import { waitingMembersOf, type WaitingMembers } from './waiting-members.ts';

/** What a save will do to one template. */
export interface PreviewRow {
  readonly templateId: string;
  /** Members now, including dead ones: what Ray counts (facts 14, 20). */
  readonly now: number;
  /** The desired count; null while the field holds no valid number. */
  readonly want: number | null;
  /** `want − now`; null if `want` is. */
  readonly change: number | null;
  readonly free: FreeCount;
  /** How many nodes come from the free pool; unknown if the cluster grows and the pool is unknown. The growth is this plus `short`. */
  readonly takesFromFree: Sourced<number>;
  /** How many nodes are missing; a lower bound where `free` is an upper bound. */
  readonly short: Sourced<number>;
  /** How many nodes the request gives back. */
  readonly goesBack: number;
  /** How many nodes Ray would take back at most; `atMost`: of some it is not known. */
  readonly canGoBack: TemplateNodes['removable'];
  /** Where more goes back than can: what holds the nodes. */
  readonly heldBy: Sourced<readonly NodeHolder[]>;
  /** Where nodes go back: who gets them first, as dead members of it wait for a replacement (fact 32). */
  readonly waiting: readonly WaitingMembers[];
  /** Whether the head node has this template: a growth may take it from the free pool (fact 15). */
  readonly isHeadTemplate: boolean;
  /** Dead members: they count as held, so saving the same count replaces none of them (fact 20). */
  readonly dead: Sourced<number>;
  /** For a short row: other clusters with idle nodes of this template, which can be taken; most first. */
  readonly idleElsewhere: readonly { readonly clusterId: string; readonly idle: number }[];
}

/** What a save will do, before it is sent. */
export interface SavePreview {
  /** Every template that is held or requested, in display order. */
  readonly rows: readonly PreviewRow[];
  /** Jobs that a shrink can kill, including those of unknown status. */
  readonly jobsAtRisk: Sourced<readonly JobAtRisk[]>;
  /** Whether the head node has a growing template (fact 15). */
  readonly takesHeadTemplate: boolean;
  /** The cluster exists and no count differs: a save would only move the revision (fact 6). */
  readonly isNoChange: boolean;
}

/** A job that a shrink can kill. `jobClusterId`: null for a job that shares the cluster. */
export interface JobAtRisk {
  readonly submissionId: string;
  readonly jobClusterId: string | null;
}

type FreeCount = Sourced<{ readonly count: number; readonly atMost: boolean }>;

const NOTHING_REMOVABLE: TemplateNodes['removable'] = { count: 0, atMost: false };

/** The most clusters that `idleElsewhere` lists. */
const MAX_IDLE_ELSEWHERE = 3;

/**
 * Previews a save: which nodes it takes, returns and lacks. `cluster`: its current state, null to create one. `want`:
 * counts from 0 by template, null for an invalid field; a held template that is left out counts as 0, as it does for
 * Ray (fact 8). `others`: the fleet's clusters, possibly including this one.
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
    const requested = want.get(templateId);
    const desired = requested === undefined ? 0 : requested;
    const change = desired === null ? null : desired - now;
    const growth = Math.max(change ?? 0, 0);
    const free = withoutLast(poolOf.get(templateId)?.free ?? freeOfUnknownTemplate(pool));
    const takesFromFree = fromFreeCount(growth, free, (count) => Math.min(growth, count));
    const short = fromFreeCount(growth, free, (count) => Math.max(growth - count, 0));
    const goesBack = Math.max(-(change ?? 0), 0);
    const canGoBack = nodes?.removable ?? NOTHING_REMOVABLE;
    return {
      templateId,
      now,
      want: desired,
      change,
      free,
      takesFromFree,
      short,
      goesBack,
      canGoBack,
      heldBy: cluster !== null && goesBack > canGoBack.count ? nodeHoldersOf(cluster, templateId) : known([], 'list'),
      waiting: goesBack > 0 ? waitingMembersOf(others, templateId, null) : [],
      isHeadTemplate: poolOf.get(templateId)?.isHeadTemplate ?? false,
      dead: withoutLast(nodes?.dead ?? known(0, 'list')),
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

/** The free count of a template that no node has: 0 if the pool is known, otherwise unknown. */
function freeOfUnknownTemplate(pool: FreePool): FreeCount {
  const sample = pool.templates.find((each) => each.free.known)?.free ?? pool.templates[0]?.free;
  if (sample === undefined) return unknown('not-read-yet', 'state');
  return sample.known ? known({ count: 0, atMost: sample.value.atMost }, sample.source) : withoutLast(sample);
}

/** A count derived from the free count; 0 without growth, even if the free count is unknown. */
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
 * The jobs that a shrink can kill. Ray protects nodes with used CPUs and nodes of job clusters, but not a node that
 * hosts only a job's supervisor (fact 25). So jobs with a cluster of their own are safe, and jobs that share the
 * cluster are not.
 */
function jobsAtRisk(cluster: VirtualCluster): Sourced<readonly JobAtRisk[]> {
  const { usedBy, divisible } = cluster;
  // In a divisible cluster every job has a cluster of its own (fact 22).
  if (!usedBy.known) return divisible ? known([], 'list') : unknown(usedBy.reason, usedBy.source);
  const jobs = usedBy.value.jobs.filter(mayStillRun).map(({ submissionId }) => ({ submissionId, jobClusterId: null }));
  return known(jobs, usedBy.source);
}
