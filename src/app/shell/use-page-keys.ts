import { useEffect, useEffectEvent, useRef } from 'react';
import type { Session } from '../../contract/session.ts';
import { denialReason } from '../api/denial-reason.ts';
import { editAction } from '../cluster-ui/actions/edit-action.ts';
import { createAction, pageActions } from '../cluster-ui/actions/page-actions.ts';
import { runAction } from '../cluster-ui/actions/run-action.ts';
import type { Action } from '../cluster-ui/actions/action.ts';
import type { Route } from '../routing/routes.ts';
import { isPageKey, isPaletteKey } from '../ui/keyboard-shortcut.ts';
import { readKey, type FirstKey, type ShortcutName } from '../ui/shortcuts.ts';

/** What lies over the page and is opened by a key. */
export type Overlay = 'palette' | 'shortcuts';

/** The keys of the whole page. Those of a screen (`/`, `t`) are its own. `show`: null while something is shown, or about to be. */
export function usePageKeys(route: Route, session: Session | null, show: ((overlay: Overlay) => void) | null): void {
  const first = useRef<FirstKey | null>(null);
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (show === null) return;
    if (isPaletteKey(event)) {
      event.preventDefault();
      show('palette');
      return;
    }
    if (!isPageKey(event)) return;
    const read = readKey(first.current, event.key, event.timeStamp);
    first.current = read.first;
    if (read.hit !== null) choose(read.hit, event, { route, session, show });
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => pressed(event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

interface Page {
  readonly route: Route;
  readonly session: Session | null;
  readonly show: (overlay: Overlay) => void;
}

function choose(name: ShortcutName, event: KeyboardEvent, { route, session, show }: Page): void {
  if (name === 'help') {
    event.preventDefault();
    show('shortcuts');
    return;
  }
  const chosen = actionOf(name, route, session, event.target);
  if (chosen === null || chosen.refusal !== null) return;
  event.preventDefault();
  runAction(chosen.effect);
  if (name === 'overview') document.querySelector<HTMLElement>('#content h1')?.focus();
}

function actionOf(
  name: ShortcutName,
  route: Route,
  session: Session | null,
  target: EventTarget | null,
): Action | null {
  switch (name) {
    case 'create':
      return createAction(session);
    case 'edit': {
      const clusterId = chosenCluster(route, target);
      if (clusterId === null || session === null) return null;
      return editAction(clusterId, { mayNotWrite: denialReason(session, clusterId), hasDraft: false });
    }
    case 'overview':
    case 'clusters':
    case 'nodes':
    case 'journal':
    case 'usage':
    case 'plans':
      return pageActions().find(({ id }) => id === name) ?? null;
    case 'palette':
    case 'find':
    case 'view':
    case 'help':
      return null;
  }
}

/** The virtual cluster that is meant: the one whose row has the focus, else the one that is open. */
export function chosenCluster(route: Route, focused: EventTarget | null): string | null {
  const row = focused instanceof Element ? focused.closest<HTMLElement>('tr[data-id]')?.dataset['id'] : undefined;
  if (row !== undefined) return row;
  return route.page === 'clusters' && route.panel?.kind === 'view' ? route.panel.clusterId : null;
}
