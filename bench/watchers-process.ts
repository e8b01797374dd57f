import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import * as z from 'zod/mini';
import { advanceFleet, type PageFleet } from '../src/app/api/page-fleet.ts';
import { fleetUpdate } from '../src/contract/fleet.ts';
import { fingerprint } from './fingerprint.ts';

/** Reads the fleet's stream as so many browsers do, in a process of its own. `apply`: each keeps its fleet as a page does. */
const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), address: z.string(), count: z.number(), apply: z.boolean() }),
  z.object({ kind: z.literal('tell') }),
  z.object({ kind: z.literal('close') }),
]);

interface Watcher {
  readonly request: ClientRequest;
  bytes: number;
  events: number;
  fleet: PageFleet | null;
  broken: string | null;
}

let watchers: Watcher[] = [];

function unpacked(reply: IncomingMessage): NodeJS.ReadableStream {
  const encoding = reply.headers['content-encoding'];
  if (encoding === 'br') return reply.pipe(createBrotliDecompress());
  return encoding === 'gzip' ? reply.pipe(createGunzip()) : reply;
}

/** Resolves when the first event is there. */
function watch(address: string, apply: boolean): Promise<Watcher> {
  return new Promise((resolve, reject) => {
    const request = get(`${address}/api/fleet/events`, { agent: false, headers: { 'Accept-Encoding': 'gzip, br' } });
    const watcher: Watcher = { request, bytes: 0, events: 0, fleet: null, broken: null };
    request.on('error', (error) => {
      watcher.broken = error.message;
      reject(error);
    });
    request.on('response', (reply) => {
      reply.on('data', (part: Buffer) => (watcher.bytes += part.byteLength));
      let since: string | null = null;
      createInterface({ input: unpacked(reply) }).on('line', (line) => {
        if (!line.startsWith('data: ')) return;
        watcher.events += 1;
        if (apply) since = applyEvent(watcher, line.slice('data: '.length), since);
        resolve(watcher);
      });
    });
  });
}

function applyEvent(watcher: Watcher, json: string, since: string | null): string {
  const update = fleetUpdate.parse(JSON.parse(json));
  const next = advanceFleet(watcher.fleet, { update, since, at: 0 });
  if (next === null) watcher.broken = `An event that counts from another version than ${since ?? 'the beginning'}`;
  else watcher.fleet = next;
  return update.version;
}

process.on('message', (message) => {
  const wish = messageSchema.parse(message);
  switch (wish.kind) {
    case 'open':
      void Promise.all(Array.from({ length: wish.count }, () => watch(wish.address, wish.apply))).then((opened) => {
        watchers.push(...opened);
        process.send?.({ open: watchers.length });
      });
      return;
    case 'tell': {
      const states: Record<string, number> = {};
      for (const { fleet } of watchers) {
        const state = fleet === null ? 'nothing' : fingerprint(fleet.clusters.values());
        states[state] = (states[state] ?? 0) + 1;
      }
      const sum = (of: (watcher: Watcher) => number) => watchers.reduce((all, each) => all + of(each), 0);
      const broken = watchers.flatMap((each) => each.broken ?? []);
      process.send?.({ states, bytes: sum((each) => each.bytes), events: sum((each) => each.events), broken });
      return;
    }
    case 'close':
      for (const { request } of watchers) request.destroy();
      watchers = [];
      process.send?.({ open: 0 });
  }
});
process.on('disconnect', () => process.exit(0));
