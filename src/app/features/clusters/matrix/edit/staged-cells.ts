import type { VirtualCluster } from '../../../../../domain/fleet.ts';
import { groupBy } from '../../../../../domain/group-by.ts';
import { heldReplicaSetsOf } from '../../../../../domain/held-replica-sets.ts';
import type { FreeNodes } from '../../../../../domain/plan/free-ledger.ts';
import type { Goal } from '../../../../../domain/plan/plan.ts';
import { replicaSetsOf } from '../../../../../domain/replica-sets.ts';

/** A count that was typed. `base`: what the virtual cluster held then. */
interface StagedCell {
  readonly base: number;
  readonly count: number;
}

/** What is typed and not planned yet: by virtual cluster, then by template. */
export type Staged = ReadonlyMap<string, ReadonlyMap<string, StagedCell>>;

export const NOTHING_STAGED: Staged = new Map();

export type Clusters = ReadonlyMap<string, VirtualCluster>;

/** What a virtual cluster holds of a template; null: it does not exist. */
export function heldIn(clusters: Clusters, clusterId: string, templateId: string): number | null {
  const cluster = clusters.get(clusterId);
  if (cluster === undefined) return null;
  return cluster.templates.find((each) => each.templateId === templateId)?.count ?? 0;
}

/** One cell to stage; `cell` null: to take back. */
export interface CellEdit {
  readonly clusterId: string;
  readonly templateId: string;
  readonly cell: StagedCell | null;
}

/** With these cells; the virtual clusters that none of them is of keep their identity, and so does the whole without any. */
export function withCells(staged: Staged, edits: readonly CellEdit[]): Staged {
  if (edits.length === 0) return staged;
  const next = new Map(staged);
  for (const [clusterId, ofCluster] of groupBy(edits, (edit) => edit.clusterId)) {
    const cells = new Map(staged.get(clusterId));
    for (const { templateId, cell } of ofCluster)
      if (cell === null) cells.delete(templateId);
      else cells.set(templateId, cell);
    if (cells.size === 0) next.delete(clusterId);
    else next.set(clusterId, cells);
  }
  return next;
}

/** A staged cell as it stands now. */
export interface StagedChange extends StagedCell {
  readonly clusterId: string;
  readonly templateId: string;
  /** Null: the virtual cluster does not exist any more. */
  readonly held: number | null;
  /** It was changed since it was typed over, and to something else than was typed. */
  readonly isMoved: boolean;
}

/** What would still change; a cell that holds already what was typed is none. */
export function changesOf(staged: Staged, clusters: Clusters): readonly StagedChange[] {
  const changes: StagedChange[] = [];
  for (const [clusterId, cells] of staged) {
    for (const [templateId, cell] of cells) {
      const held = heldIn(clusters, clusterId, templateId);
      if (held !== cell.count) changes.push({ clusterId, templateId, ...cell, held, isMoved: held !== cell.base });
    }
  }
  return changes;
}

/** The nodes that the changes take from the free pool, by template; negative: given back. */
export function takenBy(changes: readonly StagedChange[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (const { templateId, count, held } of changes)
    if (held !== null) taken.set(templateId, (taken.get(templateId) ?? 0) + count - held);
  return taken;
}

/** What is left of the free nodes of the touched templates; null: unknown. Below zero: so many are lacking. */
export function leftOf(taken: ReadonlyMap<string, number>, free: FreeNodes): ReadonlyMap<string, number | null> {
  return new Map(
    [...taken].map(([templateId, count]) => {
      const before = free.has(templateId) ? (free.get(templateId) ?? null) : 0;
      return [templateId, before === null ? null : before - count];
    }),
  );
}

/** How many nodes of which templates the changes lack, however a plan orders them. */
export function shortagesOf(
  taken: ReadonlyMap<string, number>,
  left: ReadonlyMap<string, number | null>,
): ReadonlyMap<string, number> {
  const short = new Map<string, number>();
  for (const [templateId, count] of taken) {
    const rest = left.get(templateId) ?? 0;
    if (count > 0 && rest < 0) short.set(templateId, Math.min(count, -rest));
  }
  return short;
}

/** The goals of a plan: each virtual cluster from what it has now. What is not typed stays as it is. */
export function goalsOf(changes: readonly StagedChange[], clusters: Clusters): readonly Goal[] {
  const wanted = groupBy(changes, ({ clusterId }) => clusterId);
  return [...wanted].flatMap(([clusterId, cells]): Goal[] => {
    const cluster = clusters.get(clusterId);
    if (cluster === undefined) return [];
    const from = heldReplicaSetsOf(cluster);
    const to = new Map(Object.entries(from));
    for (const { templateId, count } of cells) to.set(templateId, count);
    return [{ clusterId, divisible: cluster.divisible, from, to: replicaSetsOf(to) }];
  });
}
