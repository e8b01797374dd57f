import { navigate } from 'wouter/use-browser-location';
import { withBasePath } from './base-path.ts';

/** Goes to a path of the page. `keepQuery`: the list's filter and sort stay in the URL. `state`: kept in the history entry. */
export function navigateTo(
  path: string,
  options: { readonly keepQuery?: boolean; readonly replace?: boolean; readonly state?: unknown } = {},
): void {
  const query = options.keepQuery === true && !path.includes('?') ? window.location.search : '';
  navigate(withBasePath(path) + query, { replace: options.replace ?? false, state: options.state ?? null });
}
