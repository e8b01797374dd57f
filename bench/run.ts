import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { benchList } from './parts/list.ts';
import { machineOf } from './machine.ts';
import { benchInsiders } from './parts/insiders.ts';
import { benchMap } from './parts/map.ts';
import { benchMatrix } from './parts/matrix.ts';
import {
  formatMeasurement,
  results,
  limitStatus,
  type Measurement,
  type Report,
  type Results,
} from './measurements.ts';
import { resultsPath, repositoryRoot, workDirectory } from './paths.ts';
import { startRay } from './bench-ray.ts';
import { benchPeer } from './parts/peer.ts';
import { findRayPage } from './ray-page.ts';
import { benchPlans } from './parts/plans.ts';
import { benchRays } from './parts/rays.ts';
import { benchReads } from './parts/reads.ts';
import { benchSoak } from './parts/soak.ts';
import { benchSuites } from './parts/suites.ts';
import { benchUsage } from './parts/usage.ts';
import { benchWatchers } from './parts/watchers.ts';
import { benchWrites } from './parts/writes.ts';
import { parseBenchOptions, type PartName, type BenchOptions } from './cli-options.ts';

const run = promisify(execFile);

/** Builds the console as shipped, into a separate folder. */
async function build(): Promise<void> {
  const vite = join(repositoryRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  const built = (...args: readonly string[]) =>
    run(process.execPath, [vite, 'build', '--logLevel', 'warn', '--emptyOutDir', ...args], { cwd: repositoryRoot });
  await built('--outDir', join(workDirectory, 'dist', 'app'));
  await built('--ssr', 'src/server/main.ts', '--outDir', join(workDirectory, 'dist', 'server'));
}

async function runPart(part: PartName, { quick, fleets }: BenchOptions, report: Report): Promise<void> {
  if (part === 'suites') return benchSuites({ report, quick });
  if (part === 'plans') return benchPlans({ report });
  if (part === 'rays') return benchRays({ report, quick });
  if (part === 'reads') return benchReads({ report, fleets, rounds: quick ? 4 : 8 });
  const ray = await startRay(part === 'peer' ? await findRayPage() : null);
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
      case 'matrix':
        return await benchMatrix({ report, ray });
      case 'peer':
        return await benchPeer({ report, ray, quietMs: quick ? 20_000 : 60_000, loads: quick ? 3 : 7 });
      case 'watchers':
        return await benchWatchers({ report, ray, fleets, windowMs: quick ? 15_000 : 60_000 });
      case 'writes':
        return await benchWrites({ report, ray, pairs: quick ? 50 : 300 });
      case 'soak':
        return await benchSoak({ report, ray, minutes: quick ? 2 : 5 });
      case 'usage':
        return await benchUsage({ report, ray, quick });
      case 'insiders':
        return await benchInsiders({ report, ray, minutes: quick ? 1 : 5 });
    }
  } finally {
    await ray.stop();
  }
}

/** The results of an earlier run for the parts that this run leaves out. */
async function earlierResults(file: string, parts: ReadonlySet<string>): Promise<readonly Measurement[]> {
  if (!existsSync(file)) return [];
  return results.parse(JSON.parse(await readFile(file, 'utf8'))).measured.filter(({ part }) => !parts.has(part));
}

const options = parseBenchOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`${options}\n`);
  process.exit(2);
}
await mkdir(workDirectory, { recursive: true });
if (options.build) await build();
const measured: Measurement[] = [];
const report: Report = (one) => {
  const whole: Measurement = { atMost: null, note: '', ...one };
  measured.push(whole);
  process.stdout.write(`${formatMeasurement(whole)}\n`);
};
for (const part of options.parts) {
  // A part that fails does not stop the others.
  await runPart(part, options, report).catch((error: unknown) => {
    process.exitCode = 1;
    process.stderr.write(`${part}: ${error instanceof Error ? (error.stack ?? error.message) : 'failed'}\n`);
  });
}

const { stdout: commit } = await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: repositoryRoot });
const file = options.out ?? resultsPath;
const others = await earlierResults(file, new Set(measured.map(({ part }) => part)));
const whole: Results = {
  at: new Date().toISOString(),
  commit: commit.trim(),
  machine: await machineOf(),
  quick: options.quick,
  measured: [...others, ...measured],
};
await writeFile(file, `${JSON.stringify(whole, null, 1)}\n`);
const missed = measured.filter((one) => limitStatus(one) === 'MISSED');
process.stdout.write(`${String(measured.length)} measured, ${String(missed.length)} missed; written to ${file}\n`);
