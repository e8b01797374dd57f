import type { Language } from '../../../contract/language.ts';
import type { ClusterRequest } from '../../routing/cluster-request.ts';
import type { ShortcutName } from '../../ui/shortcuts.ts';

/** What only the shell of the page does. */
export type ShellEffect =
  | { readonly kind: 'theme' | 'try-now' | 'simulation' | 'shortcuts' }
  | { readonly kind: 'language'; readonly language: Language };

/** What an action does once it is chosen. None changes anything in Ray: an action that would change something only opens its question. */
export type Effect =
  | { readonly kind: 'go'; readonly path: string; readonly keepQuery: boolean }
  /** Opens a virtual cluster's screen, which then asks or shows this. */
  | { readonly kind: 'request'; readonly clusterId: string; readonly request: ClusterRequest }
  /** Opens the form for a new one, filled as this one is. */
  | { readonly kind: 'duplicate'; readonly clusterId: string }
  | { readonly kind: 'copy'; readonly value: string }
  /** Another page of this site, such as another Ray's console. */
  | { readonly kind: 'leave'; readonly href: string }
  /** Another site, in a new tab. */
  | { readonly kind: 'visit'; readonly url: string }
  | ShellEffect;

/** One thing that can be done, wherever it is offered: in a menu, as a button, in the palette or by a key. */
export interface Action {
  /** Unique among the actions on one thing. */
  readonly id: string;
  readonly label: string;
  readonly shortcut: ShortcutName | null;
  /** Why it can't be done now, in words; null when it can. */
  readonly refusal: string | null;
  readonly effect: Effect;
}

/** An action that is always possible and has no key, unless `more` says otherwise. */
export function action(
  id: string,
  label: string,
  effect: Effect,
  more: Partial<Pick<Action, 'shortcut' | 'refusal'>> = {},
): Action {
  return { id, label, effect, shortcut: null, refusal: null, ...more };
}
