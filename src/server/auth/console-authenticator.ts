import type { Authenticator, Peer } from '../../backend/auth/authenticator.ts';
import type { TokenGrant } from '../../backend/auth/author-right.ts';
import { createSessions } from '../../backend/auth/sessions.ts';
import { createSignInLinks } from '../../backend/auth/sign-in-links.ts';
import { createAuthenticator, type SignInMethod } from '../../backend/auth/sign-in-authenticator.ts';
import type { Clock } from '../../clock.ts';
import type { AccessPaths } from './access-paths.ts';
import { redeemLink } from './link-folder.ts';
import { nodeSecrets } from './node-secrets.ts';
import type { AccessOptions } from './sign-in-options.ts';
import { createTokenGrants, createTokenLookup } from './token-lookup.ts';
import { createProxyMatcher } from './trusted-proxies.ts';

/** The console's authenticator, with what the command line needs of it. */
export interface ConsoleAuthentication {
  readonly authenticator: Authenticator;
  /** Makes the token of another sign-in link for an administrator; null unless people sign in by link. */
  readonly newLink: (() => string) | null;
  /** What a token may do now. */
  readonly tokenGrant: TokenGrant;
}

/**
 * `paths`: the files of tokens and links; null to keep neither. `onLinkUsed`: called after a sign-in by link. `onFailure`: called
 * for each wrong token or link, as for the authenticator.
 */
export function createConsoleAuthentication(
  options: { readonly access: AccessOptions; readonly readOnly: boolean; readonly basePath: string },
  parts: {
    readonly paths: AccessPaths | null;
    readonly clock: Clock;
    readonly onLinkUsed: () => void;
    readonly onFailure: (from: Peer, report: number | null) => void;
  },
): ConsoleAuthentication {
  const { readOnly, basePath } = options;
  const { paths, clock, onLinkUsed, onFailure } = parts;
  const method = options.access.signIn;
  const others = (hash: string) => (paths === null ? null : redeemLink(paths.links, hash, clock));
  const links = createSignInLinks({ clock, secrets: nodeSecrets, others });
  const signIn: SignInMethod =
    method.kind === 'link'
      ? {
          kind: 'link',
          sessions: createSessions({ clock, secrets: nodeSecrets, times: method.times }),
          links,
          onLinkUsed,
        }
      : method;
  const authenticator = createAuthenticator({
    readOnly,
    signIn,
    isTrustedProxy: createProxyMatcher(options.access.trustedProxies),
    findToken: paths === null ? () => null : createTokenLookup({ file: paths.tokens, clock }),
    secrets: nodeSecrets,
    clock,
    basePath,
    onFailure,
  });
  const newLink = () => links.create({ name: 'administrator', grant: { role: 'operator', clusters: null } });
  const tokenGrant = paths === null ? () => null : createTokenGrants({ file: paths.tokens, clock });
  return { authenticator, newLink: method.kind === 'link' ? newLink : null, tokenGrant };
}
