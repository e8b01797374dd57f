/**
 * One request: method, path and query. `id`: whether an encoded id follows the path, and `after` that. `fresh`: whether
 * Ray caches it by query string (fact 4).
 */
interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query: string;
  readonly id: boolean;
  readonly after?: string;
  readonly fresh: boolean;
}

/** Every request that the console ever sends to Ray. Nothing else leaves. */
export const calls = {
  list: { method: 'GET', path: '/virtual_clusters', query: '', id: false, fresh: true },
  state: { method: 'GET', path: '/api/v0/vclusters', query: 'detail=true&limit=10000', id: false, fresh: false },
  liveness: { method: 'GET', path: '/api/v0/nodes', query: 'detail=true&limit=10000', id: false, fresh: false },
  summary: { method: 'GET', path: '/nodes', query: 'view=summary', id: false, fresh: true },
  actors: {
    method: 'GET',
    path: '/api/v0/actors',
    query: 'detail=true&limit=10000&filter_keys=state&filter_predicates=%3D&filter_values=ALIVE',
    id: false,
    fresh: false,
  },
  jobs: { method: 'GET', path: '/api/jobs/', query: '', id: false, fresh: false },
  identity: { method: 'GET', path: '/api/version', query: '', id: false, fresh: false },
  save: { method: 'POST', path: '/virtual_clusters', query: '', id: false, fresh: false },
  remove: { method: 'DELETE', path: '/virtual_clusters/', query: '', id: true, fresh: false },
  stop: { method: 'POST', path: '/api/jobs/', query: '', id: true, after: '/stop', fresh: false },
} as const satisfies Readonly<Record<string, Call>>;

export type CallName = keyof typeof calls;

const MB = 1024 * 1024;

/**
 * The largest reply read of each call, in bytes; a larger one is `too-large`. All are far below the longest text that
 * V8 can hold, about 512 MB. The summary's is some 36,000 nodes: Ray makes 700 MB of it at 100,000, and stands still.
 */
export const defaultLimits: Readonly<Record<CallName, number>> = {
  list: 64 * MB,
  state: 256 * MB,
  liveness: 64 * MB,
  summary: 256 * MB,
  actors: 64 * MB,
  jobs: 64 * MB,
  identity: 64 * 1024,
  // A save's reply names every member.
  save: 64 * MB,
  remove: 64 * 1024,
  stop: 64 * 1024,
};

/** The longest wait for each whole reply, in milliseconds. */
export const defaultTimeouts: Readonly<Record<CallName, number>> = {
  list: 10_000,
  state: 30_000,
  liveness: 10_000,
  summary: 30_000,
  actors: 10_000,
  jobs: 10_000,
  identity: 10_000,
  save: 30_000,
  remove: 30_000,
  stop: 30_000,
};

/**
 * Where a call goes, or null when it can't go there: a URL swallows the ids `.` and `..`, an empty id is another
 * path, and half a surrogate pair has no encoding. `address` is Ray's, with or without a path before its own.
 */
export function urlOf(
  address: string,
  name: CallName,
  { id: named, fresh }: { readonly id?: string; readonly fresh?: string },
): URL | null {
  const { path, query, id, after = '', fresh: cached }: Call = calls[name];
  const base = new URL(address);
  let pathname = base.pathname.replace(/\/+$/, '') + path;
  if (id) {
    const encoded = encode(named ?? '');
    if (encoded === null) return null;
    pathname += encoded + after;
  }
  const cacheBuster = cached && fresh !== undefined ? `t=${encodeURIComponent(fresh)}` : '';
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
