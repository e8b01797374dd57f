import type { Session } from '../../../contract/session.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { clusterJournalPath } from '../../routing/journal-filter.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { curlDeleteCommand, curlListCommand, curlSaveCommand } from '../curl-commands.ts';
import { submitAddress, submitCommand } from '../submit-command.ts';
import { action, type Action } from './action.ts';
import { editAction } from './edit-action.ts';

export interface ClusterActionContext {
  /** The console's, such as `http://127.0.0.1:8600`. */
  readonly origin: string;
  /** Null before it is known. */
  readonly session: Pick<Session, 'ray'> | null;
  /** Why this virtual cluster may not be changed; null when it may. */
  readonly mayNotWrite: string | null;
  /** Whether an edit of it was not saved. */
  readonly hasDraft: boolean;
  /** False while a deletion of it is on its way. */
  readonly canDelete: boolean;
  readonly isOpen: boolean;
}

/** The actions on one virtual cluster in their order, by group. */
export interface ClusterActionGroups {
  readonly use: readonly Action[];
  readonly copy: readonly Action[];
  readonly remove: readonly Action[];
}

export function clusterActionGroups(cluster: VirtualCluster, context: ClusterActionContext): ClusterActionGroups {
  const words = text.clusters.menu;
  const { id, divisible, revision } = cluster;
  const { origin, session, mayNotWrite, hasDraft, canDelete, isOpen } = context;
  const copy = (name: string, label: string, value: string) => action(name, label, { kind: 'copy', value });
  const save = { clusterId: id, divisible, revision, replicaSets: heldReplicaSetsOf(cluster) };
  const open = action('open', words.open, { kind: 'go', path: pathTo.cluster(id), keepQuery: true });
  return {
    use: [
      ...(isOpen ? [] : [open]),
      editAction(id, { mayNotWrite, hasDraft }),
      action('duplicate', words.duplicate, { kind: 'duplicate', clusterId: id }),
      action('map', words.showOnMap, { kind: 'go', path: pathTo.onMap(id), keepQuery: false }),
      action('journal', words.showInJournal, { kind: 'go', path: clusterJournalPath(id), keepQuery: false }),
    ],
    copy: [
      copy('copy-link', words.copyLink, `${origin}${pathTo.cluster(id)}`),
      copy('copy-id', words.copyId, id),
      ...(session === null
        ? []
        : [copy('copy-submit', words.submit, submitCommand(submitAddress(session.ray, origin), cluster))]),
      copy('copy-curl', words.curlSave, curlSaveCommand(origin, save)),
      copy('copy-curl-list', words.curlList, curlListCommand(origin)),
      copy('copy-curl-delete', words.curlDelete, curlDeleteCommand(origin, id)),
      action('raw', words.showRaw, { kind: 'request', clusterId: id, request: 'raw-reply' }),
    ],
    remove: [
      action(
        'delete',
        words.delete,
        { kind: 'request', clusterId: id, request: 'deletion' },
        { refusal: mayNotWrite ?? (canDelete ? null : words.deleteUnderWay) },
      ),
    ],
  };
}
