import type { RefObject } from 'react';
import { navigate, usePathname, useSearch } from 'wouter/use-browser-location';
import { withoutBasePath } from '../../../routing/base-path.ts';
import { readRoute } from '../../../routing/routes.ts';
import { useEscape } from '../../../ui/use-escape.ts';
import type { GroupedKind } from './attention-groups.ts';

const NAME = 'attention';

/**
 * Which group of what needs attention is open. It lives in the URL's query beside the list's filter, so that the way back from a
 * virtual cluster or the journal leads to it. Opening one adds no history entry. Escape closes it, unless something is open
 * beside the list: that closes first.
 */
export function useOpenGroup(list: RefObject<HTMLElement | null>): {
  readonly openKind: string | null;
  /** Whether nothing is open beside the list, or in its place. */
  readonly isAlone: boolean;
  readonly toggle: (kind: GroupedKind) => void;
} {
  const openKind = new URLSearchParams(useSearch()).get(NAME);
  const route = readRoute(withoutBasePath(usePathname()));
  const isAlone = route.page === 'clusters' && route.panel === null;
  useEscape(
    list,
    () => {
      const head = list.current?.querySelector<HTMLElement>('[aria-expanded=true]');
      setOpenKind(null);
      head?.focus();
    },
    openKind !== null && isAlone,
  );
  return { openKind, isAlone, toggle: (kind) => setOpenKind(kind === openKind ? null : kind) };
}

function setOpenKind(kind: GroupedKind | null): void {
  const { pathname, search } = window.location;
  const query = new URLSearchParams(search);
  if (kind === null) query.delete(NAME);
  else query.set(NAME, kind);
  const written = query.toString();
  navigate(pathname + (written === '' ? '' : `?${written}`), { replace: true, state: window.history.state });
}
