import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Report } from './measured.ts';
import { root } from './places.ts';

/** Counts that a suite prints of itself: a line `BENCH {json}`. */
const counted = z.record(z.string(), z.union([z.number(), z.record(z.string(), z.number())]));

const suites = [
  { name: 'histories', path: 'src/histories', variable: 'HISTORIES', whole: 10_000, quick: 100 },
  { name: 'kills', path: 'src/server/kill.test.ts', variable: 'KILLS', whole: 500, quick: 10 },
  { name: 'fuzz', path: 'src/server/security', variable: 'FUZZ', whole: 50_000, quick: 1_000 },
] as const;

/** The long suites: model histories, kills under load, malicious requests. What each counted, and whether it held. */
export async function benchSuites({ report, quick }: { readonly report: Report; readonly quick: boolean }): Promise<void> {
  for (const { name, path, variable, whole, quick: few } of suites) {
    const times = quick ? few : whole;
    const begun = performance.now();
    const { code, out } = await vitest(path, { [variable]: String(times) });
    const minutes = (performance.now() - begun) / 60_000;
    const note = `${variable}=${String(times)}, ${minutes.toFixed(1)} min`;
    report({ part: name, what: 'suites that failed', nodes: null, value: code === 0 ? 0 : 1, unit: 'count', atMost: 0, note });
    for (const line of out.matchAll(/BENCH (\{.*\})/g)) {
      for (const [what, value] of flat(counted.parse(JSON.parse(line[1] ?? '{}')))) report({ part: name, what, nodes: null, value, unit: 'count' });
    }
  }
}

function flat(counts: z.infer<typeof counted>): readonly (readonly [string, number])[] {
  return Object.entries(counts).flatMap(([what, value]) =>
    typeof value === 'number' ? [[what, value] as const] : Object.entries(value).map(([kind, times]) => [`${what}: ${kind}`, times] as const),
  );
}

async function vitest(path: string, env: Readonly<Record<string, string>>): Promise<{ readonly code: number; readonly out: string }> {
  const script = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [script, 'run', path], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (out += part.toString()));
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : 1, out };
}
