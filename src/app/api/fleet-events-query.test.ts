import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { EVENT_RETENTION, MAX_EVENTS, type FleetEvent, type RecentEvents } from '../../contract/recent-events.ts';
import type { Api } from './client.ts';
import { fleetEventsQuery } from './fleet-events-query.ts';

const created = (n: number, at = n): FleetEvent => ({ kind: 'cluster-created', n, at, clusterId: `team-${String(n)}` });
const numbers = (read: RecentEvents) => read.happenings.map(({ n }) => n);

/** A back end that has these events, and notes after which one it was asked. */
function createBackend(events: FleetEvent[]) {
  const backend = { epoch: 'a', events, asked: [] as number[] };
  const fleetEvents = (since: number): Promise<RecentEvents> => {
    backend.asked.push(since);
    const { epoch, events: all } = backend;
    return Promise.resolve({ epoch, last: all.length, happenings: all.filter(({ n }) => n > since) });
  };
  const client = new QueryClient();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The query uses nothing else of it.
  const api = { fleetEvents } as Partial<Api> as Api;
  return { backend, read: (epoch: string, last: number) => client.fetchQuery(fleetEventsQuery(api, epoch, last)) };
}

describe('the latest events of the fleet', () => {
  it('are asked for from the newest known one on', async () => {
    const { backend, read } = createBackend([created(1), created(2)]);
    expect(numbers(await read('a', 2))).toEqual([1, 2]);
    backend.events.push(created(3), created(4));
    expect(numbers(await read('a', 4))).toEqual([1, 2, 3, 4]);
    backend.events.push(created(5));
    expect(await read('a', 5)).toEqual({ epoch: 'a', last: 5, happenings: backend.events });
    expect(backend.asked).toEqual([0, 2, 4]);
  });

  it('are read anew when the console has started again, also while the page does not know that', async () => {
    const { backend, read } = createBackend([created(1), created(2)]);
    await read('a', 2);
    Object.assign(backend, { epoch: 'b', events: [created(1, 11), created(2, 12), created(3, 13)] });
    expect(await read('a', 3)).toEqual({ epoch: 'b', last: 3, happenings: backend.events });
    expect(backend.asked).toEqual([0, 2, 0]);
    expect(await read('b', 3)).toEqual({ epoch: 'b', last: 3, happenings: backend.events });
  });

  it('are kept as long, and as many of them, as the back end keeps them', async () => {
    const { backend, read } = createBackend([created(1, 0), created(2, 1)]);
    await read('a', 2);
    backend.events.push(created(3, EVENT_RETENTION));
    expect(numbers(await read('a', 3))).toEqual([2, 3]);
    backend.events.push(...Array.from({ length: MAX_EVENTS }, (_, index) => created(4 + index, EVENT_RETENTION)));
    expect(numbers(await read('a', 3 + MAX_EVENTS))).toEqual(backend.events.slice(-MAX_EVENTS).map(({ n }) => n));
  });
});
