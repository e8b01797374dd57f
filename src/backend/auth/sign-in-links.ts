import type { Clock } from '../../clock.ts';
import { hashesEqual, type Secrets } from './secrets.ts';
import type { Identity } from './sessions.ts';

/** How long a sign-in link may be used, ms. */
export const LINK_LIFETIME = 15 * 60_000;

/** Why a link that was one signs nobody in any more. */
export type SpentLink = 'used' | 'expired';

/** How many spent links are remembered, so that opening one again says whether it was used or expired. */
const MAX_SPENT = 1_000;

/** One-time sign-in links. */
export interface SignInLinks {
  /** Creates a link; returns its token, for the URL's fragment. */
  create(known: Identity): string;
  /** Redeems a link's token, once; else why not, or null when it is not known ever to have been one. */
  redeem(token: string): Identity | SpentLink | null;
}

/** `others`: redeems a link that was created elsewhere (on the command line), by its hash. */
export function createSignInLinks(parts: {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly others: (hash: string) => Identity | 'expired' | null;
}): SignInLinks {
  const { clock, secrets, others } = parts;
  // Each maps a hash to how its link ended, the oldest first.
  const spent = new Map<string, SpentLink>();
  const remember = (hash: string, why: SpentLink) => {
    spent.set(hash, why);
    const [oldest] = spent.keys();
    if (spent.size > MAX_SPENT && oldest !== undefined) spent.delete(oldest);
  };
  let links: readonly { readonly hash: string; readonly known: Identity; readonly until: number }[] = [];

  return {
    create(known) {
      const token = secrets.random();
      links = [...links, { hash: secrets.hash(token), known, until: clock.now() + LINK_LIFETIME }];
      return token;
    },
    redeem(token) {
      const hash = secrets.hash(token);
      for (const link of links) if (clock.now() >= link.until) remember(link.hash, 'expired');
      links = links.filter(({ until }) => clock.now() < until);
      const found = links.find((link) => hashesEqual(link.hash, hash));
      links = links.filter((link) => link !== found);
      // The token has 256 random bits, so its sender held the link, and may know how it ended.
      const redeemed = found?.known ?? spent.get(hash) ?? others(hash);
      if (redeemed !== null && typeof redeemed !== 'string') remember(hash, 'used');
      if (redeemed === 'expired') remember(hash, 'expired');
      return redeemed;
    },
  };
}
