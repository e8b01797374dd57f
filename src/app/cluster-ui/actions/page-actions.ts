import type { Rights } from '../../../domain/change-policy.ts';
import { readOnlyReason } from '../../api/denial-reason.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import type { ShortcutName } from '../../ui/shortcuts.ts';
import { action, type Action } from './action.ts';

/** The screens, as actions. */
export function pageActions(): readonly Action[] {
  const go = (shortcut: ShortcutName, path: string, label: string) =>
    action(shortcut, label, { kind: 'go', path, keepQuery: false }, { shortcut });
  return [
    go('clusters', pathTo.clusters, text.shell.clusters),
    go('nodes', pathTo.nodes, text.shell.nodes),
    go('journal', pathTo.journal, text.shell.journal),
    go('usage', pathTo.usage, text.shell.usage),
    go('overview', '/', text.shell.overview),
    go('plans', pathTo.plans, text.shell.plans),
    action('fleet-file', text.shell.fleetFile, { kind: 'go', path: pathTo.fleetFile, keepQuery: false }),
  ];
}

/** Opens the form for a new virtual cluster. */
export function createAction(rights: Rights | null): Action {
  const refusal = rights === null ? null : readOnlyReason(rights);
  return action(
    'create',
    text.clusters.create,
    { kind: 'go', path: pathTo.create, keepQuery: true },
    { shortcut: 'create', refusal },
  );
}
