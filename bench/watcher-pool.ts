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

/** Watchers of a console: readers of its stream. */
export interface WatcherPool {
  /** So many more; resolves when each has its first event. */
  open(address: string, count: number): Promise<void>;
  /** By `fingerprint` how many watchers hold that state; all bytes and events that came. */
  stats(): Promise<z.infer<typeof statsSchema>>;
  close(): Promise<void>;
  stop(): Promise<void>;
}

/** `apply`: each keeps its fleet as a page does, and can tell its state. */
export function startWatcherPool(apply: boolean): WatcherPool {
  const child = fork(builtScript('watchers-process'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  async function ask(message: {
    readonly kind: string;
    readonly [name: string]: string | number | boolean;
  }): Promise<unknown> {
    const answer = once(child, 'message');
    child.send(message);
    const [said] = await answer;
    return said;
  }
  return {
    async open(address, count) {
      await ask({ kind: 'open', address, count, apply });
    },
    stats: async () => statsSchema.parse(await ask({ kind: 'tell' })),
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
