import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { SaveChange } from '../../../domain/change.ts';
import { useConsole } from '../../api/console.tsx';
import { cachedFleet, refreshClusterUsers } from '../../api/fleet-query.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import { JOB_CHECK_TIMEOUT_MS, mayKillJobs } from './pre-send-check.ts';

/** Reads the running jobs again just before a save that may kill some. One save at a time; leaving the editor cancels it. */
export function useJobCheck(fleet: PageFleet) {
  const { api, clock } = useConsole();
  const client = useQueryClient();
  const [isLooking, setIsLooking] = useState(false);
  // For handlers that run twice before the next render, as on a double click.
  const current = useRef<AbortController | null>(null);

  // A check that ends later calls nothing.
  useEffect(
    () => () => {
      current.current?.abort();
      current.current = null;
    },
    [],
  );

  return {
    isLooking,
    /** Calls `next` with the newest fleet; at once for a save that kills no jobs. `looked`: whether its jobs were read for it. */
    async check(save: SaveChange, next: (now: PageFleet, looked: boolean) => void): Promise<void> {
      if (current.current !== null) return;
      if (!mayKillJobs(save, fleet.clusters.get(save.clusterId) ?? null)) return next(fleet, true);
      const look = new AbortController();
      current.current = look;
      setIsLooking(true);
      const cancel = clock.after(JOB_CHECK_TIMEOUT_MS, () => look.abort());
      const refreshed = await refreshClusterUsers(api, clock, client, look.signal);
      cancel();
      if (current.current !== look) return;
      current.current = null;
      setIsLooking(false);
      next(refreshed ?? cachedFleet(client) ?? fleet, refreshed !== null);
    },
  };
}
