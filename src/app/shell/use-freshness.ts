import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { useConnection, useConsole } from '../api/console.tsx';
import { heldFleet } from '../api/queries.ts';
import { useSignedOut } from '../session/use-sign-in.ts';
import { freshnessOf, keepFreshness, saidFor, type Freshness } from './freshness-of.ts';

/** How true the screen is now: another object only when that is said otherwise. */
export function useFreshness(): Freshness {
  const { time } = useConsole();
  const client = useQueryClient();
  const connection = useConnection();
  const isSignedOut = useSignedOut() !== null;
  const [keep] = useState(keepFreshness);
  const now = useCallback(() => {
    const at = time.now();
    return keep(freshnessOf(heldFleet(client), connection, at), at);
  }, [keep, client, connection, time]);
  const subscribe = useCallback(
    (callBack: () => void) => {
      // A newer reading makes it truer at once; time makes it less true, and only the time since the newest counts.
      const look = () =>
        time.after(() => saidFor(now(), time.now(), heldFleet(client)?.sources.list.readAt ?? null), callBack);
      let stopLooking = look();
      const stopHearing = client.getQueryCache().subscribe(({ type, query }) => {
        if (type !== 'updated' || query.state.data !== heldFleet(client)) return;
        callBack();
        stopLooking();
        stopLooking = look();
      });
      return () => {
        stopHearing();
        stopLooking();
      };
    },
    [time, now, client],
  );
  const freshness = useSyncExternalStore(subscribe, now);
  return isSignedOut ? SIGNED_OUT : freshness;
}

const SIGNED_OUT: Freshness = { kind: 'signed-out' };
