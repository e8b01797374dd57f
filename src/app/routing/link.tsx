import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { withBasePath } from './base-path.ts';

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** A path of the page, encoded; see `pathTo`. The URL's query stays, unless the path brings its own. */
  readonly href: string;
  readonly keepQuery?: boolean;
}

/** A link within the page: a plain click stays in it, any other (new tab, download) is the browser's. */
export function Link({ href, keepQuery = false, onClick, children, ...rest }: LinkProps) {
  function clicked(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    navigateTo(href, { keepQuery });
  }
  return (
    <a href={withBasePath(href)} onClick={clicked} {...rest}>
      {children}
    </a>
  );
}

/** Goes to a path of the page. `keepQuery`: the list's filter and sort stay in the URL. `state` is kept beside the address. */
export function navigateTo(
  path: string,
  options: { readonly keepQuery?: boolean; readonly replace?: boolean; readonly state?: unknown } = {},
): void {
  const query = options.keepQuery === true && !path.includes('?') ? window.location.search : '';
  navigate(withBasePath(path) + query, { replace: options.replace ?? false, state: options.state ?? null });
}
