import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { countOf } from '../../../domain/replica-sets.ts';
import { fleetEpochOf } from '../../api/fleet-version.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import { editDraft } from '../../drafts/draft.ts';
import type { Draft } from '../../drafts/draft-store.ts';

/**
 * The editor's form with so many nodes of a template fewer than the virtual cluster has now; null where it does not hold
 * that template any more. `now`: ms since 1970.
 */
export function giveBackDraft(
  fleet: Pick<PageFleet, 'version' | 'clusters'>,
  { clusterId, templateId, count }: { readonly clusterId: string; readonly templateId: string; readonly count: number },
  now: number,
): Draft | null {
  const cluster = fleet.clusters.get(clusterId);
  if (cluster === undefined) return null;
  const held = countOf(heldReplicaSetsOf(cluster), templateId);
  if (held === 0) return null;
  const draft = editDraft(cluster, now, fleetEpochOf(fleet.version));
  const typed = String(Math.max(0, held - count));
  return {
    ...draft,
    origin: 'usage',
    fields: draft.fields.map((field) => (field.templateId === templateId ? { ...field, typed } : field)),
  };
}
