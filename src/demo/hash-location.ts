/** What the page reads of its location (see `vite.demo.config.ts`, which puts this in the place of `window.location`). */
interface PageLocation {
  /** Where the page's paths begin, without the `#/` that the base path brings: `https://host/folder/`. */
  readonly origin: string;
  /** `#/clusters/team-a`: with the base path, as the page expects it. */
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  assign(url: string): void;
  reload(): void;
}

/** The page's location behind the `#` of the browser's: any file server answers, below any path, after a reload, too. */
export function hashLocation(
  real: Pick<Location, 'origin' | 'pathname' | 'search' | 'hash' | 'assign' | 'reload'>,
): PageLocation {
  const inside = () => (real.hash.startsWith('#/') ? real.hash : '#/');
  return {
    get origin() {
      return real.origin + real.pathname + real.search;
    },
    get pathname() {
      return inside().split('?', 1)[0] ?? '#/';
    },
    get search() {
      const path = inside();
      const at = path.indexOf('?');
      return at < 0 ? '' : path.slice(at);
    },
    hash: '',
    assign: (url) => real.assign(url),
    reload: () => real.reload(),
  };
}

/** The console's path in a URL of the page's; null for one that leads elsewhere. */
export function consolePath(url: string): string | null {
  const at = url.indexOf('#/');
  return at < 0 ? null : url.slice(at + 1);
}
