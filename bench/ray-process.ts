import { createHttpServer } from '../src/server/http/http-server.ts';
import { listen } from '../src/server/http/listen.ts';
import type { FetchHandler } from '../src/fetch-handler.ts';
import { createSystemClock } from '../src/server/system-clock.ts';
import { createSimulator } from '../src/simulator/simulator.ts';
import { withRayPage } from './ray-page.ts';

/**
 * Simulated Rays in a process of their own, so that their cost is not measured as the console's. `/bench/calls` returns the call counts
 * of one. The arguments: how many, `kept` for Rays that write a reply only once while nothing changes, so that many of them cost the
 * machine little, and the folder of Ray's own page, if they serve it as well.
 */
const [count = '1', kept = '', pageFolder] = process.argv.slice(2);

/** How old a kept reply may be after a change, ms: as old as the cache of a Ray would let it be. */
const KEPT_MS = 10_000;

/** Answers reads from what was answered before, whatever makes a query unique. `changed`: since when it is out of date. */
function keepReplies(ray: FetchHandler, changedAt: () => number): FetchHandler {
  const replies = new Map<
    string,
    { readonly at: number; readonly status: number; readonly type: string; readonly bytes: ArrayBuffer }
  >();
  return async (request) => {
    if (request.method !== 'GET') return ray(request);
    const url = new URL(request.url);
    url.searchParams.delete('t');
    const key = url.pathname + url.search;
    const now = Date.now();
    const before = replies.get(key);
    const isGood = before !== undefined && (before.at > changedAt() || now - before.at < KEPT_MS);
    const answer = async () => {
      const reply = await ray(request);
      const type = reply.headers.get('Content-Type') ?? '';
      const made = { at: now, status: reply.status, type, bytes: await reply.arrayBuffer() };
      replies.set(key, made);
      return made;
    };
    const { status, type, bytes } = isGood ? before : await answer();
    return new Response(bytes, { status, headers: { 'Content-Type': type } });
  };
}

async function serveRay(): Promise<number> {
  const simulator = createSimulator({ seed: 1, clock: createSystemClock(), scenario: 'head-only' });
  const { control } = simulator;
  let changedAt = 0;
  const api = kept === 'kept' ? keepReplies(simulator.ray, () => changedAt) : simulator.ray;
  const ray = pageFolder === undefined ? api : withRayPage(pageFolder, api);
  const calls: Record<string, number> = {};
  const server = createHttpServer(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/bench/calls') return Response.json(calls);
    if (request.method !== 'GET') changedAt = Date.now();
    if (pathname.startsWith('/simulator')) return control(request);
    const name = `${request.method} ${pathname}`;
    calls[name] = (calls[name] ?? 0) + 1;
    return ray(request);
  });
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  return listening.port;
}

process.send?.({ ports: await Promise.all(Array.from({ length: Number(count) }, serveRay)) });
// Ends with its parent process.
process.on('disconnect', () => process.exit(0));
