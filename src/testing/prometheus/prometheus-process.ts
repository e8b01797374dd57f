import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';

const vector = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});
const rules = z.object({
  status: z.literal('success'),
  data: z.object({
    groups: z.array(z.object({ rules: z.array(z.object({ name: z.string(), health: z.string() })) })),
  }),
});

/** One series of an instant query. */
interface QueriedSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A real Prometheus that scrapes one console each second. */
export interface PrometheusProcess {
  /** An instant query; throws on an expression that Prometheus rejects. */
  query(expression: string): Promise<readonly QueriedSample[]>;
  /** The health of each alert rule by its name: `ok`, `err` or `unknown` before its first evaluation. */
  ruleHealth(): Promise<Readonly<Record<string, string>>>;
  stop(): Promise<void>;
}

/** Starts `bin`/prometheus; resolves when it serves queries. `ruleFile`: of alert rules. */
export async function startPrometheus(options: {
  readonly bin: string;
  readonly metricsPort: number;
  readonly ruleFile: string;
}): Promise<PrometheusProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'console-prometheus-'));
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [options.ruleFile],
    scrape_configs: [
      {
        job_name: 'virtual-cluster-console',
        static_configs: [{ targets: [`127.0.0.1:${String(options.metricsPort)}`] }],
      },
    ],
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const address = `127.0.0.1:${String(await freePort())}`;
  const child = spawn(
    join(options.bin, 'prometheus'),
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: {} },
  );
  let stderr = '';
  child.stderr.on('data', (part: Buffer) => (stderr = (stderr + part.toString()).slice(-4_000)));
  const ended = once(child, 'exit');
  const ask = async (path: string): Promise<unknown> => (await fetch(`http://${address}${path}`)).json();
  const running = {
    async query(expression: string) {
      const reply = await ask(`/api/v1/query?${new URLSearchParams({ query: expression }).toString()}`);
      const parsed = vector.safeParse(reply);
      if (!parsed.success) throw new Error(`${expression}: ${JSON.stringify(reply)}`);
      return parsed.data.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
    },
    async ruleHealth() {
      const { groups } = rules.parse(await ask('/api/v1/rules')).data;
      return Object.fromEntries(groups.flatMap((group) => group.rules.map(({ name, health }) => [name, health])));
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await until('Prometheus answers', async () => (await fetch(`http://${address}/-/ready`)).ok);
  } catch {
    await running.stop();
    throw new Error(`Prometheus did not start: ${stderr}`);
  }
  return running;
}

/** Asks every 200 ms until `isSo`, for at most 30 s. An error counts as "not yet". */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await isSo().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Timed out: ${what}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
