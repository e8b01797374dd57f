import type { FetchHandler } from '../fetch-handler.ts';
import { connectionRefused, connectionReset, crashReply, toResponse, type SimReply } from './replies/reply.ts';
import type { Simulation } from './simulation.ts';
import { newerRayTraceback } from './replies/tracebacks.ts';

/** So many reads are remembered for the fault `stale`. */
const MAX_REMEMBERED_READS = 64;

/** Ray behind a connection that can be made to fail. Rejects as a fetch does that got no answer. */
export function createRayHandler(simulation: Simulation): FetchHandler {
  return async (request) => {
    const url = new URL(request.url);
    const { method } = request;
    const path = url.pathname + url.search;
    const body = await request.text();
    request.signal.throwIfAborted();
    if (simulation.isAway) throw connectionRefused();

    const fault = simulation.faults.takeMatching(method, path);
    if (fault === 'loseRequest') throw connectionReset();
    if (fault === 'html') return proxyPage();
    const isRead = method === 'GET' || method === 'HEAD';
    const key = readKey(url);
    if (fault === 'stale' && isRead) {
      const last = simulation.lastReplies.get(key);
      if (last !== undefined) return toResponse(last, method);
    }

    const world = simulation.world();
    const reply = simulation.routes()(world, { method, path, userAgent: request.headers.get('User-Agent'), body });
    if (fault === 'loseReply') throw connectionReset();
    if (fault === 'cut') return toResponse(reply, method, true);
    if (fault === 'traceback') return toResponse(crashReply(newerRayTraceback()), method);
    if (isRead) rememberRead(simulation.lastReplies, key, reply);
    if (typeof fault === 'object' && fault !== null) await delay(simulation, fault.delay, request.signal);
    return toResponse(reply, method);
  };
}

/** A read by its path and query, without the part that only keeps Ray's cache away. */
function readKey(url: URL): string {
  const query = new URLSearchParams(url.search);
  query.delete('t');
  return `${url.pathname}?${query.toString()}`;
}

function rememberRead(answers: Map<string, SimReply>, key: string, reply: SimReply): void {
  answers.delete(key);
  answers.set(key, reply);
  if (answers.size <= MAX_REMEMBERED_READS) return;
  for (const oldest of answers.keys()) {
    answers.delete(oldest);
    return;
  }
}

/** A while by the simulated clock; rejects when the asker gives up. */
function delay(simulation: Simulation, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = simulation.clock.after(ms, () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    });
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

function proxyPage(): Response {
  const page = `<html>
<head><title>502 Bad Gateway</title></head>
<body>
<center><h1>502 Bad Gateway</h1></center>
<hr><center>nginx</center>
</body>
</html>
`;
  return new Response(page, { status: 502, headers: { 'Content-Type': 'text/html' } });
}
