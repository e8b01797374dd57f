import { CancelledError, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { Clock } from '../../clock.ts';
import { denialReason } from '../../contract/rights.ts';
import type { Session } from '../../contract/session.ts';
import { signedOut, type SignedOut } from './api-error.ts';
import type { Api } from './client.ts';
import { createLiveUpdates, type Connection, type LiveUpdates, type LiveUpdatesParts } from './live-updates.ts';
import { createFleetStabilizer, type PageFleet } from './page-fleet.ts';
import { fleetQuery, cachedFleet, sessionQuery, applyFleetUpdate } from './queries.ts';
import { createServerTime, type ServerTime } from './server-time.ts';

/** What every part of the page works with. */
export interface Console {
  readonly api: Api;
  readonly clock: Clock;
  /** Makes UUIDs. */
  readonly ids: () => string;
  readonly live: LiveUpdates;
  readonly time: ServerTime;
  /** The fleet as it newly is, or the one before it while only ages differ. */
  readonly stabilizeFleet: (fleet: PageFleet) => PageFleet;
}

const ConsoleContext = createContext<Console | null>(null);

export interface ConsoleParts {
  readonly api: Api;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly stream: Pick<LiveUpdatesParts, 'openStream' | 'lock' | 'channel' | 'visibility'>;
}

/** Gives the page its back end, and keeps the fleet moving for as long as it is shown. */
export function ConsoleProvider({ parts, children }: { readonly parts: ConsoleParts; readonly children: ReactNode }) {
  const client = useQueryClient();
  const value = useMemo(() => connect(parts, client), [parts, client]);
  useEffect(() => value.live.start(), [value]);
  return <ConsoleContext value={value}>{children}</ConsoleContext>;
}

function connect({ api, clock, ids, stream }: ConsoleParts, client: QueryClient): Console {
  const query = fleetQuery(api, clock, client);
  const live = createLiveUpdates({
    ...stream,
    clock,
    currentVersion: () => cachedFleet(client)?.version ?? null,
    applyUpdate: (update, since) => applyFleetUpdate(client, clock, update, since),
    async fetchUpdates(giveUp) {
      giveUp.addEventListener('abort', () => void client.cancelQueries({ queryKey: query.queryKey }));
      for (;;) {
        try {
          await client.fetchQuery({ ...query, staleTime: 0 });
          return true;
        } catch (error) {
          // A part of the page that goes away takes back a question that it shares with this one: that is no answer.
          if (!(error instanceof CancelledError) || giveUp.aborted) return false;
        }
      }
    },
  });
  const time = createServerTime({ clock, visibility: stream.visibility, told: () => cachedFleet(client) });
  return { api, clock, ids, live, time, stabilizeFleet: createFleetStabilizer() };
}

export function useConsole(): Console {
  const value = use(ConsoleContext);
  if (value === null) throw new Error('useConsole outside of ConsoleProvider');
  return value;
}

/**
 * The fleet; null before the first answer. It is another object only when a fact is another: its ages (`now`, `receivedAt`
 * and each `readAt`) are those of that moment, and `useAtServerTime` and `useFreshness` tell those of now.
 */
export function useFleet(): { readonly fleet: PageFleet | null; readonly error: Error | null } {
  const { api, clock, stabilizeFleet } = useConsole();
  const client = useQueryClient();
  const { data, error } = useQuery({ ...fleetQuery(api, clock, client), select: stabilizeFleet });
  return { fleet: data ?? null, error };
}

/** How to sign in, while the back end asks for that; null while it knows who this is. */
export function useSignedOut(): SignedOut | null {
  const { api } = useConsole();
  return signedOut(useQuery(sessionQuery(api)).error);
}

export function useSession(): Session | null {
  const { api } = useConsole();
  return useQuery(sessionQuery(api)).data ?? null;
}

/** Says of a virtual cluster why it may not be changed by whoever is in; null when it may, and while nobody knows. */
export function useDenialReason(): (clusterId: string) => string | null {
  const session = useSession();
  return (clusterId) => (session === null ? null : denialReason(session, clusterId));
}

export function useConnection(): Connection {
  const { live } = useConsole();
  return useSyncExternalStore(live.subscribe, live.connection);
}

/**
 * What is said of the back end's time (milliseconds since 1970), looked at every so often (ms) and drawn anew only when
 * that says something else.
 */
export function useAtServerTime<T extends string | number | boolean>(everyMs: number, say: (now: number) => T): T {
  const { time } = useConsole();
  const subscribe = useCallback((callBack: () => void) => time.every(everyMs, callBack), [time, everyMs]);
  return useSyncExternalStore(subscribe, () => say(time.now()));
}
