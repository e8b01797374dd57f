import { paths } from '../../contract/paths.ts';
import { fleetDenial } from '../../domain/change-policy.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import type { RaySessionMonitor } from '../fleet/ray-session-monitor.ts';
import type { Poller } from '../polling/poller.ts';
import { problemReply } from '../web/problem-reply.ts';
import { forbidden } from './forbidden.ts';
import type { Handler, Handlers } from './handler.ts';

export interface SimulatorRouteParts {
  /** Null over a real Ray. */
  readonly simulator: FetchHandler | null;
  /** Adds a simulated day before the oldest one of usage: its midnight, or null where none may be added. Null: usage is not simulated. */
  readonly addPastDay: (() => Promise<number | null>) | null;
  readonly raySessions: RaySessionMonitor;
  readonly poller: Poller;
}

/** The past of the fleet is the console's to keep, not the simulator's. */
const PAST_DAY = `${paths.simulator}/day`;

/** The simulator and its controls; a control refreshes what the console has read. */
export function createSimulatorRoutes({ simulator, addPastDay, raySessions, poller }: SimulatorRouteParts) {
  const forward: Handler = async (c) => {
    if (simulator === null)
      return problemReply(404, 'not-simulated', 'This console shows a real Ray: there is no simulation.');
    const isWrite = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    const denial = isWrite ? fleetDenial(c.get('principal')) : null;
    if (denial !== null) return forbidden(denial);
    if (c.req.path === PAST_DAY && c.req.method === 'POST') return await pastDay();
    const { method, headers, url } = c.req.raw;
    const reply = await simulator(new Request(url, { method, headers, body: isWrite ? c.env.body : null }));
    const isControl = isWrite && !c.req.path.startsWith(`${paths.simulator}/ray/`);
    // A reset with the same seed repeats the same revisions: to the console it is another Ray.
    if (isControl && reply.ok && c.req.path === `${paths.simulator}/reset`) raySessions.reset();
    if (isControl && reply.ok) poller.refreshAll();
    return reply;
  };
  async function pastDay(): Promise<Response> {
    if (addPastDay === null) return problemReply(404, 'usage-off', 'This console keeps no usage.');
    const from = await addPastDay();
    return from === null
      ? problemReply(409, 'not-kept', 'No earlier day is kept: see --usage-days.')
      : Response.json({ from });
  }
  return {
    'GET simulator': forward,
    'POST simulator': forward,
    'PUT simulator': forward,
    'DELETE simulator': forward,
  } satisfies Partial<Handlers>;
}
