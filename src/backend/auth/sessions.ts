import type { Clock } from '../../clock.ts';
import type { Grant } from './authenticator.ts';
import type { Secrets } from './secrets.ts';

/** Session time-outs, ms: `idle` without activity, `absolute` in any case. */
export interface SessionTimes {
  readonly idle: number;
  readonly absolute: number;
}

/** A name and its grant. */
export interface Identity {
  readonly name: string;
  readonly grant: Grant;
}

/** The sessions of people who signed in by a link. Only hashes of their keys are kept, and only in memory. */
export interface Sessions {
  /** Begins a session; returns its key, for the cookie. */
  begin(known: Identity): string;
  /** The identity of a session's key; null when it is unknown or expired. `isActive`: the person is active, which restarts the idle time-out. */
  find(key: string, isActive: boolean): Identity | null;
  end(key: string): void;
}

/** Sessions at once; one more ends the oldest. */
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
