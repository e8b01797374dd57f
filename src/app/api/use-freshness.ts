import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { useConnection, useConsole, useSignedOut } from './console.tsx';
import { cachedFleet } from './fleet-query.ts';
import { freshnessOf, msUntilNextFreshness, type Freshness } from './freshness.ts';
import { createFreshnessSmoother } from './freshness-smoother.ts';

/** How current the screen is now. It keeps its identity while what is shown stays the same. */
export function useFreshness(): Freshness {
  const { time } = useConsole();
  const client = useQueryClient();
  const connection = useConnection();
  const isSignedOut = useSignedOut() !== null;
  const [smooth] = useState(createFreshnessSmoother);
  const now = useCallback(() => {
    const at = time.now();
    return smooth(freshnessOf(cachedFleet(client), connection, at), at);
  }, [smooth, client, connection, time]);
  const subscribe = useCallback(
    (callBack: () => void) => {
      // A new reading counts at once; after it only the passing of time changes the freshness.
      const scheduleNext = () =>
        time.after(() => msUntilNextFreshness(time.now(), cachedFleet(client)?.sources.list.readAt ?? null), callBack);
      let cancelNext = scheduleNext();
      const unsubscribeCache = client.getQueryCache().subscribe(({ type, query }) => {
        if (type !== 'updated' || query.state.data !== cachedFleet(client)) return;
        callBack();
        cancelNext();
        cancelNext = scheduleNext();
      });
      return () => {
        unsubscribeCache();
        cancelNext();
      };
    },
    [time, client],
  );
  const freshness = useSyncExternalStore(subscribe, now);
  return isSignedOut ? SIGNED_OUT_FRESHNESS : freshness;
}

const SIGNED_OUT_FRESHNESS: Freshness = { kind: 'signed-out' };
