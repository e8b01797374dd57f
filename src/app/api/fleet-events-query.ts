import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { keptEvents, type RecentEvents } from '../../contract/recent-events.ts';
import type { Api } from './client.ts';
import { queryKeys } from './query-keys.ts';

/** The fleet's events of the last minutes, up to the one numbered `last` in this epoch. Those that are known are not asked for again. */
export function fleetEventsQuery(api: Api, epoch: string | null, last: number) {
  return queryOptions({
    queryKey: queryKeys.fleetEvents.upTo(epoch, last),
    async queryFn({ client, signal }) {
      const known = newestKnown(client, epoch);
      const read = await api.fleetEvents(known?.last ?? 0, signal);
      if (known === null) return read;
      // Numbers of another epoch mean nothing: there may be events with smaller ones.
      return read.epoch === known.epoch ? joined(known, read) : api.fleetEvents(0, signal);
    },
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
    enabled: epoch !== null,
  });
}

function newestKnown(client: QueryClient, epoch: string | null): RecentEvents | null {
  const kept = client.getQueriesData<RecentEvents>({ queryKey: queryKeys.fleetEvents.of(epoch) });
  let newest: RecentEvents | null = null;
  for (const [, each] of kept)
    if (each !== undefined && each.epoch === epoch && each.last > (newest?.last ?? -1)) newest = each;
  return newest;
}

/** `read` holds what is newer. It keeps as much as the back end does. */
function joined(known: RecentEvents, read: RecentEvents): RecentEvents {
  const all = [...known.happenings, ...read.happenings];
  return { ...read, happenings: keptEvents(all, all.at(-1)?.at ?? 0) };
}
