import type { FreePool, JobCluster, VirtualCluster } from '../../domain/fleet.ts';
import { compareTemplates } from '../../domain/replica-sets.ts';

/** How a node is drawn. `free` nodes are idle ones of the free pool; of `unknown` ones nothing tells what they do. */
export const cellKinds = ['busy', 'idle', 'free', 'unknown', 'dead'] as const;
export type CellKind = (typeof cellKinds)[number];

/** How many nodes of each kind; `atMost`: Ray may have fewer. */
export interface Band {
  readonly templateId: string;
  /** Null where not even the number of nodes is known. */
  readonly counts: Readonly<Record<CellKind, number>> | null;
  readonly atMost: boolean;
}

/** One row of the overview: the free pool, a virtual cluster, or the job clusters of the primary cluster. */
export interface StripRow {
  readonly of: { readonly kind: 'pool' } | { readonly kind: 'cluster'; readonly id: string } | { readonly kind: 'primary-jobs' };
  readonly bands: readonly Band[];
}

const none: Readonly<Record<CellKind, number>> = { busy: 0, idle: 0, free: 0, unknown: 0, dead: 0 };

/**
 * The fleet's rows, the free pool first, from its counts alone: so this costs clusters × templates, however many nodes
 * there are. What neither is known as dead, busy nor idle is unknown.
 */
export function stripRows(pool: FreePool, clusters: Iterable<VirtualCluster>): readonly StripRow[] {
  const rows: StripRow[] = [{ of: { kind: 'pool' }, bands: poolBands(pool) }];
  const jobs = pool.jobClusters.known ? pool.jobClusters.value : [];
  if (jobs.length > 0) rows.push({ of: { kind: 'primary-jobs' }, bands: jobBands(jobs) });
  for (const { id, templates } of clusters) {
    const bands = templates.map(({ templateId, count, dead, busy, idle }): Band => {
      const counts = {
        busy: busy.known ? busy.value : 0,
        idle: idle.known ? idle.value : 0,
        dead: dead.known ? dead.value : 0,
        free: 0,
      };
      const unknown = Math.max(0, count - counts.busy - counts.idle - counts.dead);
      return { templateId, counts: { ...counts, unknown }, atMost: false };
    });
    rows.push({ of: { kind: 'cluster', id }, bands });
  }
  return rows;
}

function poolBands(pool: FreePool): readonly Band[] {
  return pool.templates.map(({ templateId, free }) =>
    free.known
      ? { templateId, counts: { ...none, free: free.value.count }, atMost: free.value.atMost }
      : { templateId, counts: null, atMost: false },
  );
}

/** Nodes of jobs in the primary cluster: taken, and nothing counts which of them are busy. */
function jobBands(jobs: readonly JobCluster[]): readonly Band[] {
  const counts = new Map<string, number>();
  for (const { nodes } of jobs) {
    if (nodes.known) for (const { templateId, count } of nodes.value) counts.set(templateId, (counts.get(templateId) ?? 0) + count);
  }
  return [...counts].map(([templateId, count]) => ({ templateId, counts: { ...none, unknown: count }, atMost: false }));
}

/** All rows' templates, in the screen's order. */
export function templatesOfRows(rows: readonly StripRow[]): readonly string[] {
  return [...new Set(rows.flatMap(({ bands }) => bands.map(({ templateId }) => templateId)))].sort(compareTemplates);
}

/** How many nodes there are of each kind, over all rows. */
export function totalsOf(rows: readonly StripRow[]): Readonly<Record<CellKind, number>> {
  const totals = { busy: 0, idle: 0, free: 0, unknown: 0, dead: 0 };
  for (const { bands } of rows) for (const { counts } of bands) if (counts !== null) for (const kind of cellKinds) totals[kind] += counts[kind];
  return totals;
}
