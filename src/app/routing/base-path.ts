import { rayPath } from '../../contract/ray-path.ts';

/** The base path of the console, with `/` at both ends, as the server wrote it into the page; `/` for none. */
export function basePath(): string {
  return document.querySelector('meta[name="base-path"]')?.getAttribute('content') ?? '/';
}

/** Where the console's API begins, as `https://host/vc`: no `/` at the end. */
export function consoleOrigin(): string {
  return window.location.origin + basePath().slice(0, -1);
}

/** Adds the base path to a path of the console. */
export function withBasePath(path: string): string {
  return basePath().slice(0, -1) + path;
}

/** What the server serves here: the console of one Ray, or the page above several. */
export function servedPage(): 'console' | 'rays' {
  const page = document.querySelector('meta[name="page"]')?.getAttribute('content');
  return page === 'rays' ? 'rays' : 'console';
}

/** The page of all Rays, seen from one of them or from that page: the root of the whole console, whether it has one Ray or several. */
export function raysHref(): string {
  return basePath().replace(/rays\/[^/]+\/$/, '');
}

/** A path of another Ray's console. */
export function rayHref(name: string, path = '/'): string {
  return rayPath(raysHref(), name).slice(0, -1) + path;
}

/** Removes the base path from the browser's path. */
export function withoutBasePath(pathname: string): string {
  const base = basePath().slice(0, -1);
  return pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname === base ? '/' : pathname;
}
