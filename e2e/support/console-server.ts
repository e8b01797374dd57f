import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The console as it ships, run by Node alone. */
export interface RunningServer {
  /** As `http://127.0.0.1:40123`. */
  readonly address: string;
  stop(): Promise<void>;
}

const main = join(import.meta.dirname, '..', '..', 'dist', 'server', 'main.js');
const START_TIMEOUT_MS = 15_000;

/**
 * Starts a server on a free port, with a place of its own for its journal, and more options; resolves when it has printed its
 * address. Nobody is asked to sign in, unless the options say how.
 */
export async function startServer(...options: readonly string[]): Promise<RunningServer> {
  const open = options.includes('--sign-in') ? [] : ['--no-sign-in'];
  const data = await mkdtemp(join(tmpdir(), 'virtual-cluster-console-e2e-'));
  const child = spawn(process.execPath, [main, '--port', '0', ...open, ...options], {
    env: { PATH: process.env['PATH'] ?? '', XDG_DATA_HOME: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let trouble = '';
  child.stderr.on('data', (part: Buffer) => (trouble += part.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  const late = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address === undefined) continue;
    clearTimeout(late);
    // Whatever it prints from now on must not fill the pipe.
    child.stdout.resume();
    return { address, stop };
  }
  clearTimeout(late);
  await stop();
  throw new Error(`The server did not start: ${trouble.trim()}`);
}
