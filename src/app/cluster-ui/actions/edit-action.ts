import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { action, type Action } from './action.ts';

/** Opens the editor; on what was not saved, it says so. */
export function editAction(
  clusterId: string,
  { mayNotWrite, hasDraft }: { readonly mayNotWrite: string | null; readonly hasDraft: boolean },
): Action {
  const label = hasDraft ? text.clusters.menu.continueEditing : text.clusters.menu.edit;
  return action(
    'edit',
    label,
    { kind: 'go', path: pathTo.edit(clusterId), keepQuery: true },
    { shortcut: 'edit', refusal: mayNotWrite },
  );
}
