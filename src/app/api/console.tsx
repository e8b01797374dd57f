import { CancelledError, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Clock } from '../../clock.ts';
import type { Session } from '../../contract/session.ts';
import type { Api } from './client.ts';
import { createLive, type Connection, type Live, type LiveParts } from './live.ts';
import type { PageFleet } from './page-fleet.ts';
import { fleetQuery, heldFleet, sessionQuery, takeUpdate } from './queries.ts';

/** What every part of the page works with. */
export interface Console {
  readonly api: Api;
  readonly clock: Clock;
  /** Makes UUIDs. */
  readonly ids: () => string;
  readonly live: Live;
}

const ConsoleContext = createContext<Console | null>(null);

export interface ConsoleParts {
  readonly api: Api;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly stream: Pick<LiveParts, 'openStream' | 'lock' | 'channel' | 'visibility'>;
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
  const live = createLive({
    ...stream,
    clock,
    version: () => heldFleet(client)?.version ?? null,
    take: (update, since) => takeUpdate(client, clock, update, since),
    async ask(giveUp) {
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
  return { api, clock, ids, live };
}

export function useConsole(): Console {
  const value = use(ConsoleContext);
  if (value === null) throw new Error('useConsole outside of ConsoleProvider');
  return value;
}

/** The fleet; null before the first answer. */
export function useFleet(): { readonly fleet: PageFleet | null; readonly error: Error | null } {
  const { api, clock } = useConsole();
  const client = useQueryClient();
  const { data, error } = useQuery(fleetQuery(api, clock, client));
  return { fleet: data ?? null, error };
}

export function useSession(): Session | null {
  const { api } = useConsole();
  return useQuery(sessionQuery(api)).data ?? null;
}

export function useConnection(): Connection {
  const { live } = useConsole();
  return useSyncExternalStore(live.subscribe, live.connection);
}

/** The back end's time, milliseconds since 1970, told anew every so often: what ages are counted by. */
export function useServerNow(everyMs: number): number {
  const { clock } = useConsole();
  const { fleet } = useFleet();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let cancel: () => void = () => undefined;
    const tick = () => {
      setNow(clock.now());
      cancel = clock.after(everyMs, tick);
    };
    cancel = clock.after(everyMs, tick);
    return () => cancel();
  }, [clock, everyMs]);
  if (fleet === null) return now;
  return fleet.now + Math.max(0, now - fleet.receivedAt);
}
