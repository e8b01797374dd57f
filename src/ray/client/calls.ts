import { perSource, type SourceName } from '../../domain/sourced.ts';
import { sources } from './sources.ts';

/** One request: method, path and query; an encoded id may follow the path, and `suffix` the id. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query: string;
  readonly hasId: boolean;
  readonly suffix: string;
  /** Whether Ray caches the reply by its query string (fact 4). */
  readonly isCached: boolean;
  /** A larger reply is `too-large`. */
  readonly maxBytes: number;
  /** The longest wait for a whole reply, ms. */
  readonly timeout: number;
}

export type CallName = SourceName | 'save' | 'remove' | 'stop';

const write = { method: 'POST', query: '', hasId: false, suffix: '', isCached: false, timeout: 30_000 } as const;

/** Every request that the console ever sends to Ray. Nothing else leaves. */
export const calls: Readonly<Record<CallName, Call>> = {
  ...perSource((name): Call => {
    const { path, query, maxBytes, timeout, cacheTtl } = sources[name];
    return { method: 'GET', path, query, hasId: false, suffix: '', isCached: cacheTtl !== null, maxBytes, timeout };
  }),
  // The reply to a save names every member.
  save: { ...write, path: '/virtual_clusters', maxBytes: 64 * 1024 * 1024 },
  remove: { ...write, method: 'DELETE', path: '/virtual_clusters/', hasId: true, maxBytes: 64 * 1024 },
  stop: { ...write, path: '/api/jobs/', hasId: true, suffix: '/stop', maxBytes: 64 * 1024 },
};

/**
 * The URL of a call, or null when there is none: a URL normalises the ids `.` and `..` away, an empty id is another
 * path, and a lone surrogate has no encoding. `address` is Ray's, with or without a path of its own. `fresh`: a query
 * that bypasses Ray's cache.
 */
export function urlOf(
  address: string,
  { path, query, hasId, suffix, isCached }: Call,
  { id = '', fresh }: { readonly id?: string | undefined; readonly fresh?: string | undefined },
): URL | null {
  const base = new URL(address);
  let pathname = base.pathname.replace(/\/+$/, '') + path;
  if (hasId) {
    const encoded = encode(id);
    if (encoded === null) return null;
    pathname += encoded + suffix;
  }
  const cacheBuster = isCached && fresh !== undefined ? `t=${encodeURIComponent(fresh)}` : '';
  const search = [query, cacheBuster].filter((part) => part !== '').join('&');
  const url = new URL(base.origin + pathname + (search === '' ? '' : `?${search}`));
  return url.pathname === pathname ? url : null;
}

function encode(id: string): string | null {
  try {
    return id === '' ? null : encodeURIComponent(id);
  } catch {
    return null;
  }
}
