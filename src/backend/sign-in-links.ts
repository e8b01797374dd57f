import type { Clock } from '../clock.ts';
import { sameHash, type Secrets } from './secrets.ts';
import type { Known } from './sessions.ts';

/** How long a sign-in link may be used, ms. */
export const LINK_LASTS = 15 * 60_000;

/** Sign-in links: each signs one person in, once. */
export interface SignInLinks {
  /** Makes one; its token, for the link's fragment. */
  make(known: Known): string;
  /** Uses a link up; null when there is no such, or not any more. */
  take(token: string): Known | null;
}

/** `others`: uses up a link that was made elsewhere (on the command line), by its hash. */
export function createSignInLinks(parts: {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly others: (hash: string) => Known | null;
}): SignInLinks {
  const { clock, secrets, others } = parts;
  let links: readonly { readonly hash: string; readonly known: Known; readonly until: number }[] = [];

  return {
    make(known) {
      const token = secrets.random();
      links = [...links, { hash: secrets.hash(token), known, until: clock.now() + LINK_LASTS }];
      return token;
    },
    take(token) {
      const hash = secrets.hash(token);
      links = links.filter(({ until }) => clock.now() < until);
      const found = links.find((link) => sameHash(link.hash, hash));
      if (found === undefined) return others(hash);
      links = links.filter((link) => link !== found);
      return found.known;
    },
  };
}
