import type { Rights } from '../../contract/rights.ts';
import type { AuthMethod } from '../../contract/auth-method.ts';
import { problemReply } from '../web/problem-reply.ts';

/** Whoever a request comes from, and what they may do. */
export interface Principal extends Rights {
  /** Their name in the journal. */
  readonly name: string;
  /** Where they are, as far as the console can know: behind a trusted proxy, what that one says. */
  readonly address: string;
  readonly authMethod: AuthMethod;
  /** Whether what they came in by still counts: a stream that was opened by it ends when it doesn't. */
  isStillValid(): boolean;
}

/** Where a request came from, as its socket tells. `secure`: over TLS. */
export interface Peer {
  readonly address: string;
  readonly secure: boolean;
  /** The port that it came to; left out where there is no socket. */
  readonly port?: number;
}

/** `signed-out`: nobody is known by this request · `refused`: nothing is served to it. */
export type AuthenticationResult =
  | { readonly kind: 'visitor'; readonly principal: Principal }
  | { readonly kind: 'signed-out'; readonly reply: Response }
  | { readonly kind: 'refused'; readonly reply: Response };

/** Who is asking. */
export interface Authenticator {
  /** Whether the console was started so that nobody may write. */
  readonly readOnly: boolean;
  authenticate(request: Request, from: Peer): AuthenticationResult;
  /** Takes the token of a sign-in link, in a request's body, for a session. */
  signIn(request: Request, from: Peer, body: string): Response;
  /** Ends the session that a request belongs to. */
  signOut(request: Request, from: Peer): Response;
}

/** What somebody was granted. `clusters`: patterns of the ids that an operator may change; null for all. */
export interface Grant {
  readonly role: 'viewer' | 'operator';
  readonly clusters: readonly string[] | null;
}

/** What a grant comes to on a console that may be read-only for everybody. */
export function rightsOf({ role, clusters }: Grant, readOnly: boolean): Rights {
  if (readOnly)
    return { mayWrite: false, mayNotWriteBecause: 'This console was started with --read-only.', clusters: null };
  if (role === 'viewer')
    return {
      mayWrite: false,
      mayNotWriteBecause: 'You are a viewer, so you can look but change nothing.',
      clusters: null,
    };
  return { mayWrite: true, mayNotWriteBecause: null, clusters };
}

/** Whoever comes to a console that asks nobody to sign in is its administrator. */
export function localAdministrator(address: string, readOnly: boolean): Principal {
  return {
    name: 'local administrator',
    address,
    authMethod: 'local',
    isStillValid: () => true,
    ...rightsOf({ role: 'operator', clusters: null }, readOnly),
  };
}

/** Access without sign-in: whoever reaches the console is its administrator. */
export function createLocalAuthenticator({ readOnly }: { readonly readOnly: boolean }): Authenticator {
  return {
    readOnly,
    authenticate: (_request, { address }) => ({ kind: 'visitor', principal: localAdministrator(address, readOnly) }),
    signIn: () => signInUnavailable(),
    signOut: () => signInUnavailable(),
  };
}

function signInUnavailable(): Response {
  return problemReply(404, 'no-sign-in', 'This console asks nobody to sign in.');
}
