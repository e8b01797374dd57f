import type { Clock } from '../../clock.ts';
import type { Grant } from './authenticator.ts';
import type { Secrets } from './secrets.ts';

/** How long a session lasts, ms: without anything done in it, and at most. */
export interface SessionTimes {
  readonly idle: number;
  readonly absolute: number;
}

/** Who is in, and what they were granted. */
export interface Identity {
  readonly name: string;
  readonly grant: Grant;
}

/** The sessions of people who signed in by a link. Only hashes of their keys are kept, and only in memory. */
export interface Sessions {
  /** Begins one; its key, for the cookie. */
  begin(known: Identity): string;
  /** Whose session this is the key of; null when there is none any more. `isActive`: somebody does something, so it isn't idle. */
  find(key: string, isActive: boolean): Identity | null;
  end(key: string): void;
}

/** The most sessions at once; one more ends the oldest. */
const MAX_SESSIONS = 1_000;

export function createSessions({
  clock,
  secrets,
  times,
}: {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly times: SessionTimes;
}): Sessions {
  const sessions = new Map<string, { readonly known: Identity; readonly began: number; lastActive: number }>();

  return {
    begin(known) {
      const key = secrets.random();
      const now = clock.now();
      const oldest = sessions.keys().next();
      if (sessions.size >= MAX_SESSIONS && oldest.done !== true) sessions.delete(oldest.value);
      sessions.set(secrets.hash(key), { known, began: now, lastActive: now });
      return key;
    },
    find(key, isActive) {
      const hash = secrets.hash(key);
      const session = sessions.get(hash);
      if (session === undefined) return null;
      const now = clock.now();
      if (now - session.began >= times.absolute || now - session.lastActive >= times.idle) {
        sessions.delete(hash);
        return null;
      }
      if (isActive) session.lastActive = now;
      return session.known;
    },
    end(key) {
      sessions.delete(secrets.hash(key));
    },
  };
}
