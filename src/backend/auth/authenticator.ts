import type { Rights } from '../../domain/change-policy.ts';
import type { AuthMethod } from '../../contract/auth-method.ts';
import { problemReply } from '../web/problem-reply.ts';
import { LOCAL_PERSON } from '../../contract/auth-method.ts';

/** The authenticated sender of a request, and their rights. */
export interface Principal extends Rights {
  /** Their name in the journal. */
  readonly name: string;
  /** Their address: the socket's, or the one that a trusted proxy reports. */
  readonly address: string;
  readonly authMethod: AuthMethod;
  /** Whether their credentials are still valid; their streams end when they are not. */
  isStillValid(): boolean;
}

/** One text for each principal: the same name by another way of authentication is somebody else. */
export function principalKey({ authMethod, name }: Pick<Principal, 'authMethod' | 'name'>): string {
  return `${authMethod} ${name}`;
}

/** The other end of a request's socket. `secure`: over TLS. */
export interface Peer {
  readonly address: string;
  readonly secure: boolean;
  /** The local port; left out when there is no socket. */
  readonly port?: number;
  /** The headers, in lower case, that came in more than one line and were joined; left out when there are none. */
  readonly repeatedHeaders?: readonly string[];
}

/** `signed-out`: no valid credentials · `refused`: not even the page is served. */
export type AuthenticationResult =
  | { readonly kind: 'authenticated'; readonly principal: Principal }
  | { readonly kind: 'signed-out'; readonly reply: Response }
  | { readonly kind: 'refused'; readonly reply: Response };

export interface Authenticator {
  /** Whether the console was started so that nobody may write. */
  readonly readOnly: boolean;
  authenticate(request: Request, from: Peer): AuthenticationResult;
  /** Exchanges the token of a sign-in link, in the request's body, for a session. */
  signIn(request: Request, from: Peer, body: string): Response;
  /** Ends the session that a request belongs to. */
  signOut(request: Request, from: Peer): Response;
}

/** A role and its scope. `clusters`: patterns of the ids that an operator may change; null for all. */
export interface Grant {
  readonly role: 'viewer' | 'operator';
  readonly clusters: readonly string[] | null;
}

/** The rights of a grant; a read-only console lets nobody write. */
export function rightsOf({ role, clusters }: Grant, readOnly: boolean): Rights {
  if (readOnly)
    return {
      mayWrite: false,
      mayNotWriteBecause: 'This console was started with --read-only.',
      mayNotWriteReason: 'started-read-only',
      clusters: null,
    };
  if (role === 'viewer')
    return {
      mayWrite: false,
      mayNotWriteBecause: 'You are a viewer, so you can look but change nothing.',
      mayNotWriteReason: 'viewer',
      clusters: null,
    };
  return { mayWrite: true, mayNotWriteBecause: null, clusters };
}

/** On a console without sign-in, everybody is this administrator. */
export function localAdministrator(address: string, readOnly: boolean): Principal {
  return {
    name: LOCAL_PERSON,
    address,
    authMethod: 'local',
    isStillValid: () => true,
    ...rightsOf({ role: 'operator', clusters: null }, readOnly),
  };
}

/** Authentication without sign-in: everybody who reaches the console is its administrator. */
export function createLocalAuthenticator({ readOnly }: { readonly readOnly: boolean }): Authenticator {
  return {
    readOnly,
    authenticate: (_request, { address }) => ({
      kind: 'authenticated',
      principal: localAdministrator(address, readOnly),
    }),
    signIn: () => signInUnavailable(),
    signOut: () => signInUnavailable(),
  };
}

function signInUnavailable(): Response {
  return problemReply(404, 'no-sign-in', 'This console asks nobody to sign in.');
}
