import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from 'vite';
import { createInMemoryUsageStore } from '../../backend/usage/in-memory-usage-store.ts';
import { DAY } from '../../backend/usage/usage-store.ts';
import { usageSummaryOf } from '../../backend/usage/usage-summaries.ts';
import type { Change } from '../../contract/change.ts';
import type { UsageSummary } from '../../contract/usage.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Revision } from '../../domain/revision.ts';
import { openUsageFile } from '../../server/storage/usage-file.ts';
import { createSystemClock } from '../../server/system-clock.ts';
import { startConsoleProcess, type ConsoleProcess } from '../harness/console-process.ts';
import { generateHistory, historyOver, historyStart } from '../harness/generated-usage.ts';
import { seededRandom } from '../harness/seeded-random.ts';
import { startCountedRay, writeKey, type CountedRay } from '../harness/counted-ray.ts';

/** `KILLS=500 npx vitest run src/testing/faults/kill.test.ts` kills more often and prints a line for the bench; `KILL_SEED` varies the moments. */
const isBench = process.env['KILLS'] !== undefined;
const KILLS = Number(process.env['KILLS'] ?? '12');
const SEED = Number(process.env['KILL_SEED'] ?? '1');
/** Consoles run in parallel, each with its own Ray and data folder. */
const LANES = 2;
const WORKERS = 4;

const root = join(import.meta.dirname, '..', '..', '..');
const clock = createSystemClock();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(root, 'node_modules', '.console-kill-test-'));
  const input = ['console-main.ts', 'usage-writer-main.ts'].map((name) =>
    join(root, 'src', 'testing', 'harness', name),
  );
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      rolldownOptions: { input },
      outDir: join(folder, 'server'),
      emptyOutDir: true,
      target: 'node20',
    },
  });
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Sent {
  readonly id: string;
  readonly wanted: ChangeRequest;
  readonly key: string;
  /** The console's last reply; null when there was none. */
  answer: Change | null;
}

const delay = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

/** Creates, changes and deletes its own virtual clusters, one after the other, until the console stops replying. */
async function work(console: ConsoleProcess, name: string, sent: Sent[]): Promise<void> {
  const send = async (wanted: ChangeRequest, key: string) => {
    const entry: Sent = { id: randomUUID(), wanted, key, answer: null };
    sent.push(entry);
    entry.answer = await console.put(entry.id, wanted);
    return entry.answer.result;
  };
  const save = (clusterId: string, revision: Revision | null, count: number): ChangeRequest => ({
    kind: 'save',
    clusterId,
    divisible: false,
    base: revision === null ? null : { revision, replicaSets: { '4c8g': 1 } },
    want: { '4c8g': count },
  });
  for (let n = 0; ; n++) {
    const clusterId = `${name}-${String(n)}`;
    const created = await send(save(clusterId, null, 1), writeKey('POST', clusterId, '0'));
    if (created?.kind !== 'applied' || created.revision === null) continue;
    await send(save(clusterId, created.revision, 0), writeKey('POST', clusterId, created.revision));
    await send({ kind: 'delete', clusterId, base: null }, writeKey('DELETE', clusterId));
  }
}

/** Checks a console started after a kill. `resends`: sends every change without a reply again. */
async function check(console: ConsoleProcess, ray: CountedRay, sent: readonly Sent[], resends: boolean): Promise<void> {
  expect(console.stderr()).not.toContain('set aside');
  if (resends) {
    await Promise.all(
      sent.map(async (one) => {
        if (one.answer === null) one.answer = await console.put(one.id, one.wanted);
      }),
    );
  }
  await expect
    .poll(async () => (await console.changes('outcome=open')).total, { timeout: 20_000, interval: 50 })
    .toBe(0);
  for (const one of sent) {
    const change = await console.get(one.id);
    if (change === null) {
      expect([one.id, one.answer, ray.arrived.get(one.key)]).toEqual([one.id, null, undefined]);
      continue;
    }
    const before = one.answer?.result ?? null;
    // A result that was reported as settled never changes.
    if (before !== null && before.kind !== 'unknown') expect(change.result).toEqual(before);
    const times = ray.applied.get(one.key) ?? 0;
    if (change.result?.kind === 'applied') expect([one.key, change.result, times]).toEqual([one.key, change.result, 1]);
    if (change.result?.kind === 'not-applied')
      expect([one.key, change.result, times]).toEqual([one.key, change.result, 0]);
    if (change.attempts === 0) expect([one.key, ray.arrived.get(one.key)]).toEqual([one.key, undefined]);
    one.answer = change;
  }
}

async function lane(number: number, kills: number): Promise<Record<string, number>> {
  const random = seededRandom(SEED * 1_000 + number);
  const ray = await startCountedRay(number, () => random() * 12);
  const counts: Record<string, number> = { kills: 0, changes: 0 };
  const add = (name: string, by = 1) => (counts[name] = (counts[name] ?? 0) + by);
  const args = ['--ray-address', ray.address, '--no-sign-in', '--data-dir', join(folder, `lane-${String(number)}`)];
  const script = join(folder, 'server', 'console-main.js');
  let sent: Sent[] = [];
  let running: ConsoleProcess | null = null;
  try {
    for (let kill = 0; ; kill++) {
      const console = await startConsoleProcess(script, args);
      running = console;
      await check(console, ray, sent, random() < 0.5);
      for (const { answer } of sent) add(answer?.result?.kind ?? 'never arrived');
      add('changes', sent.length);
      if (kill === kills) break;
      await ray.clear('w');
      sent = [];
      const workers = Array.from({ length: WORKERS }, (_, worker) =>
        work(console, `w${String(number)}-${String(kill)}-${String(worker)}`, sent).catch(() => undefined),
      );
      await delay(5 + random() * 250);
      await console.kill();
      await Promise.all(workers);
      add('kills');
    }
  } finally {
    await running?.kill();
    ray.close();
  }
  // Nobody else changes a revision here, so that not even a silent retry is allowed.
  expect([...ray.arrived].filter(([, times]) => times > 1)).toEqual([]);
  expect([...ray.applied].filter(([, times]) => times > 1)).toEqual([]);
  return counts;
}

test(
  `killed ${String(KILLS)} times under load: nothing acknowledged is missing, nothing stays open, nothing is sent twice (seed ${String(SEED)})`,
  async () => {
    const countsOfRuns = await Promise.all(
      Array.from({ length: LANES }, (_, number) =>
        lane(number, Math.floor(KILLS / LANES) + (number < KILLS % LANES ? 1 : 0)),
      ),
    );
    const all: Record<string, number> = {};
    for (const counts of countsOfRuns)
      for (const [name, times] of Object.entries(counts)) all[name] = (all[name] ?? 0) + times;
    process.stdout.write(`seed ${String(SEED)}: ${JSON.stringify(all)}\n`);
    // The checks above have thrown for any change missing, open or sent twice, and for a database that did not open.
    if (isBench)
      process.stdout.write(
        `BENCH ${JSON.stringify({ kills: { ...all, seed: SEED, acknowledgedMissing: 0, leftOpen: 0, openedEachTime: true } })}\n`,
      );
    expect(all['kills']).toBe(KILLS);
    expect(all['applied']).toBeGreaterThan(KILLS);
  },
  30_000 + KILLS * 5_000,
);

test('killed while it writes usage, over the end of a day: every minute that it had written is there, and nothing else', async () => {
  const file = join(folder, 'x.usage.sqlite');
  const random = seededRandom(SEED);
  const samples = generateHistory(1, 1_200);
  for (let kill = 0; kill < 3; kill++) {
    const child = spawn(process.execPath, [join(folder, 'server', 'usage-writer-main.js'), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    let most = 80 + Math.floor(random() * 160);
    let written = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      written = Number(line);
      if ((most -= 1) === 0) child.kill('SIGKILL');
    }
    await ended;
    const opened = openUsageFile({ file, clock });
    if (!opened.ok) throw new Error(opened.message);
    expect(opened.warning).toBeNull();
    const history = historyOver(opened.store, clock.now);
    const lastAt = history.lastAt() ?? 0;
    expect(lastAt).toBeGreaterThanOrEqual(written);
    const expected = historyOver(createInMemoryUsageStore(), clock.now);
    for (const sample of samples) if (sample.at <= lastAt) expected.record(sample);
    const range = { from: historyStart - DAY, to: historyStart + 4 * DAY, clusterId: null, templateId: null };
    expect(rowsOf(await usageSummaryOf(history, range))).toEqual(rowsOf(await usageSummaryOf(expected, range)));
    opened.store.close();
  }
}, 60_000);

function rowsOf({ rows }: UsageSummary) {
  return rows.toSorted((a, b) => (`${a.clusterId} ${a.templateId}` < `${b.clusterId} ${b.templateId}` ? -1 : 1));
}
