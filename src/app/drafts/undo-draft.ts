import type { Change } from '../../contract/change.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import { countOf, templatesOf } from '../../domain/replica-sets.ts';
import { undoStepOf, type Undo } from '../../domain/undo.ts';
import { fleetEpochOf } from '../api/fleet-version.ts';
import type { PageFleet } from '../api/page-fleet.ts';
import { pathTo } from '../routing/routes.ts';
import { editDraft, recreationDraft } from './draft.ts';
import type { Draft } from './draft-store.ts';

/** A change as far as taking it back needs it. */
export type UndoableChange = Pick<Change, 'wanted' | 'before' | 'result'>;

/** What taking a change back opens, or why nothing is opened. */
export type UndoPlan =
  /** A form, filled in; nothing is sent. */
  | { readonly kind: 'edit' | 'create'; readonly draft: Draft; readonly path: string }
  /** The question whether to delete the virtual cluster. */
  | { readonly kind: 'delete' }
  | { readonly kind: 'there-already' | 'exists-again' | 'other-kind' };

/**
 * The draft goes back to before the change: it starts from the newest revision, so the editor shows the difference, and
 * its save merges with others' changes like any other. `now`: ms since 1970.
 */
export function planUndo(undo: Undo, fleet: Pick<PageFleet, 'version' | 'clusters' | 'pool'>, now: number): UndoPlan {
  const { clusterId } = undo;
  const cluster = fleet.clusters.get(clusterId);
  const held = cluster === undefined ? {} : heldReplicaSetsOf(cluster);
  const step = undoStepOf(undo, cluster === undefined ? null : { divisible: cluster.divisible, replicaSets: held });
  switch (step.kind) {
    case 'edit': {
      if (cluster === undefined) return { kind: 'there-already' };
      const { replicaSets } = step.had;
      const fields = templatesOf(held, replicaSets).map((templateId) => ({
        templateId,
        typed: String(countOf(replicaSets, templateId)),
      }));
      return {
        kind: 'edit',
        draft: { ...editDraft(cluster, now, fleetEpochOf(fleet.version)), fields, origin: 'journal' },
        path: pathTo.edit(clusterId),
      };
    }
    case 'create':
      return {
        kind: 'create',
        draft: { ...recreationDraft(fleet.pool, { id: clusterId, ...step.had }), origin: 'journal' },
        path: pathTo.create,
      };
    case 'delete':
    case 'there-already':
    case 'exists-again':
    case 'other-kind':
      return { kind: step.kind };
  }
}
