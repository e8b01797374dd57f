import type { Authenticator } from '../../backend/auth/authenticator.ts';
import { createSessions } from '../../backend/auth/sessions.ts';
import { createSignInLinks } from '../../backend/auth/sign-in-links.ts';
import { createAuthenticator, type SignInMethod } from '../../backend/auth/sign-in-authenticator.ts';
import type { Clock } from '../../clock.ts';
import type { AccessPaths } from './access-paths.ts';
import { redeemLink } from './link-folder.ts';
import { nodeSecrets } from './node-secrets.ts';
import type { Options } from '../cli/options.ts';
import { createTokenLookup } from './token-file.ts';
import { createProxyMatcher } from './trusted-proxies.ts';

/** Access as it was asked for. */
export interface ConsoleAuthentication {
  readonly authenticator: Authenticator;
  /** Makes the token of another sign-in link for an administrator; null where nobody signs in by one. */
  readonly newLink: (() => string) | null;
}

/** `place`: where tokens and links are kept; null where nothing is. `onLinkUsed`: somebody signed in by a link. */
export function createConsoleAuthentication(
  options: Pick<Options, 'access' | 'readOnly' | 'basePath'>,
  parts: { readonly place: AccessPaths | null; readonly clock: Clock; readonly onUsed: () => void },
): ConsoleAuthentication {
  const { readOnly, basePath } = options;
  const { place, clock, onUsed } = parts;
  const asked = options.access.signIn;
  const others = (hash: string) => (place === null ? null : redeemLink(place.links, hash, clock));
  const links = createSignInLinks({ clock, secrets: nodeSecrets, others });
  const signIn: SignInMethod =
    asked.kind === 'link'
      ? {
          kind: 'link',
          sessions: createSessions({ clock, secrets: nodeSecrets, times: asked.times }),
          links,
          onLinkUsed: onUsed,
        }
      : asked;
  const access = createAuthenticator({
    readOnly,
    signIn,
    isTrustedProxy: createProxyMatcher(options.access.trustedProxies),
    findToken: place === null ? () => null : createTokenLookup({ file: place.tokens, clock }),
    secrets: nodeSecrets,
    clock,
    basePath,
  });
  const newLink = () => links.create({ name: 'administrator', grant: { role: 'operator', clusters: null } });
  return { authenticator: access, newLink: asked.kind === 'link' ? newLink : null };
}
