import { CONSOLE_HEADER, isApiPath } from '../../contract/paths.ts';
import type { Peer } from '../auth/authenticator.ts';
import { isAllowedHost, isSameOrigin } from '../web/hosts.ts';
import { problemReply } from '../web/problem-reply.ts';
import { isNormalPath, pathNotNormal, requestPath } from '../web/request-path.ts';
import { bodyTooLarge, MAX_BODY_BYTES } from './request-body.ts';
import { withHeaders } from '../web/response-headers.ts';

const METHODS = 'GET, HEAD, POST, PUT, DELETE';

export interface GuardOptions {
  /** Host names besides this machine's own by which the console is reached. */
  readonly allowedHosts: readonly string[];
  /** The path below which the console lives, with `/` at both ends; `/` when left out. */
  readonly basePath?: string;
  readonly newNonce: () => string;
}

/**
 * Wraps everything that a browser can reach, static files and simulator controls too. A page of another site
 * can't read from the console (Host, Origin, Sec-Fetch-Site) nor write to it (JSON only, and a header that only
 * a page of the console's own can send), and every reply carries the console's headers. Looks at heads only: a body is read
 * once its sender is known.
 */
export function guard(
  inner: (request: Request, from: Peer) => Promise<Response>,
  options: GuardOptions,
): (request: Request, from: Peer) => Promise<Response> {
  return async (request, from) =>
    withHeaders(refusalOf(request, from, options) ?? (await inner(request, from)), options.newNonce);
}

/** Why a request is refused, as a reply; null when it may pass. */
export function refusalOf(
  request: Request,
  from: Peer,
  options: Pick<GuardOptions, 'allowedHosts' | 'basePath'>,
): Response | null {
  const { headers, method } = request;
  if (!isNormalPath(requestPath(request))) return pathNotNormal();
  const url = new URL(request.url);
  const host = headers.get('Host') ?? url.host;
  const isAllowed = (each: string) => isAllowedHost(each, options.allowedHosts, from.port);
  if (!isAllowed(host) || (url.host !== host && !isAllowed(url.host))) {
    return problemReply(
      403,
      'host-not-allowed',
      'The console is not known by this host name and port. Open it by its own address, or start it with --allowed-host <name>:<port>.',
    );
  }
  const origin = headers.get('Origin');
  if (origin !== null && !isSameOrigin(origin, host, from.secure)) {
    return problemReply(403, 'origin-not-allowed', 'The request comes from a page that is not the console.');
  }
  const site = headers.get('Sec-Fetch-Site');
  if (site !== null && site !== 'same-origin' && site !== 'none' && !isNavigation(request, options.basePath ?? '/')) {
    return problemReply(403, 'cross-site', 'The request comes from a page that is not the console.');
  }
  if (!METHODS.split(', ').includes(method)) {
    return problemReply(405, 'method-not-allowed', `The console answers ${METHODS} only.`, { Allow: METHODS });
  }
  if (!isWrite(request)) return null;
  const length = Number(headers.get('Content-Length') ?? '0');
  if (length > MAX_BODY_BYTES) return bodyTooLarge();
  // A DELETE has no body to take for a form's; a browser asks before it sends one to another site.
  // By its head: a server's request has a body to read even where none was sent.
  const bare = method === 'DELETE' && length === 0 && !headers.has('Transfer-Encoding') && !headers.has('Content-Type');
  if (!bare && !/^application\/json\s*(;|$)/i.test(headers.get('Content-Type') ?? '')) {
    return problemReply(415, 'not-json', 'Writes must be sent with the header Content-Type: application/json.');
  }
  // A browser names the page's origin with every write, and the site where it can. Node's own fetch, a script's,
  // sends Sec-Fetch-Mode alone.
  const fromBrowser = origin !== null || site !== null;
  if (fromBrowser && !headers.has(CONSOLE_HEADER)) {
    return problemReply(403, 'header-missing', `A browser's writes must carry the header ${CONSOLE_HEADER}.`);
  }
  return null;
}

/** Whether the request follows a link to a page of the console, which reveals nothing to the linking site. */
function isNavigation(request: Request, basePath: string): boolean {
  const { headers, method } = request;
  const path = requestPath(request);
  return (
    method === 'GET' &&
    headers.get('Sec-Fetch-Mode') === 'navigate' &&
    headers.get('Sec-Fetch-Dest') === 'document' &&
    !isApiPath(path.startsWith(basePath) ? path.slice(basePath.length - 1) : path)
  );
}

export function isWrite({ method }: Request): boolean {
  return method !== 'GET' && method !== 'HEAD';
}
