import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import * as z from 'zod/mini';
import { advanceFleet, type PageFleet } from '../src/app/api/page-fleet.ts';
import { fleetUpdate } from '../src/contract/fleet.ts';
import { fingerprint } from './fingerprint.ts';

/** The commands of the process that reads the event stream as many browsers would; see `WatcherPool`. */
const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), address: z.string(), count: z.number(), apply: z.boolean() }),
  z.object({ kind: z.literal('stats') }),
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

function decompressed(reply: IncomingMessage): NodeJS.ReadableStream {
  const encoding = reply.headers['content-encoding'];
  if (encoding === 'br') return reply.pipe(createBrotliDecompress());
  return encoding === 'gzip' ? reply.pipe(createGunzip()) : reply;
}

/** Opens the stream; resolves on its first event. */
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
      createInterface({ input: decompressed(reply) }).on('line', (line) => {
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
  if (next === null) watcher.broken = `An event that is not based on version ${since ?? 'none'}`;
  else watcher.fleet = next;
  return update.version;
}

process.on('message', (message) => {
  const command = messageSchema.parse(message);
  switch (command.kind) {
    case 'open':
      void Promise.all(Array.from({ length: command.count }, () => watch(command.address, command.apply))).then(
        (opened) => {
          watchers.push(...opened);
          process.send?.({ open: watchers.length });
        },
      );
      return;
    case 'stats': {
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
