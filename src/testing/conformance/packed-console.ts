import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a command printed to its output, and its exit code. */
interface Ran {
  readonly code: number;
  readonly out: string;
}

/** The installed package, serving a Ray to browsers and asked from the command line. */
export interface PackedConsole {
  readonly address: string;
  readonly rayAddress: string;
  /** Runs a command on a file with this text; `--console` or `--ray-address` is among the arguments. */
  run(text: string, command: string, ...args: readonly string[]): Promise<Ran>;
  stop(): Promise<void>;
}

/** Starts it in an empty folder of its own; resolves when it has printed its address. */
export async function startPackedConsole(binary: string, rayAddress: string): Promise<PackedConsole> {
  const folder = await mkdtemp(join(tmpdir(), 'packed-console-'));
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const child = spawn(binary, ['serve', '--port', '0', '--no-sign-in', '--ray-address', rayAddress], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address === undefined) continue;
    // So that the pipe never fills up.
    child.stdout.resume();
    return { address, rayAddress, run: (...given) => runOn(given), stop };
  }
  await stop();
  throw new Error(`${binary} did not start`);

  async function runOn([text, command, ...args]: readonly [string, string, ...string[]]): Promise<Ran> {
    const file = join(folder, 'fleet.yaml');
    await writeFile(file, text);
    return new Promise((resolve) => {
      execFile(binary, [command, file, ...args], { cwd: folder, env }, (error, out) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out }),
      );
    });
  }
}
