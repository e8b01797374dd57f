import type { Clock } from '../../clock.ts';
import { hashesEqual, type Secrets } from './secrets.ts';
import type { Identity } from './sessions.ts';

/** How long a sign-in link may be used, ms. */
export const LINK_LIFETIME = 15 * 60_000;

/** One-time sign-in links. */
export interface SignInLinks {
  /** Creates a link; returns its token, for the URL's fragment. */
  create(known: Identity): string;
  /** Redeems a link's token, once; null when it is unknown, used or expired. */
  redeem(token: string): Identity | null;
}

/** `others`: redeems a link that was created elsewhere (on the command line), by its hash. */
export function createSignInLinks(parts: {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly others: (hash: string) => Identity | null;
}): SignInLinks {
  const { clock, secrets, others } = parts;
  let links: readonly { readonly hash: string; readonly known: Identity; readonly until: number }[] = [];

  return {
    create(known) {
      const token = secrets.random();
      links = [...links, { hash: secrets.hash(token), known, until: clock.now() + LINK_LIFETIME }];
      return token;
    },
    redeem(token) {
      const hash = secrets.hash(token);
      links = links.filter(({ until }) => clock.now() < until);
      const found = links.find((link) => hashesEqual(link.hash, hash));
      if (found === undefined) return others(hash);
      links = links.filter((link) => link !== found);
      return found.known;
    },
  };
}
