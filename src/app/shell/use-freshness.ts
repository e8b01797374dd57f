import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { useConnection, useConsole, useFleet } from '../api/console.tsx';
import { heldFleet } from '../api/queries.ts';
import { freshnessOf, keepFreshness, saidFor, type Freshness } from './freshness-of.ts';

/** How true the screen is now: another object only when that is said otherwise. */
export function useFreshness(): Freshness {
  const { time } = useConsole();
  const client = useQueryClient();
  const connection = useConnection();
  // A failure is said at once, not at the next look.
  useFleet();
  const [keep] = useState(keepFreshness);
  const now = useCallback(() => keep(freshnessOf(heldFleet(client), connection, time.now())), [keep, client, connection, time]);
  const subscribe = useCallback(
    (callBack: () => void) => time.after(() => saidFor(now(), time.now(), heldFleet(client)?.sources.list.readAt ?? null), callBack),
    [time, now, client],
  );
  return useSyncExternalStore(subscribe, now);
}
