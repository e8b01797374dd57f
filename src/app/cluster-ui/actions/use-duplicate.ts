import type { VirtualCluster } from '../../../domain/fleet.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { useFleet } from '../../api/console.tsx';
import { recreationDraft } from '../../drafts/draft.ts';
import { useDrafts, useHasNewDraft } from '../../drafts/drafts-context.tsx';
import { navigateTo } from '../../routing/navigate.ts';
import { pathTo } from '../../routing/routes.ts';

/** Opens the form for a new virtual cluster, filled as another one is. `hasNewDraft`: that would replace what was not saved. */
export function useDuplicate() {
  const { fleet } = useFleet();
  const drafts = useDrafts();
  const hasNewDraft = useHasNewDraft();
  const openKept = ({ id }: VirtualCluster) =>
    navigateTo(pathTo.create, { keepQuery: true, state: { recreated: `copy ${id}` } });
  return {
    hasNewDraft,
    openKept,
    duplicate(cluster: VirtualCluster) {
      if (fleet === null) return;
      const { divisible } = cluster;
      drafts.put(recreationDraft(fleet.pool, { id: '', divisible, replicaSets: heldReplicaSetsOf(cluster) }));
      openKept(cluster);
    },
  };
}
