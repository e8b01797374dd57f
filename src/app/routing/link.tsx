import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { withBasePath } from './base-path.ts';
import { navigateTo } from './navigate.ts';

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** A path of the page, encoded; see `pathTo`. The URL's query stays, unless the path brings its own. */
  readonly href: string;
  readonly keepQuery?: boolean;
  /** Kept in the history entry. */
  readonly state?: unknown;
}

/** A link within the page: a plain click stays in the page, any other (new tab, download) is left to the browser. */
export function Link({ href, keepQuery = false, state, onClick, children, ...rest }: LinkProps) {
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
    navigateTo(href, { keepQuery, state });
  }
  return (
    <a href={withBasePath(href)} onClick={clicked} {...rest}>
      {children}
    </a>
  );
}
