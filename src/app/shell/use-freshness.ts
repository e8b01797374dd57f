import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { useConnection, useConsole, useFleet } from '../api/console.tsx';
import { heldFleet } from '../api/queries.ts';
import { freshnessOf, keepFreshness, type Freshness } from './freshness-of.ts';

/** How often it is looked whether the screen is still as true as it says, ms. */
const LOOK = 2_000;

/** How true the screen is now: another object only when that is said otherwise. */
export function useFreshness(): Freshness {
  const { time } = useConsole();
  const client = useQueryClient();
  const connection = useConnection();
  // A failure is said at once, not at the next look.
  useFleet();
  const [keep] = useState(keepFreshness);
  const subscribe = useCallback((callBack: () => void) => time.every(LOOK, callBack), [time]);
  return useSyncExternalStore(subscribe, () => keep(freshnessOf(heldFleet(client), connection, time.now())));
}
