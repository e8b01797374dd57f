import type { Peer } from './authenticator.ts';

/**
 * The name of the session's cookie. Browsers give a host's cookies to all of its ports, so the port is part of it. Over TLS a
 * prefix has the browser itself see to it that nobody else set it.
 */
function cookieName({ secure, port }: Peer, basePath: string): string {
  const prefix = secure ? (basePath === '/' ? '__Host-' : '__Secure-') : '';
  return `${prefix}virtual-cluster-console${port === undefined ? '' : `-${String(port)}`}`;
}

/** The key in a request's cookie; null when it has none, or more than one, so that nobody can slip another one in. */
export function readSessionCookie({ headers }: Request, from: Peer, basePath: string): string | null {
  const name = cookieName(from, basePath);
  const values = (headers.get('Cookie') ?? '')
    .split(/; */)
    .filter((each) => each.startsWith(`${name}=`))
    .map((each) => each.slice(name.length + 1));
  const [key] = values;
  return key !== undefined && values.length === 1 && key !== '' ? key : null;
}

/** The header that gives a browser its session: until it is closed, for the console's own path, and never from another site. */
export function sessionCookie(key: string, from: Peer, basePath: string): string {
  return `${cookieName(from, basePath)}=${key}; Path=${basePath}; HttpOnly; SameSite=Strict${from.secure ? '; Secure' : ''}`;
}

/** The `Set-Cookie` header that deletes the session's cookie. */
export function clearedSessionCookie(from: Peer, basePath: string): string {
  return `${sessionCookie('', from, basePath)}; Max-Age=0`;
}
