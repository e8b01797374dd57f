import type { Server } from 'node:http';
import { createSimulator } from '../../simulator/simulator.ts';
import { createHttpServer } from '../../server/http/http-server.ts';
import { listen } from '../../server/http/listen.ts';
import { createSystemClock } from '../../server/system-clock.ts';

/** A simulated Ray behind a socket that counts what reaches it. */
export interface CountedRay {
  readonly address: string;
  /** How often each write came, by `writeKey`. */
  readonly came: ReadonlyMap<string, number>;
  /** How often each write was done. */
  readonly done: ReadonlyMap<string, number>;
  /** Removes every virtual cluster whose id begins so, past the console. */
  clear(prefix: string): Promise<void>;
  close(): void;
}

/** Tells one write from every other: a save by its cluster and the revision that it goes out on, else by its id. */
export function writeKey(method: 'POST' | 'DELETE', clusterId: string, revision = ''): string {
  return `${method} ${clusterId} ${revision}`;
}

/** `dawdle`: how long Ray takes before and after it does a write, ms. */
export async function startCountedRay(seed: number, dawdle: () => number): Promise<CountedRay> {
  const clock = createSystemClock();
  const { ray } = createSimulator({ seed, clock });
  const came = new Map<string, number>();
  const done = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const pass = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const server: Server = createHttpServer(async (request) => {
    const key = await keyOf(request.clone());
    if (key === null) return ray(request);
    count(came, key);
    await pass(dawdle());
    const reply = await ray(request);
    if (reply.status === 200) count(done, key);
    await pass(dawdle());
    return reply;
  });
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  return {
    address: `http://127.0.0.1:${String(listening.port)}`,
    came,
    done,
    async clear(prefix) {
      const headers = { 'User-Agent': 'test' };
      const list = await (
        await ray(new Request(`http://ray/virtual_clusters?t=${String(clock.now())}`, { headers }))
      ).text();
      for (const [, id] of list.matchAll(/"virtualClusterId":\s*"([^"]+)"/g)) {
        if (id?.startsWith(prefix) === true)
          await ray(new Request(`http://ray/virtual_clusters/${id}`, { method: 'DELETE', headers }));
      }
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function keyOf(request: Request): Promise<string | null> {
  const { pathname } = new URL(request.url);
  if (!pathname.startsWith('/virtual_clusters')) return null;
  if (request.method === 'DELETE') return writeKey('DELETE', decodeURIComponent(pathname.split('/')[2] ?? ''));
  if (request.method !== 'POST') return null;
  const body = await request.text();
  return writeKey(
    'POST',
    /"virtualClusterId":\s*"([^"]+)"/.exec(body)?.[1] ?? '',
    /"revision":\s*(\d+)/.exec(body)?.[1] ?? '',
  );
}
