import type { Clock } from '../../clock.ts';
import { requestSchemas } from '../../contract/api.ts';
import type { AuthMethod } from '../../contract/auth-method.ts';
import {
  localAdministrator,
  rightsOf,
  type Authenticator,
  type Peer,
  type AuthenticationResult,
  type Principal,
} from './authenticator.ts';
import { createLoginRateLimiter } from './login-rate-limiter.ts';
import { isLoopbackName, normalizeAddress } from '../web/hosts.ts';
import { problemReply } from '../web/problem-reply.ts';
import {
  grantForGroups,
  identityHeaderIn,
  repeatedIdentityHeader,
  resolveClient,
  userFromProxy,
  type ProxySignIn,
} from './proxy-sign-in.ts';
import { readJson } from '../web/read-json.ts';
import type { Secrets } from './secrets.ts';
import { clearedSessionCookie, readSessionCookie, sessionCookie } from './session-cookie.ts';
import type { Identity, Sessions } from './sessions.ts';
import type { SignInLinks, SpentLink } from './sign-in-links.ts';
import type { ProblemCode } from '../../contract/problem.ts';

/** How people sign in: not at all · by a link, then a session · by a proxy. */
export type SignInMethod =
  | { readonly kind: 'none' }
  | { readonly kind: 'link'; readonly sessions: Sessions; readonly links: SignInLinks; readonly onLinkUsed: () => void }
  | { readonly kind: 'proxy'; readonly proxy: ProxySignIn };

/** How long a stream lives before its reader must pass the proxy again, ms. */
const PROXY_STREAM_LIFETIME = 15 * 60_000;

/** Authenticates people by the sign-in method, and scripts by their tokens. */
export function createAuthenticator(parts: {
  readonly readOnly: boolean;
  readonly signIn: SignInMethod;
  readonly isTrustedProxy: (address: string) => boolean;
  /** The script whose token has this hash; null when it is unknown or revoked. */
  readonly findToken: (hash: string) => Identity | null;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** The path below which the console lives, with `/` at both ends. */
  readonly basePath: string;
  /** Called for each wrong or old token, link or session. `report`: how often it failed, when that is to be logged; null when it was. */
  readonly onFailure?: (from: Peer, report: number | null) => void;
}): Authenticator {
  const { readOnly, signIn, isTrustedProxy, findToken, secrets, clock, basePath, onFailure } = parts;
  const rateLimiter = createLoginRateLimiter(clock);
  const proxy = signIn.kind === 'proxy' ? signIn.proxy : null;

  function authenticated(
    { name, grant }: Identity,
    address: string,
    via: AuthMethod,
    isStillIn: () => boolean,
  ): AuthenticationResult {
    const principal: Principal = {
      name: name,
      address,
      authMethod: via,
      isStillValid: isStillIn,
      ...rightsOf(grant, readOnly),
    };
    return { kind: 'authenticated', principal };
  }

  function authenticateByProxy(request: Request, origin: Peer, by: ProxySignIn): AuthenticationResult | null {
    const named = userFromProxy(request, by);
    if (named === null) return null;
    if (named.kind === 'unclear')
      return refuse('user-unclear', `The header ${by.userHeader} does not name one person.`);
    const { user } = named;
    const grant = grantForGroups(request, by);
    if (grant === null) return refuse('no-role', `${user} is in no group that may see this console.`);
    const until = clock.now() + PROXY_STREAM_LIFETIME;
    return authenticated({ name: user, grant }, origin.address, 'proxy', () => clock.now() < until);
  }

  function authenticateByToken(authorization: string, origin: Peer, from: Peer): AuthenticationResult {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1] ?? null;
    const hash = token === null ? null : secrets.hash(token);
    const known = hash === null ? null : findToken(hash);
    if (hash !== null && known !== null)
      return authenticated(known, origin.address, 'token', () => findToken(hash) !== null);
    const detail = 'The console knows no such token, or not any more.';
    const unknown = problemReply(401, 'unknown-token', detail, { 'WWW-Authenticate': 'Bearer' });
    return { kind: 'signed-out', reply: failureReply(hash ?? secrets.hash(authorization), from, unknown) };
  }

  /** The reply to a wrong credential, by its hash. Only what is wrong gets here: a right one is never refused for it. */
  function failureReply(hash: string, from: Peer, reply: Response): Response {
    const { retryAfter, report } = rateLimiter.recordFailure(hash);
    onFailure?.(from, report);
    return retryAfter === null ? reply : tooManyAttempts(retryAfter);
  }

  function authenticateBySession(
    request: Request,
    origin: Peer,
    from: Peer,
    sessions: Sessions,
  ): AuthenticationResult | null {
    const key = readSessionCookie(request, origin, basePath);
    if (key === null) return null;
    // The page's own polling does not count as activity; a GET caused by a person carries `active=1`.
    const isActive =
      (request.method !== 'GET' && request.method !== 'HEAD') ||
      new URL(request.url).searchParams.get('active') === '1';
    const known = sessions.find(key, isActive);
    if (known !== null) return authenticated(known, origin.address, 'link', () => sessions.find(key, false) !== null);
    // A page that stays open keeps asking: reported like a wrong token, but never answered with a wait.
    onFailure?.(from, rateLimiter.recordFailure(secrets.hash(key)).report);
    return null;
  }

  return {
    readOnly,
    authenticate(request, from) {
      const origin = resolveClient(request, from, isTrustedProxy);
      if (!origin.secure && !origin.isProxy && !isLoopbackAddress(from.address)) {
        return refuse(
          'not-encrypted',
          'From another machine the console answers over TLS alone, or by the proxy before it.',
        );
      }
      const header = identityHeaderIn(request, proxy);
      if (header !== null && !(origin.isProxy && proxy !== null)) {
        return refuse(
          'proxy-not-trusted',
          `The header ${header} says who somebody is, and comes from where the console trusts nobody to say so.`,
        );
      }
      const repeated = repeatedIdentityHeader(from, proxy);
      if (repeated !== null) {
        return refuse(
          'header-repeated',
          `The header ${repeated} came more than once. The proxy must remove the browser's own before it adds its own.`,
        );
      }
      const proxied = proxy !== null && origin.isProxy ? authenticateByProxy(request, origin, proxy) : null;
      if (proxied !== null) return proxied;
      const authorization = request.headers.get('Authorization');
      if (authorization !== null) return authenticateByToken(authorization, origin, from);
      if (signIn.kind === 'none')
        return { kind: 'authenticated', principal: localAdministrator(origin.address, readOnly) };
      const known = signIn.kind === 'link' ? authenticateBySession(request, origin, from, signIn.sessions) : null;
      return (
        known ?? {
          kind: 'signed-out',
          reply: problemReply(
            401,
            signIn.kind === 'proxy' ? 'proxy-sign-in-needed' : 'sign-in-needed',
            SIGN_IN_HINTS[signIn.kind],
            { 'WWW-Authenticate': 'Bearer' },
          ),
        }
      );
    },
    signIn(request, from, text) {
      if (signIn.kind !== 'link') return problemReply(404, 'no-sign-in', 'This console has no sign-in of its own.');
      const origin = resolveClient(request, from, isTrustedProxy);
      const body = requestSchemas['POST signIn'].safeParse(readJson(text));
      const known = body.success ? signIn.links.redeem(body.data.token) : null;
      if (known === null || typeof known === 'string') {
        const hash = secrets.hash(body.success ? body.data.token : text);
        return failureReply(hash, from, linkRefusal(known));
      }
      const before = readSessionCookie(request, origin, basePath);
      if (before !== null) signIn.sessions.end(before);
      const key = signIn.sessions.begin(known);
      signIn.onLinkUsed();
      return new Response(null, { status: 204, headers: { 'Set-Cookie': sessionCookie(key, origin, basePath) } });
    },
    signOut(request, from) {
      if (signIn.kind !== 'link') return problemReply(404, 'no-sign-in', 'This console has no sign-in of its own.');
      const origin = resolveClient(request, from, isTrustedProxy);
      const key = readSessionCookie(request, origin, basePath);
      if (key !== null) signIn.sessions.end(key);
      return new Response(null, { status: 204, headers: { 'Set-Cookie': clearedSessionCookie(origin, basePath) } });
    },
  };
}

function linkRefusal(why: SpentLink | null): Response {
  switch (why) {
    case 'used':
      return problemReply(401, 'link-used', 'This sign-in link was used before. Each works once.');
    case 'expired':
      return problemReply(401, 'link-expired', 'This sign-in link is too old. Each works for 15 minutes.');
    case null:
      return problemReply(401, 'link-unknown', 'This is no sign-in link of this console, or a very old one.');
  }
}

const SIGN_IN_HINTS = {
  link: 'Sign in first: open a sign-in link, as the console printed it at its start, or send a token in the header Authorization: Bearer.',
  proxy: 'Sign in first: come by the proxy that signs people in, or send a token in the header Authorization: Bearer.',
} as const;

/** Whether a socket's address is of this machine itself. */
function isLoopbackAddress(address: string): boolean {
  return isLoopbackName(normalizeAddress(address));
}

function refuse(code: ProblemCode, detail: string): AuthenticationResult {
  return { kind: 'refused', reply: problemReply(403, code, detail) };
}

function tooManyAttempts(seconds: number): Response {
  return problemReply(
    429,
    'too-often',
    `This token or link is wrong, however often it is sent. Wait ${String(seconds)} seconds.`,
    {
      'Retry-After': String(seconds),
    },
  );
}
