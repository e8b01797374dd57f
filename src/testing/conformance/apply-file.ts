import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { paths } from '../../contract/paths.ts';
import { plan, planReply, type Plan, type PlanReply } from '../../contract/plan.ts';
import type { Goal } from '../../domain/plan/plan.ts';
import { applicationOf, driftOf } from '../../fleet-file/drift.ts';
import { fleetClusterOf } from '../../fleet-file/fleet-cluster.ts';
import { parseFleetFile } from '../../fleet-file/parse.ts';
import { createConsoleClient } from '../../server/fleet-command/console-client.ts';
import { fleetDefaults, type FleetCommand } from '../../server/fleet-command/command.ts';
import { runFleetCommand } from '../../server/fleet-command/fleet-command.ts';
import type { Target } from '../../simulator/conformance/target.ts';
import type { ConsoleOnRay } from './console-on-ray.ts';

type Run = Plan['run'];

/** A way to make the fleet as a file says; the plan's outcome. Only `prune` deletes. */
export type ApplyFile = (
  console: ConsoleOnRay,
  target: Target,
  text: string,
  prune?: boolean,
) => Promise<{ readonly id: string; readonly run: Run }>;

/** A file of these virtual clusters. */
export function fileOf(clusters: Readonly<Record<string, Readonly<Record<string, number>>>>, divisible = ''): string {
  const items = Object.entries(clusters).map(
    ([id, sets]) =>
      `  - id: ${id}\n    divisible: ${String(id === divisible)}\n    replicaSets: ${JSON.stringify(sets)}\n`,
  );
  return `version: 1\nclusters:\n${items.join('')}`;
}

async function ask(console: ConsoleOnRay, method: string, path: string, body?: object): Promise<PlanReply> {
  const reply = await console.ask(method, path, body === undefined ? undefined : JSON.stringify(body));
  return planReply.parse(await reply.json());
}

/** The goals of a plan that makes the fleet as a file says. */
export async function goalsOf(console: ConsoleOnRay, text: string, prune = false): Promise<readonly Goal[]> {
  const file = parseFleetFile(text);
  if (!file.ok) throw new Error(JSON.stringify(file.problems));
  const fleet = (await console.fleet()).clusters.map((cluster) => fleetClusterOf(cluster, true));
  return applicationOf(driftOf(file.clusters, fleet), { prune }).goals;
}

/** Keeps a plan and carries it out, as the page does. */
export async function runPlan(console: ConsoleOnRay, target: Target, goals: readonly Goal[]) {
  const id = randomUUID();
  const { preview } = await ask(console, 'PUT', paths.plan(id), { version: 0, name: 'Apply', goals });
  let now = await ask(console, 'POST', paths.planRun(id), { kind: 'run', version: 1 });
  for (let waited = 0; waited < 60_000 && now.plan.run.state.kind === 'running'; waited += 200) {
    await target.wait(200);
    now = await ask(console, 'GET', paths.plan(id));
  }
  return { id, run: now.plan.run, preview };
}

const byApi: ApplyFile = async (console, target, text, prune) =>
  runPlan(console, target, await goalsOf(console, text, prune));

/** Runs a command on a file, as somebody in a terminal does; what it printed. */
export async function runCommand(console: ConsoleOnRay, text: string, more: Partial<FleetCommand>) {
  const { clock, send } = console;
  const folder = mkdtempSync(join(tmpdir(), 'fleet-file-'));
  const out: string[] = [];
  try {
    const file = join(folder, 'fleet.yaml');
    writeFileSync(file, text);
    const client = createConsoleClient({ send, base: 'http://127.0.0.1/', token: null, knowsProfiles: true, clock });
    const terminal = {
      out: (line: string) => void out.push(line),
      data: (text: string) => void out.push(text),
      written: () => Promise.resolve(null),
      note: () => undefined,
      status: () => undefined,
      ask: () => Promise.resolve(null),
      onInterrupt: () => () => undefined,
    };
    const command = { ...fleetDefaults, name: 'diff', file, json: true, yes: true, ...more } as const;
    const code = await console.during(runFleetCommand(command, { client, terminal, clock, newId: randomUUID }));
    return { code, out: out.join('\n') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const applied = z.object({ planId: z.string(), state: plan.shape.run.shape.state, steps: plan.shape.run.shape.steps });

const byCommandLine: ApplyFile = async (console, _target, text, prune = false) => {
  const { code, out } = await runCommand(console, text, { name: 'apply', prune });
  const { planId, ...run } = applied.parse(JSON.parse(out));
  expect(code).toBe(run.state.kind === 'finished' ? 0 : 1);
  return { id: planId, run };
};

export const waysToApply: readonly (readonly [name: string, apply: ApplyFile])[] = [
  ['the API', byApi],
  ['the command line', byCommandLine],
];
