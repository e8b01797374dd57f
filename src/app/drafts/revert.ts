import type { Change } from '../../contract/change.ts';
import { countOf, sameReplicaSets, templatesOf } from '../../domain/replica-sets.ts';
import { fleetEpochOf } from '../api/fleet-version.ts';
import type { PageFleet } from '../api/page-fleet.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import { editDraft, recreationDraft } from './draft.ts';
import type { Draft } from './draft-store.ts';
import { pathTo } from '../routing/routes.ts';

/** What reverting a change would open. */
export type Revert =
  /** The cluster has these replica sets now. */
  | { readonly kind: 'there-already' }
  /** An edit of the cluster as it is now, to what it had before. */
  | { readonly kind: 'edit'; readonly draft: Draft; readonly path: string }
  /** The cluster is gone: a creation with its id and what it had before. */
  | { readonly kind: 'recreate'; readonly draft: Draft; readonly path: string };

/** Whether there is an earlier state to return to: only before an applied save of an existing cluster. */
export function canRevert(change: Pick<Change, 'wanted' | 'before' | 'result' | 'cut'>): boolean {
  return stateBefore(change) !== null;
}

/**
 * The draft that goes back to before a change: it starts from the newest revision, so the editor shows the difference,
 * and nothing is written blindly. Null when there is nothing to go back to. `now`: ms since 1970.
 */
export function planRevert(
  change: Pick<Change, 'wanted' | 'before' | 'result' | 'cut'>,
  fleet: Pick<PageFleet, 'version' | 'clusters' | 'pool'>,
  now: number,
): Revert | null {
  const earlier = stateBefore(change);
  if (earlier === null) return null;
  const { clusterId } = change.wanted;
  const cluster = fleet.clusters.get(clusterId);
  if (cluster === undefined) {
    return {
      kind: 'recreate',
      draft: { ...recreationDraft(fleet.pool, { id: clusterId, ...earlier }), origin: 'journal' },
      path: pathTo.create,
    };
  }
  const held = heldReplicaSetsOf(cluster);
  if (sameReplicaSets(held, earlier.replicaSets)) return { kind: 'there-already' };
  const fields = templatesOf(held, earlier.replicaSets).map((templateId) => ({
    templateId,
    typed: String(countOf(earlier.replicaSets, templateId)),
  }));
  return {
    kind: 'edit',
    draft: { ...editDraft(cluster, now, fleetEpochOf(fleet.version)), fields, origin: 'journal' },
    path: pathTo.edit(clusterId),
  };
}

/** What the console found when it sent the save is more accurate than what the person had seen. */
function stateBefore({ wanted, before, result, cut }: Pick<Change, 'wanted' | 'before' | 'result' | 'cut'>) {
  if (cut !== undefined || wanted.kind !== 'save' || result?.kind !== 'applied') return null;
  if (before !== null) return { replicaSets: before.replicaSets, divisible: before.divisible };
  return wanted.base === null ? null : { replicaSets: wanted.base.replicaSets, divisible: wanted.divisible };
}
