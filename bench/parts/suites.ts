import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Report } from '../measurements.ts';
import { repositoryRoot } from '../paths.ts';

/** The counts, nested or not, that a suite prints as a line `BENCH {json}`. */
const counts = z.record(z.string(), z.unknown());

/** The lines with which a suite reports how to reproduce a failure. */
const failure = /^(?:SEED=\d+ .*|.*\bAssertionError\b.*)$/gm;

const suites = [
  { name: 'histories', path: 'src/testing/model', variable: 'HISTORIES', full: 10_000, quick: 100 },
  { name: 'kills', path: 'src/testing/faults/kill.test.ts', variable: 'KILLS', full: 500, quick: 10 },
  { name: 'fuzz', path: 'src/testing/security', variable: 'FUZZ', full: 50_000, quick: 1_000 },
] as const;

/** Runs the long suites (model-based tests, kills under load, malicious requests) and reports their counts and failures. */
export async function benchSuites({
  report,
  quick,
}: {
  readonly report: Report;
  readonly quick: boolean;
}): Promise<void> {
  for (const { name, path, variable, full, quick: fewer } of suites) {
    const times = quick ? fewer : full;
    const startedAt = performance.now();
    const { code, out } = await vitest(path, { [variable]: String(times) });
    const minutes = (performance.now() - startedAt) / 60_000;
    const note = `${variable}=${String(times)}, ${minutes.toFixed(1)} min`;
    if (code !== 0) process.stderr.write(`${[...out.matchAll(failure)].map(([line]) => line).join('\n')}\n`);
    report({
      part: name,
      what: 'suites that failed',
      nodes: null,
      value: code === 0 ? 0 : 1,
      unit: 'count',
      atMost: 0,
      note,
    });
    for (const line of out.matchAll(/BENCH (\{.*\})/g)) {
      for (const [what, value] of flatten(JSON.parse(line[1] ?? '{}')))
        report({ part: name, what, nodes: null, value, unit: 'count' });
    }
  }
}

/** Flattens nested counts, with the path of names as the name. */
function flatten(value: unknown, names: readonly string[] = []): readonly (readonly [string, number])[] {
  if (typeof value === 'number') return [[names.join(': '), value]];
  const group = counts.safeParse(value);
  return group.success ? Object.entries(group.data).flatMap(([name, each]) => flatten(each, [...names, name])) : [];
}

async function vitest(
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly out: string }> {
  const script = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [script, 'run', path], {
    cwd: repositoryRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (out += part.toString()));
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : 1, out };
}
