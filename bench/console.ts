import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import { scriptAt, work } from './places.ts';

const held = z.object({ heapUsed: z.number(), external: z.number(), arrayBuffers: z.number(), rss: z.number(), cpu: z.number() });

/** The built console over the bench's Ray, in a process of its own. */
export interface BenchConsole {
  readonly address: string;
  /** Collects the console's garbage, and tells what it holds then, in bytes, and the processor time that it used so far, in microseconds. */
  held(): Promise<z.infer<typeof held>>;
  stop(): Promise<void>;
}

/** Starts it with a journal of its own; resolves when it has read its Ray once. */
export async function startConsole(rayAddress: string): Promise<BenchConsole> {
  const data = await mkdtemp(join(work, 'data-'));
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--import',
      pathToFileURL(scriptAt('server-probe')).href,
      join(work, 'dist', 'server', 'main.js'),
      ...['--port', '0', '--ray-address', rayAddress, '--data-dir', data],
    ],
    { env: { PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  let said = '';
  child.stderr?.on('data', (part: Buffer) => (said = (said + part.toString()).slice(-2_000)));
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  const address = await addressOf(child.stdout);
  if (address === null) {
    await stop();
    throw new Error(`The console did not start: ${said}`);
  }
  await (await fetch(`${address}/api/fleet`)).text();
  return {
    address,
    async held() {
      const answer = once(child, 'message');
      child.send('tell');
      const [told] = await answer;
      return held.parse(told);
    },
    stop,
  };
}

async function addressOf(out: NodeJS.ReadableStream | null): Promise<string | null> {
  if (out === null) return null;
  for await (const line of createInterface({ input: out })) {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (found === undefined) continue;
    // Whatever it prints from now on must not fill the pipe.
    out.resume();
    return found;
  }
  return null;
}
