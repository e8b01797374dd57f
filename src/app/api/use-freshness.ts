import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { useConnection, useConsole, useSignedOut } from './console.tsx';
import { cachedFleet } from './queries.ts';
import { freshnessOf, createFreshnessSmoother, msUntilNextFreshness, type Freshness } from './freshness.ts';

/** How true the screen is now: another object only when that is said otherwise. */
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
      // A newer reading makes it truer at once; time makes it less true, and only the time since the newest counts.
      const scheduleNext = () =>
        time.after(
          () => msUntilNextFreshness(now(), time.now(), cachedFleet(client)?.sources.list.readAt ?? null),
          callBack,
        );
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
    [time, now, client],
  );
  const freshness = useSyncExternalStore(subscribe, now);
  return isSignedOut ? SIGNED_OUT_FRESHNESS : freshness;
}

const SIGNED_OUT_FRESHNESS: Freshness = { kind: 'signed-out' };
