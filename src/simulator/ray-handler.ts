import type { FetchHandler } from '../fetch-handler.ts';
import { connectionRefused, connectionReset, crashReply, toResponse, type SimReply } from './replies/reply.ts';
import type { Simulation } from './simulation.ts';
import { newerRayTraceback } from './replies/tracebacks.ts';

/** How many replies to reads are remembered for the fault `stale`. */
const MAX_REMEMBERED_READS = 64;

/** Ray behind a connection with injected faults. Rejects like `fetch` when there is no reply. */
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

/** Identifies a read by path and query, without `t`, which only bypasses Ray's cache (fact 4). */
function readKey(url: URL): string {
  const query = new URLSearchParams(url.search);
  query.delete('t');
  return `${url.pathname}?${query.toString()}`;
}

function rememberRead(replies: Map<string, SimReply>, key: string, reply: SimReply): void {
  replies.delete(key);
  replies.set(key, reply);
  if (replies.size <= MAX_REMEMBERED_READS) return;
  for (const oldest of replies.keys()) {
    replies.delete(oldest);
    return;
  }
}

/** Waits by the simulated clock; rejects when `signal` aborts. */
function delay(simulation: Simulation, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = simulation.clock.after(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
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
