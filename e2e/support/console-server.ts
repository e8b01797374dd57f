import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The built console in its own process. */
export interface RunningServer {
  /** For example `http://127.0.0.1:40123`. */
  readonly address: string;
  stop(): Promise<void>;
}

const main = join(import.meta.dirname, '..', '..', 'dist', 'server', 'main.js');
// Generous: a busy machine needs many times what an idle one does.
const START_TIMEOUT_MS = 50_000;

/**
 * Starts a console on a free port with its own data folder; resolves when it has printed its address. Without a `--sign-in`
 * option no sign-in is required.
 */
export async function startServer(...options: readonly string[]): Promise<RunningServer> {
  return startServerWith([], ...options);
}

/** The same with flags for Node itself. */
export async function startServerWith(
  nodeFlags: readonly string[],
  ...options: readonly string[]
): Promise<RunningServer> {
  const open = options.includes('--sign-in') ? [] : ['--no-sign-in'];
  const data = await mkdtemp(join(tmpdir(), 'virtual-cluster-console-e2e-'));
  const child = spawn(process.execPath, [...nodeFlags, main, '--port', '0', ...open, ...options], {
    env: { PATH: process.env['PATH'] ?? '', XDG_DATA_HOME: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  const startTimeout = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address === undefined) continue;
    clearTimeout(startTimeout);
    // Keeps draining stdout, so that the pipe never fills up.
    child.stdout.resume();
    return { address, stop };
  }
  clearTimeout(startTimeout);
  await stop();
  throw new Error(`The server did not start: ${stderr.trim()}`);
}
