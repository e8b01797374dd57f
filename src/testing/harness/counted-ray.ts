import type { Server } from 'node:http';
import { createSimulator } from '../../simulator/simulator.ts';
import { createHttpServer } from '../../server/http/http-server.ts';
import { listen } from '../../server/http/listen.ts';
import { createSystemClock } from '../../server/system-clock.ts';

/** A simulated Ray on a socket that counts the writes that reach it. */
export interface CountedRay {
  readonly address: string;
  /** How often each write arrived, by `writeKey`. */
  readonly arrived: ReadonlyMap<string, number>;
  /** How often each write succeeded. */
  readonly applied: ReadonlyMap<string, number>;
  /** Removes every virtual cluster with this id prefix, past the console. */
  clear(prefix: string): Promise<void>;
  close(): void;
}

/** Identifies a write: a save by its cluster and the revision it is based on, a delete by its cluster. */
export function writeKey(method: 'POST' | 'DELETE', clusterId: string, revision = ''): string {
  return `${method} ${clusterId} ${revision}`;
}

/** `writeDelay`: how long Ray waits before and after a write, ms. */
export async function startCountedRay(seed: number, writeDelay: () => number): Promise<CountedRay> {
  const clock = createSystemClock();
  const { ray } = createSimulator({ seed, clock });
  const arrived = new Map<string, number>();
  const applied = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const delay = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const server: Server = createHttpServer(async (request) => {
    const key = await keyOf(request.clone());
    if (key === null) return ray(request);
    count(arrived, key);
    await delay(writeDelay());
    const reply = await ray(request);
    if (reply.status === 200) count(applied, key);
    await delay(writeDelay());
    return reply;
  });
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  return {
    address: `http://127.0.0.1:${String(listening.port)}`,
    arrived,
    applied,
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
