import type { Clock } from '../../../../../clock.ts';

/** How often a wall screen looks for another build of its page, ms; it also looks whenever the console is back. */
export const BUILD_CHECK_MS = 600_000;

export interface PageSource {
  /** The addresses of the scripts that the page runs. */
  readonly ownScripts: () => readonly string[];
  /** The page as the console serves it now. */
  readonly fetchPage: () => Promise<string>;
  readonly reload: () => void;
}

/**
 * Whether the console serves a page with other scripts; their names change with their content. False for a page without any,
 * such as the sign-in page of a proxy.
 */
export function isAnotherBuild(own: readonly string[], served: string): boolean {
  return [...served.matchAll(/assets\/[\w.-]+\.js/g)].some(([name]) => !own.some((address) => address.endsWith(name)));
}

/** Reloads the page once the console serves another build of it, which nobody at a wall would. Returns a function that stops it. */
export function followBuilds({
  clock,
  page,
}: {
  readonly clock: Pick<Clock, 'after'>;
  readonly page: PageSource;
}): () => void {
  let isStopped = false;
  let cancel: () => void = () => undefined;
  const look = async () => {
    try {
      const isOther = isAnotherBuild(page.ownScripts(), await page.fetchPage());
      if (isStopped) return;
      if (isOther) {
        page.reload();
        return;
      }
    } catch {
      // The console is down, or going down: the next look will show.
    }
    if (!isStopped) cancel = clock.after(BUILD_CHECK_MS, () => void look());
  };
  void look();
  return () => {
    isStopped = true;
    cancel();
  };
}

/** The page of this browser's window. */
export const windowPage: PageSource = {
  ownScripts: () => [...document.scripts].map(({ src }) => src),
  async fetchPage() {
    const reply = await fetch(window.location.pathname, { cache: 'no-store', headers: { Accept: 'text/html' } });
    return reply.ok ? reply.text() : '';
  },
  reload: () => window.location.reload(),
};
