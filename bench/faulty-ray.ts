import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod/mini';
import { builtScript } from './paths.ts';

/** What can be wrong with a Ray: it closes each connection, answers nothing, or sends 100 MB of nonsense. */
export const rayFaults = ['dead', 'hangs', 'floods'] as const;
export type RayFault = (typeof rayFaults)[number];

/** A Ray behind something that can fail, in a process of its own. */
export interface FaultyRay {
  readonly address: string;
  /** Null: it is well. Connections that are open break. */
  become(fault: RayFault | null): Promise<void>;
  stop(): Promise<void>;
}

export async function startFaultyRay(rayAddress: string): Promise<FaultyRay> {
  const child = fork(builtScript('faulty-ray-process'), [new URL(rayAddress).port], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [message] = await once(child, 'message');
  const { port } = z.object({ port: z.number() }).parse(message);
  return {
    address: `http://127.0.0.1:${String(port)}`,
    async become(fault) {
      const done = once(child, 'message');
      child.send({ fault });
      await done;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
