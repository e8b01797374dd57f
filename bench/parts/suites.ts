import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Report } from '../measurements.ts';
import { repositoryRoot } from '../paths.ts';

/** Counts that a suite prints of itself, in groups or not: a line `BENCH {json}`. */
const counts = z.record(z.string(), z.unknown());

/** What a suite prints of a failure, by which it is found again. */
const failure = /^(?:SEED=\d+ .*|.*\bAssertionError\b.*)$/gm;

const suites = [
  { name: 'histories', path: 'src/testing/model', variable: 'HISTORIES', whole: 10_000, quick: 100 },
  { name: 'kills', path: 'src/testing/faults/kill.test.ts', variable: 'KILLS', whole: 500, quick: 10 },
  { name: 'fuzz', path: 'src/testing/security', variable: 'FUZZ', whole: 50_000, quick: 1_000 },
] as const;

/** The long suites: model histories, kills under load, malicious requests. What each counted, and whether it held. */
export async function benchSuites({
  report,
  quick,
}: {
  readonly report: Report;
  readonly quick: boolean;
}): Promise<void> {
  for (const { name, path, variable, whole, quick: few } of suites) {
    const times = quick ? few : whole;
    const begun = performance.now();
    const { code, out } = await vitest(path, { [variable]: String(times) });
    const minutes = (performance.now() - begun) / 60_000;
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
      for (const [what, value] of flat(JSON.parse(line[1] ?? '{}')))
        report({ part: name, what, nodes: null, value, unit: 'count' });
    }
  }
}

/** Every number among them, each by its groups' names and its own. */
function flat(value: unknown, names: readonly string[] = []): readonly (readonly [string, number])[] {
  if (typeof value === 'number') return [[names.join(': '), value]];
  const group = counts.safeParse(value);
  return group.success ? Object.entries(group.data).flatMap(([name, each]) => flat(each, [...names, name])) : [];
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
