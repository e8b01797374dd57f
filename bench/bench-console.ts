import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import { parseMetrics, type ParsedSample } from '../src/testing/harness/parse-metrics.ts';
import { builtScript, workDirectory } from './paths.ts';

const resourceUsageSchema = z.object({
  heapUsed: z.number(),
  external: z.number(),
  arrayBuffers: z.number(),
  rss: z.number(),
  cpu: z.number(),
});

/** The built console over the bench's Ray, in a process of its own. */
export interface BenchConsole {
  readonly address: string;
  /** Its metrics, as Prometheus would get them. */
  metrics(): Promise<readonly ParsedSample[]>;
  /** Collects the console's garbage, and tells what it holds then, in bytes, and the processor time that it used so far, in microseconds. */
  resourceUsage(): Promise<z.infer<typeof resourceUsageSchema>>;
  stop(): Promise<void>;
}

/** Starts it with a journal of its own; resolves when it has read its Ray once. */
export async function startConsole(rayAddress: string): Promise<BenchConsole> {
  const data = await mkdtemp(join(workDirectory, 'data-'));
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--import',
      pathToFileURL(builtScript('server-probe')).href,
      join(workDirectory, 'dist', 'server', 'main.js'),
      ...[
        '--port',
        '0',
        '--ray-address',
        rayAddress,
        '--data-dir',
        data,
        '--no-sign-in',
        '--metrics-port',
        '0',
        '--log-level',
        'warn',
      ],
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
  const told = await portsOf(child.stdout);
  if (told === null) {
    await stop();
    throw new Error(`The console did not start: ${said}`);
  }
  const { address, metricsPort } = told;
  await (await fetch(`${address}/api/fleet`)).text();
  return {
    address,
    metrics: async () => parseMetrics(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()),
    async resourceUsage() {
      const answer = once(child, 'message');
      child.send('tell');
      const [told] = await answer;
      return resourceUsageSchema.parse(told);
    },
    stop,
  };
}

/** What it printed of where it listens; null when it ended before. */
async function portsOf(
  out: NodeJS.ReadableStream | null,
): Promise<{ readonly address: string; readonly metricsPort: string } | null> {
  if (out === null) return null;
  let address: string | null = null;
  for await (const line of createInterface({ input: out })) {
    address ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? null;
    const metricsPort = /^Metrics: port (\d+)/.exec(line)?.[1];
    if (address === null || metricsPort === undefined) continue;
    // Whatever it prints from now on must not fill the pipe.
    out.resume();
    return { address, metricsPort };
  }
  return null;
}
