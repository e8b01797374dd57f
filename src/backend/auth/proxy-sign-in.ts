import { parseAddress } from '../web/hosts.ts';
import type { Peer, Grant } from './authenticator.ts';

/** The headers and groups of a proxy that signs people in. */
export interface ProxySignIn {
  readonly userHeader: string;
  readonly groupsHeader: string;
  /** Members of these may look; null: everybody whom the proxy lets in. */
  readonly viewerGroups: readonly string[] | null;
  /** Members of one of these may change the virtual clusters of its patterns; `clusters` null: all. */
  readonly operatorGroups: readonly { readonly group: string; readonly clusters: readonly string[] | null }[];
}

/** Headers by which the usual proxies (oauth2-proxy and its kin) name a person, besides those that were given. */
const IDENTITY_HEADERS = [
  'X-Forwarded-User',
  'X-Forwarded-Groups',
  'X-Forwarded-Email',
  'X-Forwarded-Preferred-Username',
  'X-Forwarded-Access-Token',
  'X-Auth-Request-User',
  'X-Auth-Request-Groups',
  'X-Auth-Request-Email',
  'X-Auth-Request-Preferred-Username',
  'X-Auth-Request-Access-Token',
];

function identityHeaders(proxy: ProxySignIn | null): readonly string[] {
  return proxy === null ? IDENTITY_HEADERS : [...IDENTITY_HEADERS, proxy.userHeader, proxy.groupsHeader];
}

/** A header of a request that names a person, as only a trusted proxy may; null when there is none. */
export function identityHeaderIn({ headers }: Request, proxy: ProxySignIn | null): string | null {
  return identityHeaders(proxy).find((name) => headers.has(name)) ?? null;
}

/** A header that names a person in more than one line: a proxy that only adds its own has left the browser's there. Null for none. */
export function repeatedIdentityHeader({ repeatedHeaders = [] }: Peer, proxy: ProxySignIn | null): string | null {
  return identityHeaders(proxy).find((name) => repeatedHeaders.includes(name.toLowerCase())) ?? null;
}

/**
 * Where a request comes from. What a trusted proxy says of it counts: the last address that it or others trusted did not
 * add themselves (`X-Forwarded-For`), and whether the browser came over TLS (`X-Forwarded-Proto`).
 */
export function resolveClient(
  request: Request,
  from: Peer,
  isTrusted: (address: string) => boolean,
): Peer & { readonly isProxy: boolean } {
  if (!isTrusted(from.address)) return { ...from, isProxy: false };
  const hops = (request.headers.get('X-Forwarded-For') ?? '').split(',').map((each) => parseAddress(each.trim()));
  // What is no address may be anybody: then only the proxy is known.
  const address = hops.findLast((hop) => hop === null || !isTrusted(hop)) ?? from.address;
  const secure = from.secure || request.headers.get('X-Forwarded-Proto')?.trim().toLowerCase() === 'https';
  return { ...from, address, secure, isProxy: true };
}

/**
 * The person whom a proxy signed in; null when it names none, `unclear` when it names more than one, as when it adds its header
 * to one that was there.
 */
export function userFromProxy(
  { headers }: Request,
  { userHeader }: ProxySignIn,
): { readonly kind: 'named'; readonly user: string } | { readonly kind: 'unclear' } | null {
  const user = headers.get(userHeader)?.trim() ?? '';
  if (user === '') return null;
  return user.includes(',') || user.length > 200 ? { kind: 'unclear' } : { kind: 'named', user };
}

/** The grant of a person's groups; null when no group has one. */
export function grantForGroups(
  { headers }: Request,
  { groupsHeader, viewerGroups, operatorGroups }: ProxySignIn,
): Grant | null {
  const groups = new Set((headers.get(groupsHeader) ?? '').split(',').map((each) => each.trim()));
  const held = operatorGroups.filter(({ group }) => groups.has(group));
  if (held.some(({ clusters }) => clusters === null)) return { role: 'operator', clusters: null };
  if (held.length > 0)
    return { role: 'operator', clusters: [...new Set(held.flatMap(({ clusters }) => clusters ?? []))] };
  return viewerGroups === null || viewerGroups.some((group) => groups.has(group))
    ? { role: 'viewer', clusters: null }
    : null;
}
