import { createHttpServer } from '../src/server/http/http-server.ts';
import { listen } from '../src/server/http/listen.ts';
import { createSystemClock } from '../src/server/system-clock.ts';
import { createSimulator } from '../src/simulator/simulator.ts';
import { withRayPage } from './ray-page.ts';

/**
 * Simulated Rays in a process of their own, so that their cost is not measured as the console's. `/bench/calls` returns the call counts
 * of one. The arguments: how many, and the folder of Ray's own page, if they serve it as well.
 */
const [count = '1', pageFolder] = process.argv.slice(2);

async function serveRay(): Promise<number> {
  const simulator = createSimulator({ seed: 1, clock: createSystemClock(), scenario: 'head-only' });
  const { control } = simulator;
  const ray = pageFolder === undefined ? simulator.ray : withRayPage(pageFolder, simulator.ray);
  const calls: Record<string, number> = {};
  const server = createHttpServer(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/bench/calls') return Response.json(calls);
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
