import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSimulator } from '../simulator/simulator.ts';
import { runFleetCommand } from './fleet-command/fleet-command.ts';
import { parseFleetCommand } from './fleet-command/fleet-options.ts';
import type { Terminal } from './fleet-command/terminal.ts';
import { openDirectConsole } from './direct-console.ts';
import { createHttpServer } from './http/http-server.ts';
import { listen } from './http/listen.ts';
import { createSystemClock } from './system-clock.ts';

const clock = createSystemClock();
let folder = '';
let server: Server;
let ray = '';
let simulator: ReturnType<typeof createSimulator>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-direct-'));
  simulator = createSimulator({ seed: 3, clock });
  const reset = { method: 'POST', body: JSON.stringify({ templates: { '4c8g': 20 } }) };
  await simulator.control(new Request('http://ray/simulator/reset', reset));
  server = createHttpServer(simulator.ray);
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  ray = `http://127.0.0.1:${String(listening.port)}`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly notes: string;
}

/** Runs a command as a person would, who answers `answer`; null: nobody is there. `interruptAt`: presses Ctrl+C at that note. */
async function run(line: string, answer: string | null = null, interruptAt: RegExp | null = null): Promise<Ran> {
  const [name, ...args] = [...line.split(' '), '--ray-address', ray, '--data-dir', join(folder, 'data')];
  if (name !== 'export' && name !== 'diff' && name !== 'apply') throw new Error(name);
  const parsed = parseFleetCommand(name, name === 'apply' ? args : args.slice(0, -2), {});
  if (parsed.kind !== 'command' || parsed.place.kind !== 'ray') throw new Error(JSON.stringify(parsed));
  const out: string[] = [];
  const notes: string[] = [];
  let interrupt: () => void = () => undefined;
  const terminal: Terminal = {
    out: (text) => out.push(text),
    data: (text) => out.push(text),
    written: () => Promise.resolve(null),
    note(text) {
      notes.push(text);
      if (interruptAt?.test(text) === true) interrupt();
    },
    status: () => undefined,
    ask: () => Promise.resolve(answer),
    onInterrupt(callBack) {
      interrupt = callBack;
      return () => undefined;
    },
  };
  const writes = name === 'apply' && !parsed.command.dryRun;
  const opened = openDirectConsole(parsed.place.options, { clock, env: {}, consoleVersion: '0', writes });
  if (!opened.ok) throw new Error(opened.message);
  try {
    const code = await runFleetCommand(parsed.command, {
      client: opened.client,
      terminal,
      clock,
      newId: () => crypto.randomUUID(),
    });
    return { code, out: out.join('\n'), notes: notes.join('\n') };
  } finally {
    await opened.close();
  }
}

const fleetFile = (...teams: readonly (readonly [id: string, nodes: number])[]) => {
  const path = join(folder, 'fleet.yaml');
  writeFileSync(
    path,
    `version: 1\nclusters:\n${teams.map(([id, nodes]) => `  - id: ${id} # a team\n    replicaSets:\n      4c8g: ${String(nodes)}\n`).join('')}`,
  );
  return path;
};

test('export, diff and apply on a Ray, without a console: created, then no drift; a file keeps its comments', async () => {
  const path = fleetFile(['team-a', 3], ['team-b', 2]);
  expect(await run(`diff ${path}`)).toMatchObject({
    code: 1,
    out: '+ team-a: is not there (4c8g 3)\n+ team-b: is not there (4c8g 2)',
  });
  expect(await run(`apply ${path} --dry-run`)).toMatchObject({ code: 0 });
  expect(await run(`diff ${path}`)).toMatchObject({ code: 1 });
  const applied = await run(`apply ${path} --yes`);
  expect(applied.notes).toContain('[2/2] create team-b (4c8g 2): done');
  expect(applied.code).toBe(0);
  expect(await run(`diff ${path}`)).toMatchObject({ code: 0, out: '' });
  const before = readFileSync(path, 'utf8');
  expect(await run(`export ${path}`)).toMatchObject({ code: 0, notes: `${path} says so already.` });
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect((await run('export')).out).toContain('- id: team-b');
  // Its own journal, beside the one of a console that may run.
  expect(readdirSync(join(folder, 'data'))).toEqual(['command-line']);
}, 20_000);

test('nothing is applied that nobody agreed to, and only --prune deletes', async () => {
  const path = fleetFile(['team-a', 3], ['team-b', 2]);
  expect(await run(`apply ${path}`)).toMatchObject({ code: 2, notes: expect.stringContaining('Give --yes') });
  expect(await run(`apply ${path}`, 'y')).toMatchObject({
    code: 2,
    notes: expect.stringContaining('Nothing was applied.'),
  });
  expect(await run(`apply ${path}`, 'yes')).toMatchObject({ code: 0 });
  fleetFile(['team-a', 1]);
  expect(await run(`apply ${path} --yes --json`)).toMatchObject({
    code: 0,
    out: expect.stringContaining('"kept": [\n    "team-b"'),
  });
  expect(await run(`diff ${path}`)).toMatchObject({ code: 0 });
  expect(await run(`diff ${path} --prune`)).toMatchObject({ code: 1, out: '- team-b: is not in the file (4c8g 2)' });
  expect(await run(`apply ${path} --yes --prune`)).toMatchObject({ code: 0 });
  expect(JSON.parse((await run(`diff ${path} --prune --json`)).out)).toEqual({ differs: false, drift: [] });
}, 20_000);

test('a shortage stops the plan: exit code 1, and what was done is told', async () => {
  const path = fleetFile(['team-a', 5], ['team-b', 50]);
  expect(await run(`apply ${path} --dry-run`)).toMatchObject({
    code: 1,
    notes: expect.stringContaining('nodes'),
  });
  const { code, notes } = await run(`apply ${path} --yes`);
  expect(code).toBe(1);
  expect(notes).toContain('[1/2] create team-a (4c8g 5): done');
  expect(notes).toContain('FAILED: not enough nodes');
  expect(notes).toContain('1 of 2 steps are done; the rest is not.');
}, 20_000);

test('Ctrl+C stops after the step that is on its way, and says what was done', async () => {
  const path = fleetFile(...Array.from({ length: 12 }, (_each, n) => [`team-${String(n)}`, 1] as const));
  const slow = [{ method: 'POST', path: '/virtual_clusters', kind: 'delay', ms: 300 }];
  await simulator.control(new Request('http://ray/simulator/faults', { method: 'PUT', body: JSON.stringify(slow) }));
  const { code, notes } = await run(`apply ${path} --yes`, null, /: done$/);
  expect(code).toBe(1);
  expect(notes).toContain('Stopping after the step that is on its way.');
  const [, done] = /(\d+) of 12 steps are done; the rest is not/.exec(notes) ?? [];
  expect(Number(done)).toBeLessThan(12);
  expect((await run('export')).out.match(/id: team-\d+/g)).toHaveLength(Number(done));
}, 20_000);

test('what can not be told is 2: a wrong file with its line, no file, a Ray that does not answer', async () => {
  const path = join(folder, 'wrong.yaml');
  writeFileSync(path, 'version: 1\nclusters:\n  - id: a\n    replicas: {}\n');
  expect(await run(`diff ${path}`)).toMatchObject({
    code: 2,
    notes: expect.stringContaining(`${path}:4:5: Nothing is named "replicas"`),
  });
  expect(await run(`diff ${join(folder, 'none.yaml')}`)).toMatchObject({ code: 2 });
  server.close();
  server.closeAllConnections();
  expect(await run(`diff ${fleetFile(['a', 1])}`)).toMatchObject({
    code: 2,
    notes: expect.stringContaining("can't be read"),
  });
}, 20_000);
