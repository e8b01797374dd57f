import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

/** The console as it ships, run by Node alone. */
export interface RunningServer {
  /** As `http://127.0.0.1:40123`. */
  readonly address: string;
  stop(): Promise<void>;
}

const main = join(import.meta.dirname, '..', 'dist', 'server', 'main.js');
const STARTS_WITHIN = 15_000;

/** Starts a server on a free port with more options; resolves when it has printed its address. */
export async function startServer(...options: readonly string[]): Promise<RunningServer> {
  const child = spawn(process.execPath, [main, '--port', '0', ...options], {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let trouble = '';
  child.stderr.on('data', (part: Buffer) => (trouble += part.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const late = setTimeout(() => child.kill('SIGKILL'), STARTS_WITHIN);
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address === undefined) continue;
    clearTimeout(late);
    // Whatever it prints from now on must not fill the pipe.
    child.stdout.resume();
    return { address, stop };
  }
  clearTimeout(late);
  throw new Error(`The server did not start: ${trouble.trim()}`);
}
