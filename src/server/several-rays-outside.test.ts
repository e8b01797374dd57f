import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createConsoleClient } from './fleet-command/console-client.ts';
import { parseFleetCommand } from './fleet-command/fleet-options.ts';
import { runFleetCommand } from './fleet-command/fleet-command.ts';
import { createSystemClock } from './system-clock.ts';
import { startConsoleOfRays } from '../testing/harness/console-of-rays.ts';
import { parseMetrics, valueOf, type ParsedSample } from '../testing/harness/parse-metrics.ts';

let folder: string;
let closers: (() => Promise<void>)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'several-rays-'));
  closers = [];
});
afterEach(async () => {
  for (const close of closers) await close();
  rmSync(folder, { recursive: true });
});

const start = (args: readonly string[]) => startConsoleOfRays({ folder, args, closers });
const two = ['--ray', 'prod=simulator', '--ray', 'lab=simulator'];
const put = (n: number) => `/api/changes/00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const save = (clusterId: string) =>
  JSON.stringify({ kind: 'save', clusterId, divisible: false, base: null, want: { '4c8g': 0 } });

test('what is scraped names the Ray of each number, and no number is of two', async () => {
  const { send, scrape } = await start([...two, '--ray', 'gone=http://127.0.0.1:9', '--no-sign-in']);
  expect((await send(`/rays/prod${put(1)}`, { method: 'PUT', body: save('team-x') })).status).toBe(200);
  const raysOf = (samples: readonly ParsedSample[], name: string) =>
    [...new Set(samples.filter((each) => each.name === name).map(({ labels }) => labels['ray'] ?? 'none'))].toSorted();
  await vi.waitFor(async () => {
    const samples = parseMetrics(await scrape());
    expect(raysOf(samples, 'virtual_cluster_nodes_held')).toEqual(['lab', 'prod']);
    expect(raysOf(samples, 'vcc_ray_read_age_seconds')).toEqual(['lab', 'prod']);
    expect(raysOf(samples, 'vcc_ray_reads_total')).toEqual(['gone', 'lab', 'prod']);
    expect(valueOf(samples, 'vcc_changes_total', { ray: 'prod', outcome: 'applied' })).toBe(1);
    expect(valueOf(samples, 'vcc_changes_total', { ray: 'lab', outcome: 'applied' })).toBeNull();
  }, 5_000);
  const perRay = /^(?:virtual_cluster_|vcc_(?:ray|changes|journal|usage)_)/;
  const samples = parseMetrics(await scrape());
  expect(samples.filter(({ name, labels }) => perRay.test(name) !== (labels['ray'] !== undefined))).toEqual([]);
});

test('the command line reads and changes one of them by its address', async () => {
  const { answer, send } = await start(two);
  let ids = 0;
  async function run(name: 'export' | 'apply', file: string): Promise<readonly [code: number, output: string]> {
    const parsed = parseFleetCommand(
      name,
      [file, '--console', 'http://127.0.0.1/rays/prod', ...(name === 'apply' ? ['--yes'] : [])],
      {},
    );
    if (parsed.kind !== 'command' || parsed.place.kind !== 'console') throw new Error(JSON.stringify(parsed));
    const clock = createSystemClock();
    const { base, token } = parsed.place;
    const output: string[] = [];
    const terminal = {
      out: (line: string) => void output.push(line),
      data: (text: string) => void output.push(text),
      written: () => Promise.resolve(null),
      note: (line: string) => void output.push(line),
      status: () => undefined,
      onInterrupt: () => () => undefined,
      ask: () => Promise.resolve(null),
    };
    const client = createConsoleClient({ send: answer, base, token, knowsProfiles: true, clock });
    const newId = () => `00000000-0000-4000-9000-${String((ids += 1)).padStart(12, '0')}`;
    return [await runFleetCommand(parsed.command, { client, terminal, clock, newId }), output.join('\n')];
  }
  const file = join(folder, 'fleet.yaml');
  expect((await send(`/rays/prod${put(1)}`, { method: 'PUT', body: save('only-in-prod') })).status).toBe(200);
  expect(await run('export', file)).toEqual([0, expect.stringContaining('is written')]);
  expect(readFileSync(file, 'utf8')).toContain('only-in-prod');
  await send(`/rays/prod${put(2)}`, { method: 'PUT', body: save('later') });
  expect(await run('apply', file)).toEqual([0, expect.stringContaining('nothing to apply')]);
  expect(await (await send('/rays/lab/api/fleet')).text()).not.toContain('only-in-prod');
  expect(parseFleetCommand('diff', [file, '--console', 'http://host/rays/prod/?a=1'], {})).toMatchObject({
    kind: 'wrong',
  });
});
