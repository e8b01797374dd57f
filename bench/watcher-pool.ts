import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod/mini';
import { builtScript } from './paths.ts';

const statsSchema = z.object({
  states: z.record(z.string(), z.number()),
  bytes: z.number(),
  events: z.number(),
  broken: z.array(z.string()),
});

/** Readers of a console's event stream, in their own process. */
export interface WatcherPool {
  /** Opens `count` more; resolves when each has received its first event. */
  open(address: string, count: number): Promise<void>;
  /** The number of watchers by the `fingerprint` of their state, and all bytes and events received. */
  stats(): Promise<z.infer<typeof statsSchema>>;
  close(): Promise<void>;
  stop(): Promise<void>;
}

/** `apply`: each watcher applies the events to a fleet as a page does, so that its state can be compared. */
export function startWatcherPool(apply: boolean): WatcherPool {
  const child = fork(builtScript('watchers-process'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  async function ask(message: {
    readonly kind: string;
    readonly [name: string]: string | number | boolean;
  }): Promise<unknown> {
    const replied = once(child, 'message');
    child.send(message);
    const [reply] = await replied;
    return reply;
  }
  return {
    async open(address, count) {
      await ask({ kind: 'open', address, count, apply });
    },
    stats: async () => statsSchema.parse(await ask({ kind: 'stats' })),
    async close() {
      await ask({ kind: 'close' });
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
