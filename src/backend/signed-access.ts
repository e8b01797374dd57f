import type { Clock } from '../clock.ts';
import { signIn as signInBody } from '../contract/session.ts';
import type { Via } from '../contract/via.ts';
import { localVisitor, rightsOf, type Access, type From, type Recognized, type Visitor } from './access.ts';
import { createFailures } from './failures.ts';
import { isLoopbackName, plainAddress } from './hosts.ts';
import { problemReply } from './problem-reply.ts';
import { grantOfGroups, identityHeaderIn, originOf, proxiedUser, type ProxySignIn } from './proxy.ts';
import { readJson } from './read-json.ts';
import type { Secrets } from './secrets.ts';
import { clearedCookie, cookieOf, sessionCookie } from './session-cookie.ts';
import type { Known, Sessions } from './sessions.ts';
import type { SignInLinks } from './sign-in-links.ts';

/** How people come in: nobody is asked · by a link and then a session · by a proxy that signs them in. */
export type SignIn =
  | { readonly kind: 'none' }
  | { readonly kind: 'link'; readonly sessions: Sessions; readonly links: SignInLinks; readonly onUsed: () => void }
  | { readonly kind: 'proxy'; readonly proxy: ProxySignIn };

/** How long a stream lives before a proxy must let its reader in again, ms. */
const PROXIED_STREAM = 15 * 60_000;

/** Access of people by a way to sign in, and of scripts by their tokens. */
export function createAccess(parts: {
  readonly readOnly: boolean;
  readonly signIn: SignIn;
  readonly isTrustedProxy: (address: string) => boolean;
  /** The script whose token has this hash; null when there is none, or not any more. */
  readonly findToken: (hash: string) => Known | null;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** The path below which the console lives, with `/` at both ends. */
  readonly basePath: string;
}): Access {
  const { readOnly, signIn, isTrustedProxy, findToken, secrets, clock, basePath } = parts;
  const failures = createFailures(clock);
  const proxy = signIn.kind === 'proxy' ? signIn.proxy : null;

  function asVisitor({ who, grant }: Known, address: string, via: Via, isStillIn: () => boolean): Recognized {
    const visitor: Visitor = { who, address, via, isStillIn, ...rightsOf(grant, readOnly) };
    return { kind: 'visitor', visitor };
  }

  function byProxy(request: Request, origin: From, by: ProxySignIn): Recognized | null {
    const named = proxiedUser(request, by);
    if (named === null) return null;
    if (named.kind === 'unclear')
      return refused('user-unclear', `The header ${by.userHeader} does not name one person.`);
    const { user } = named;
    const grant = grantOfGroups(request, by);
    if (grant === null) return refused('no-role', `${user} is in no group that may see this console.`);
    const until = clock.now() + PROXIED_STREAM;
    return asVisitor({ who: user, grant }, origin.address, 'proxy', () => clock.now() < until);
  }

  function byToken(authorization: string, origin: From): Recognized {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1] ?? null;
    const hash = token === null ? null : secrets.hash(token);
    const known = hash === null ? null : findToken(hash);
    if (hash !== null && known !== null)
      return asVisitor(known, origin.address, 'token', () => findToken(hash) !== null);
    const wait = failures.wait(origin.address);
    if (wait !== null) return { kind: 'signed-out', reply: tooOften(wait) };
    failures.note(origin.address);
    const detail = 'The console knows no such token, or not any more.';
    return { kind: 'signed-out', reply: problemReply(401, 'unknown-token', detail, { 'WWW-Authenticate': 'Bearer' }) };
  }

  function bySession(request: Request, origin: From, sessions: Sessions): Recognized | null {
    const key = cookieOf(request, origin, basePath);
    if (key === null) return null;
    // What the page asks by itself, again and again, is nothing that a person does; it says so when one does something.
    const isActive =
      (request.method !== 'GET' && request.method !== 'HEAD') ||
      new URL(request.url).searchParams.get('active') === '1';
    const known = sessions.find(key, isActive);
    return known === null ? null : asVisitor(known, origin.address, 'link', () => sessions.find(key, false) !== null);
  }

  return {
    readOnly,
    recognize(request, from) {
      const origin = originOf(request, from, isTrustedProxy);
      if (!origin.secure && !origin.isProxy && !isThisMachine(from.address)) {
        return refused(
          'not-encrypted',
          'From another machine the console answers over TLS alone, or by the proxy before it.',
        );
      }
      const header = identityHeaderIn(request, proxy);
      if (header !== null && !(origin.isProxy && proxy !== null)) {
        return refused(
          'proxy-not-trusted',
          `The header ${header} says who somebody is, and comes from where the console trusts nobody to say so.`,
        );
      }
      const proxied = proxy !== null && origin.isProxy ? byProxy(request, origin, proxy) : null;
      if (proxied !== null) return proxied;
      const authorization = request.headers.get('Authorization');
      if (authorization !== null) return byToken(authorization, origin);
      if (signIn.kind === 'none') return { kind: 'visitor', visitor: localVisitor(origin.address, readOnly) };
      const known = signIn.kind === 'link' ? bySession(request, origin, signIn.sessions) : null;
      return (
        known ?? {
          kind: 'signed-out',
          reply: problemReply(
            401,
            signIn.kind === 'proxy' ? 'proxy-sign-in-needed' : 'sign-in-needed',
            HOW[signIn.kind],
            { 'WWW-Authenticate': 'Bearer' },
          ),
        }
      );
    },
    signIn(request, from, text) {
      if (signIn.kind !== 'link') return problemReply(404, 'no-sign-in', 'This console has no sign-in of its own.');
      const origin = originOf(request, from, isTrustedProxy);
      const wait = failures.wait(origin.address);
      if (wait !== null) return tooOften(wait);
      const body = signInBody.safeParse(readJson(text));
      const known = body.success ? signIn.links.take(body.data.token) : null;
      if (known === null) {
        failures.note(origin.address);
        return problemReply(401, 'link-unknown', 'This sign-in link was used before, or is too old, or was never one.');
      }
      const before = cookieOf(request, origin, basePath);
      if (before !== null) signIn.sessions.end(before);
      const key = signIn.sessions.begin(known);
      signIn.onUsed();
      return new Response(null, { status: 204, headers: { 'Set-Cookie': sessionCookie(key, origin, basePath) } });
    },
    signOut(request, from) {
      if (signIn.kind !== 'link') return problemReply(404, 'no-sign-in', 'This console has no sign-in of its own.');
      const origin = originOf(request, from, isTrustedProxy);
      const key = cookieOf(request, origin, basePath);
      if (key !== null) signIn.sessions.end(key);
      return new Response(null, { status: 204, headers: { 'Set-Cookie': clearedCookie(origin, basePath) } });
    },
  };
}

const HOW = {
  link: 'Sign in first: open a sign-in link, as the console printed it at its start, or send a token in the header Authorization: Bearer.',
  proxy: 'Sign in first: come by the proxy that signs people in, or send a token in the header Authorization: Bearer.',
} as const;

/** Whether a socket's address is of this machine itself. */
function isThisMachine(address: string): boolean {
  return isLoopbackName(plainAddress(address));
}

function refused(code: string, detail: string): Recognized {
  return { kind: 'refused', reply: problemReply(403, code, detail) };
}

function tooOften(seconds: number): Response {
  return problemReply(429, 'too-often', `Too many wrong attempts. Try again in ${String(seconds)} seconds.`, {
    'Retry-After': String(seconds),
  });
}
