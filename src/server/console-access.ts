import type { Access } from '../backend/access.ts';
import { createSessions } from '../backend/sessions.ts';
import { createSignInLinks } from '../backend/sign-in-links.ts';
import { createAccess, type SignIn } from '../backend/signed-access.ts';
import type { Clock } from '../clock.ts';
import type { AccessPlace } from './access-place.ts';
import { takeLink } from './link-folder.ts';
import { nodeSecrets } from './node-secrets.ts';
import type { Options } from './options.ts';
import { createTokenBook } from './token-file.ts';
import { trustedProxies } from './trusted-proxies.ts';

/** Access as it was asked for. */
export interface ConsoleAccess {
  readonly access: Access;
  /** Makes the token of another sign-in link for an administrator; null where nobody signs in by one. */
  readonly newLink: (() => string) | null;
}

/** `place`: where tokens and links are kept; null where nothing is. `onUsed`: somebody signed in by a link. */
export function createConsoleAccess(
  options: Pick<Options, 'access' | 'readOnly' | 'basePath'>,
  parts: { readonly place: AccessPlace | null; readonly clock: Clock; readonly onUsed: () => void },
): ConsoleAccess {
  const { readOnly, basePath } = options;
  const { place, clock, onUsed } = parts;
  const asked = options.access.signIn;
  const others = (hash: string) => (place === null ? null : takeLink(place.links, hash, clock));
  const links = createSignInLinks({ clock, secrets: nodeSecrets, others });
  const signIn: SignIn =
    asked.kind === 'link'
      ? { kind: 'link', sessions: createSessions({ clock, secrets: nodeSecrets, times: asked.times }), links, onUsed }
      : asked;
  const access = createAccess({
    readOnly,
    signIn,
    isTrustedProxy: trustedProxies(options.access.trustedProxies),
    findToken: place === null ? () => null : createTokenBook({ file: place.tokens, clock }),
    secrets: nodeSecrets,
    clock,
    basePath,
  });
  const newLink = () => links.make({ who: 'administrator', grant: { role: 'operator', clusters: null } });
  return { access, newLink: asked.kind === 'link' ? newLink : null };
}
