import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { benchList } from './list.ts';
import { machineOf } from './machine.ts';
import { benchMap } from './map.ts';
import { lineOf, results, verdictOf, type Measured, type Report, type Results } from './measured.ts';
import { resultsFile, root, work } from './places.ts';
import { startRay } from './ray.ts';
import { benchReads } from './reads.ts';
import { benchSoak } from './soak.ts';
import { benchSuites } from './suites.ts';
import { benchWatchers } from './watchers.ts';
import { benchWrites } from './writes.ts';
import { readWish, type PartName, type Wish } from './wish.ts';

const run = promisify(execFile);

/** Builds the console as it ships, beside the checkout's own `dist`. */
async function build(): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const built = (...args: readonly string[]) =>
    run(process.execPath, [vite, 'build', '--logLevel', 'warn', '--emptyOutDir', ...args], { cwd: root });
  await built('--outDir', join(work, 'dist', 'app'));
  await built('--ssr', 'src/server/main.ts', '--outDir', join(work, 'dist', 'server'));
}

async function runPart(part: PartName, { quick, fleets }: Wish, report: Report): Promise<void> {
  if (part === 'suites') return benchSuites({ report, quick });
  if (part === 'reads') return benchReads({ report, fleets, rounds: quick ? 4 : 8 });
  const ray = await startRay();
  try {
    switch (part) {
      case 'list':
        return await benchList({
          report,
          ray,
          fleets,
          quietMs: quick ? 20_000 : 60_000,
          changes: quick ? 2 : 5,
          loads: quick ? 3 : 7,
        });
      case 'map':
        return await benchMap({ report, ray, fleets });
      case 'watchers':
        return await benchWatchers({ report, ray, fleets, windowMs: quick ? 15_000 : 60_000 });
      case 'writes':
        return await benchWrites({ report, ray, pairs: quick ? 50 : 300 });
      case 'soak':
        return await benchSoak({ report, ray, minutes: quick ? 2 : 5 });
    }
  } finally {
    await ray.stop();
  }
}

/** What an earlier run measured of parts that this one left out. */
async function keptOf(file: string, parts: ReadonlySet<string>): Promise<readonly Measured[]> {
  if (!existsSync(file)) return [];
  return results.parse(JSON.parse(await readFile(file, 'utf8'))).measured.filter(({ part }) => !parts.has(part));
}

const wish = readWish(process.argv.slice(2));
if (typeof wish === 'string') {
  process.stderr.write(`${wish}\n`);
  process.exit(2);
}
await mkdir(work, { recursive: true });
if (wish.build) await build();
const measured: Measured[] = [];
const report: Report = (one) => {
  const whole: Measured = { atMost: null, note: '', ...one };
  measured.push(whole);
  process.stdout.write(`${lineOf(whole)}\n`);
};
for (const part of wish.parts) {
  // One part that can't be measured does not take the others along.
  await runPart(part, wish, report).catch((error: unknown) => {
    process.exitCode = 1;
    process.stderr.write(`${part}: ${error instanceof Error ? (error.stack ?? error.message) : 'failed'}\n`);
  });
}

const { stdout: commit } = await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
const file = wish.out ?? resultsFile;
const others = await keptOf(file, new Set(measured.map(({ part }) => part)));
const whole: Results = {
  at: new Date().toISOString(),
  commit: commit.trim(),
  machine: await machineOf(),
  quick: wish.quick,
  measured: [...others, ...measured],
};
await writeFile(file, `${JSON.stringify(whole, null, 1)}\n`);
const missed = measured.filter((one) => verdictOf(one) === 'MISSED');
process.stdout.write(`${String(measured.length)} measured, ${String(missed.length)} missed; written to ${file}\n`);
