import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import { parseMetrics, type ParsedSample } from '../src/testing/harness/parse-metrics.ts';
import { builtScript, workDirectory } from './paths.ts';
import { delay } from './wait.ts';

const resourceUsageSchema = z.object({
  heapUsed: z.number(),
  external: z.number(),
  arrayBuffers: z.number(),
  rss: z.number(),
  cpu: z.number(),
});

const strainSchema = z.object({ rss: z.number(), longestPause: z.number(), mostWork: z.number(), cpu: z.number() });

/** The built console over the benchmark's Ray, in its own process. */
export interface BenchConsole {
  readonly address: string;
  /** Its metrics, as Prometheus scrapes them. */
  metrics(): Promise<readonly ParsedSample[]>;
  /** Memory after a garbage collection, bytes, and CPU time so far, µs. */
  resourceUsage(): Promise<z.infer<typeof resourceUsageSchema>>;
  /**
   * Memory as it is, bytes; processor time so far, ms; and since the last call the longest pause of its event loop, and the most processor time that it used in
   * one, ms: on a busy machine a pause is also waiting for a processor. Disturbs it in nothing.
   */
  strain(): Promise<z.infer<typeof strainSchema>>;
  stop(): Promise<void>;
}

/**
 * Starts it with a new journal; resolves when it has read Ray once. `prepare`: puts files into its data folder first. `signIn`: everybody
 * must; left out: where there are files. `args`: more options of its. `rays`: the address of its only Ray, or several by name.
 */
export async function startConsole(
  rays: string | Readonly<Record<string, string>>,
  prepare: ((dataDir: string) => Promise<void>) | null = null,
  { signIn = prepare !== null, args = [] }: { readonly signIn?: boolean; readonly args?: readonly string[] } = {},
): Promise<BenchConsole> {
  const data = await mkdtemp(join(workDirectory, 'data-'));
  await prepare?.(data);
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
        ...(typeof rays === 'string'
          ? ['--ray-address', rays]
          : Object.entries(rays).flatMap(([name, address]) => ['--ray', `${name}=${address}`])),
        '--data-dir',
        data,
        ...(signIn ? [] : ['--no-sign-in']),
        '--metrics-port',
        '0',
        '--log-level',
        'warn',
        ...args,
      ],
    ],
    { env: { PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  let stderr = '';
  child.stderr?.on('data', (part: Buffer) => (stderr = (stderr + part.toString()).slice(-2_000)));
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  const ports = await readPorts(child.stdout);
  if (ports === null) {
    await stop();
    throw new Error(`The console did not start: ${stderr}`);
  }
  const { address, metricsPort } = ports;
  const tell = async (what: 'usage' | 'strain'): Promise<unknown> => {
    const message = once(child, 'message');
    child.send(what);
    return (await message)[0];
  };
  const consoles = typeof rays === 'string' ? [address] : Object.keys(rays).map((name) => `${address}/rays/${name}`);
  for (const each of consoles) await firstFleet(each);
  return {
    address,
    metrics: async () => parseMetrics(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()),
    resourceUsage: async () => resourceUsageSchema.parse(await tell('usage')),
    strain: async () => strainSchema.parse(await tell('strain')),
    stop,
  };
}

/** Of several Rays the consoles open one after another. */
async function firstFleet(address: string): Promise<void> {
  for (;;) {
    const reply = await fetch(`${address}/api/fleet`);
    await reply.text();
    if (reply.status !== 503 || reply.headers.get('Retry-After') === null) return;
    await delay(100);
  }
}

/** The addresses that the console prints; null when it ends before. */
async function readPorts(
  out: NodeJS.ReadableStream | null,
): Promise<{ readonly address: string; readonly metricsPort: string } | null> {
  if (out === null) return null;
  let address: string | null = null;
  for await (const line of createInterface({ input: out })) {
    address ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? null;
    const metricsPort = /^Metrics: port (\d+)/.exec(line)?.[1];
    if (address === null || metricsPort === undefined) continue;
    // Keeps draining stdout, so that the pipe never fills up.
    out.resume();
    return { address, metricsPort };
  }
  return null;
}
