import type { Change } from '../../contract/change.ts';
import type { Sighting } from '../../contract/timeline.ts';
import { changedReplicaSets } from '../../domain/replica-set-deltas.ts';
import { countByTemplate, type ReplicaSets } from '../../domain/replica-sets.ts';
import type { Revision } from '../../domain/revision.ts';
import type { ListedCluster } from '../../domain/sources.ts';
import { resultingRevision, type ChangeLog } from '../journal/change-log.ts';

/** A virtual cluster before and after something that the list, or the reply to a write, showed; null: not there. */
export interface ClusterStep {
  readonly at: number;
  readonly id: string;
  readonly before: ListedCluster | null;
  readonly after: ListedCluster | null;
  /** Whether this console sent its removal shortly before. */
  readonly mayBeOwnRemoval: boolean;
}

export type StepOrigin =
  | { readonly kind: 'own'; readonly change: Change | null }
  | { readonly kind: 'others' }
  /** A change of ours is not settled yet that may have made it. */
  | { readonly kind: 'open' };

/** How many of a cluster's newest changes may have made a step. */
const MAX_CONSIDERED = 20;

/** Whether a change through this console made a step. */
export async function originOf(
  step: ClusterStep,
  changeLog: Pick<ChangeLog, 'forRevision' | 'find' | 'read'>,
): Promise<StepOrigin> {
  const { id, after } = step;
  if (after === null && step.mayBeOwnRemoval) return { kind: 'own', change: null };
  if (after !== null) {
    const records = await changeLog.forRevision(id, after.revision);
    const made = records.find((record) => resultingRevision(record) === after.revision);
    if (made !== undefined) return { kind: 'own', change: made.change };
  }
  // One whose reply was lost, and that a reading has settled since, or is still to.
  const { rows } = await changeLog.find({ cluster: id }, { offset: 0, limit: MAX_CONSIDERED });
  const recent = (await changeLog.read(rows.map(({ number }) => number))).filter(
    ({ wanted }) => wanted.clusterId === id,
  );
  const looked = recent.find(({ result }) => result?.kind === 'applied' && isRevisionOf(result.revision, after));
  if (looked !== undefined) return { kind: 'own', change: looked };
  const isOpen = recent.some(({ result }) => result === null || result.kind === 'unknown');
  return { kind: isOpen ? 'open' : 'others' };
}

function isRevisionOf(revision: Revision | null, after: ListedCluster | null): boolean {
  return after !== null && revision === after.revision;
}

/** The most templates that a sighting has, and the most characters of a name of Ray's. */
const MAX_TEMPLATES = 50;
const MAX_CHARACTERS = 100;

/** What others did in a step; null for nothing that shows in replica sets. */
export function sightingOf({ id, before, after }: ClusterStep): Sighting | null {
  const from = setsOf(before);
  const to = setsOf(after);
  if (after === null) return before === null ? null : { kind: 'cluster-deleted', clusterId: id, ...deltas(from, to) };
  if (before === null)
    return { kind: 'cluster-created', clusterId: id, divisible: after.divisible, ...deltas(from, to) };
  return changed(after, from, to);
}

/** What others did before a change of ours that found the cluster otherwise than it was seen last; null for nothing. */
export function sightingBefore({ before, after }: ClusterStep, change: Change): Sighting | null {
  if (before === null || after === null || change.before === null) return null;
  return changed({ id: after.id, revision: change.before.revision }, setsOf(before), change.before.replicaSets);
}

function changed(
  { id, revision }: Pick<ListedCluster, 'id' | 'revision'>,
  from: ReplicaSets,
  to: ReplicaSets,
): Sighting | null {
  const all = deltas(from, to);
  return all.sets.length === 0 ? null : { kind: 'replica-sets-changed', clusterId: id, revision, ...all };
}

function setsOf(cluster: ListedCluster | null): ReplicaSets {
  return cluster === null ? {} : countByTemplate(cluster.members.values());
}

function deltas(from: ReplicaSets, to: ReplicaSets) {
  const all = changedReplicaSets(from, to);
  const sets = all.slice(0, MAX_TEMPLATES).map((each) => ({ ...each, templateId: cut(each.templateId) }));
  return { sets, more: all.length - sets.length };
}

/** Ray's text is whatever somebody sent to it. */
export function cut(text: string): string {
  return text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS)}…`;
}
