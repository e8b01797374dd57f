import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { denialReason } from './denial-reason.ts';
import type { Session } from '../../contract/session.ts';
import { signedOut, type SignedOut } from './api-error.ts';
import { connectConsole, type Console, type ConsoleParts } from './connect-console.ts';
import { fleetQuery } from './fleet-query.ts';
import type { Connection } from './live-updates.ts';
import type { PageFleet } from './page-fleet.ts';
import { sessionQuery } from './queries.ts';

const ConsoleContext = createContext<Console | null>(null);

/** Connects the page to its back end, and keeps the fleet current while mounted. */
export function ConsoleProvider({
  parts,
  isLive = true,
  children,
}: {
  readonly parts: ConsoleParts;
  /** Whether there is a fleet to keep current; left out: there is. */
  readonly isLive?: boolean;
  readonly children: ReactNode;
}) {
  const client = useQueryClient();
  const value = useMemo(() => connectConsole(parts, client), [parts, client]);
  useEffect(() => (isLive ? value.live.start() : undefined), [value, isLive]);
  return <ConsoleContext value={value}>{children}</ConsoleContext>;
}

export function useConsole(): Console {
  const value = use(ConsoleContext);
  if (value === null) throw new Error('useConsole outside of ConsoleProvider');
  return value;
}

/**
 * The fleet; null before the first answer. It keeps its identity while only ages change: `now`, `receivedAt` and each
 * `readAt` are as of the last real change. For current ages use `useAtServerTime` and `useFreshness`.
 */
export function useFleet(): { readonly fleet: PageFleet | null; readonly error: Error | null } {
  const { api, clock, stabilizeFleet } = useConsole();
  const client = useQueryClient();
  const { data, error } = useQuery({ ...fleetQuery(api, clock, client), select: stabilizeFleet });
  return { fleet: data ?? null, error };
}

/** How to sign in, while the back end asks for that; null while it knows who this is. It stands while that is asked again. */
export function useSignedOut(): SignedOut | null {
  const { api } = useConsole();
  const { error, isPending } = useQuery(sessionQuery(api));
  const [known, setKnown] = useState<SignedOut | null>(null);
  // A query without data forgets its error when it starts again: the form would unmount, and come back without what was pasted.
  const current = isPending ? known : signedOut(error);
  if (current !== known) setKnown(current);
  return current;
}

export function useSession(): Session | null {
  const { api } = useConsole();
  return useQuery(sessionQuery(api)).data ?? null;
}

/** Returns why the user may not change a virtual cluster; null when they may, and before the session is known. */
export function useDenialReason(): (clusterId: string) => string | null {
  const session = useSession();
  return (clusterId) => (session === null ? null : denialReason(session, clusterId));
}

export function useConnection(): Connection {
  const { live } = useConsole();
  return useSyncExternalStore(live.subscribe, live.connection);
}

/**
 * A value computed from the back end's time (milliseconds since 1970), evaluated every `everyMs`. The component renders
 * again only when the value changes.
 */
export function useAtServerTime<T extends string | number | boolean>(everyMs: number, compute: (now: number) => T): T {
  const { time } = useConsole();
  const subscribe = useCallback((callBack: () => void) => time.every(everyMs, callBack), [time, everyMs]);
  return useSyncExternalStore(subscribe, () => compute(time.now()));
}
