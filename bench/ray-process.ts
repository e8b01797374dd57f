import { createHttpServer } from '../src/server/http/http-server.ts';
import { listen } from '../src/server/http/listen.ts';
import { createSystemClock } from '../src/server/system-clock.ts';
import { createSimulator } from '../src/simulator/simulator.ts';
import { withRayPage } from './ray-page.ts';

/**
 * A simulated Ray in its own process, so that its cost is not measured as the console's. `/bench/calls` returns the call counts.
 * The argument, if any: the folder of Ray's own page, which it then serves as well.
 */
const simulator = createSimulator({ seed: 1, clock: createSystemClock(), scenario: 'head-only' });
const { control } = simulator;
const [pageFolder] = process.argv.slice(2);
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
process.send?.({ port: listening.port });
// Ends with its parent process.
process.on('disconnect', () => process.exit(0));
