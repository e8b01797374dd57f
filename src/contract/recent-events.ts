import * as z from 'zod/mini';
import { time } from './values.ts';

/**
 * Something that happened to the fleet, as two readings of Ray (or a write's reply) told it. Nodes of one template that do
 * the same in one reading are one happening with a count: `nodeIds` names at most five of them. A job cluster's nodes
 * count as those of the virtual cluster (or the free pool) around it. `at`: when the reading arrived.
 */
const nodes = { count: z.number(), nodeIds: z.array(z.string()), templateId: z.nullable(z.string()) };
/** Null: the free pool. */
const holder = z.nullable(z.string());

const fleetEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('died'), n: z.number(), at: time, ...nodes, clusterId: holder }),
  z.object({ kind: z.literal('arrived'), n: z.number(), at: time, ...nodes, clusterId: holder }),
  z.object({ kind: z.literal('left'), n: z.number(), at: time, ...nodes, clusterId: holder }),
  /** Ray put other nodes in the place of dead ones (fact 21): `nodeIds` names the new ones. */
  z.object({ kind: z.literal('replaced'), n: z.number(), at: time, ...nodes, clusterId: holder }),
  z.object({ kind: z.literal('moved'), n: z.number(), at: time, ...nodes, from: holder, to: holder }),
  z.object({ kind: z.literal('cluster-created'), n: z.number(), at: time, clusterId: z.string() }),
  z.object({ kind: z.literal('cluster-deleted'), n: z.number(), at: time, clusterId: z.string() }),
]);
export type FleetEvent = z.infer<typeof fleetEvent>;

/** How long an event is kept, ms, and the most that are kept. */
export const EVENT_RETENTION = 15 * 60_000;
export const MAX_EVENTS = 200;

/** Of events, oldest first, those that are still kept at a time, ms since 1970. */
export function keptEvents(events: readonly FleetEvent[], now: number): FleetEvent[] {
  return events.filter(({ at }) => at > now - EVENT_RETENTION).slice(-MAX_EVENTS);
}

/**
 * `GET /api/lately?since=<n>`: events with a larger number, oldest first. `last`: the newest one's number, which is
 * also in `FleetUpdate.lately`. `epoch`: the fleet's; numbers of another one mean nothing.
 */
export const recentEvents = z.object({ epoch: z.string(), last: z.number(), happenings: z.array(fleetEvent) });
export type RecentEvents = z.infer<typeof recentEvents>;
