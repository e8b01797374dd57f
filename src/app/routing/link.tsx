import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { withBasePath } from './base-path.ts';
import { navigateTo } from './navigate.ts';
import { isPlainClick } from './plain-click.ts';

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** A path of the page, encoded; see `pathTo`. The URL's query stays, unless the path brings its own. */
  readonly href: string;
  readonly keepQuery?: boolean;
  /** Kept in the history entry. */
  readonly state?: unknown;
}

/** A link within the page, which a plain click does not leave. */
export function Link({ href, keepQuery = false, state, onClick, children, ...rest }: LinkProps) {
  function clicked(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    if (event.defaultPrevented || !isPlainClick(event)) return;
    event.preventDefault();
    navigateTo(href, { keepQuery, state });
  }
  return (
    <a href={withBasePath(href)} onClick={clicked} {...rest}>
      {children}
    </a>
  );
}
