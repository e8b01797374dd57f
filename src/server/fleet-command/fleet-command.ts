import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Clock } from '../../clock.ts';
import { MAX_GOALS, MAX_PLAN_NAME } from '../../contract/plan.ts';
import { applicationOf, driftOf, isDrift, type Application, type Drift } from '../../fleet-file/drift.ts';
import { exportFleet, exportInto } from '../../fleet-file/export.ts';
import { parseFleetFile } from '../../fleet-file/parse.ts';
import { describeProblem } from '../../fleet-file/problem.ts';
import { MAX_FILE_BYTES } from '../../fleet-file/schema.ts';
import { ConsoleError, type ConsoleClient } from './console-client.ts';
import { driftLines, stateText, stepText } from './fleet-text.ts';
import { PlanOutOfSight, runPlan } from './run-plan.ts';
import type { Terminal } from './terminal.ts';

export interface FleetCommand {
  readonly name: 'export' | 'diff' | 'apply' | 'plan';
  readonly file: string | null;
  readonly prune: boolean;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

export interface FleetCommandParts {
  readonly client: ConsoleClient;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * Runs a command on a fleet file; resolves with the exit code. Whatever can't be told is 2, never 0; but what may have been begun is 1,
 * however it ended.
 */
export async function runFleetCommand(command: FleetCommand, parts: FleetCommandParts): Promise<number> {
  const { terminal } = parts;
  let code;
  try {
    code = await carryOut(command, parts);
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    for (const line of error.lines) terminal.note(line);
    return error instanceof PlanOutOfSight ? 1 : 2;
  }
  const unwritten = await terminal.written();
  if (unwritten === null) return code;
  terminal.note(`The output can't be written (${unwritten}).`);
  return command.name === 'apply' || command.name === 'plan' ? Math.max(1, code) : 2;
}

function carryOut(command: FleetCommand, parts: FleetCommandParts): Promise<number> {
  switch (command.name) {
    case 'export':
      return exportTo(command, parts);
    case 'diff':
      return diff(command, parts);
    case 'apply':
      return apply(command, parts);
    case 'plan':
      return keepPlan(command, parts);
  }
}

/** A file's text; null: there is none. A file that is too large is not read. */
function readText(path: string): string | null {
  let file;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new ConsoleError(`${path} can't be read (${codeOf(error)}).`);
  }
  try {
    const { size } = fstatSync(file);
    if (size > MAX_FILE_BYTES)
      throw new ConsoleError(`${path}:${describeProblem({ line: 1, column: 1, fault: { kind: 'too-large' } })}`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw error instanceof ConsoleError ? error : new ConsoleError(`${path} can't be read (${codeOf(error)}).`);
  } finally {
    closeSync(file);
  }
}

function readFile(path: string) {
  const text = readText(path);
  if (text === null) throw new ConsoleError(`There is no file ${path}.`);
  return parse(path, text);
}

function parse(path: string, text: string) {
  const parsed = parseFleetFile(text);
  if (parsed.ok) return parsed;
  throw new ConsoleError(parsed.problems.map((problem) => `${path}:${describeProblem(problem)}`));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
}

async function exportTo({ file, prune }: FleetCommand, { client, terminal }: FleetCommandParts): Promise<number> {
  const text = file === null ? null : readText(file);
  const known = file === null || text === null || text === '' ? null : parse(file, text);
  const fleet = await client.fleet();
  const exported = known === null ? exportFleet(fleet) : exportInto(fleet, known, { prune });
  if (exported === null)
    throw new ConsoleError(`${file ?? ''} is written in a way that can't be edited. Export into a new file.`);
  for (const { id, problem } of exported.leftOut)
    terminal.note(`${id} is left out: no file can hold this id (${problem}).`);
  if (exported.gone.length > 0)
    terminal.note(
      prune
        ? `Removed, as the fleet has them no more: ${exported.gone.join(', ')}.`
        : `Kept, although the fleet has them no more (--prune removes them): ${exported.gone.join(', ')}.`,
    );
  if (file === null) terminal.data(exported.text.replace(/\n$/, ''));
  else if (exported.text !== text) {
    try {
      writeFileSync(file, exported.text);
    } catch (error) {
      throw new ConsoleError(`${file} can't be written (${codeOf(error)}).`);
    }
    terminal.note(`${file} is written.`);
  } else terminal.note(`${file} says so already.`);
  return 0;
}

interface Compared {
  readonly drift: readonly Drift[];
  readonly application: Application;
}

async function compare({ file, prune }: FleetCommand, { client }: FleetCommandParts): Promise<Compared> {
  const { clusters } = readFile(file ?? '');
  const drift = driftOf(clusters, await client.fleet());
  const application = applicationOf(drift, { prune });
  if (application.goals.length > MAX_GOALS)
    throw new ConsoleError(
      `The fleet differs in ${String(application.goals.length)} virtual clusters, and a plan changes at most ${String(MAX_GOALS)}. Split the file.`,
    );
  return { drift, application };
}

async function diff(command: FleetCommand, parts: FleetCommandParts): Promise<number> {
  const { drift } = await compare(command, parts);
  const { prune, json } = command;
  const differs = isDrift(drift, { prune });
  if (json) parts.terminal.data(JSON.stringify({ differs, drift }, null, 2));
  else {
    for (const line of drift.flatMap((each) => driftLines(each, prune))) parts.terminal.out(line);
    if (!differs) parts.terminal.note('The fleet is as the file says.');
  }
  return differs ? 1 : 0;
}

async function keepPlan(
  command: FleetCommand,
  { client, terminal, newId, ...rest }: FleetCommandParts,
): Promise<number> {
  const { application } = await compare(command, { client, terminal, newId, ...rest });
  const { goals, profiles, notApplied } = application;
  const note = (line: string) => {
    if (!command.json) terminal.note(line);
  };
  const plan = goals.length === 0 ? null : await client.savePlan(newId(), planName(command), goals);
  const steps = plan?.run.steps.map(({ step }) => step) ?? [];
  if (command.json) terminal.data(JSON.stringify({ planId: plan?.id ?? null, steps, notApplied }, null, 2));
  else for (const step of steps) terminal.out(stepText(step));
  note(
    plan === null
      ? 'There is nothing to plan.'
      : `Kept as the plan ${plan.id}, "${plan.name}". Nothing is changed until somebody runs it.`,
  );
  if (profiles.length > 0) note('Owners are not part of a plan: apply sets them.');
  if (notApplied.length > 0) note(`Left out, as Ray can't change what is divisible: ${notApplied.join(', ')}.`);
  return notApplied.length > 0 ? 1 : 0;
}

function planName({ file }: FleetCommand): string {
  return `Apply ${basename(file ?? '')}`.slice(0, MAX_PLAN_NAME);
}

async function apply(command: FleetCommand, parts: FleetCommandParts): Promise<number> {
  const { client, terminal, newId } = parts;
  const { drift, application } = await compare(command, parts);
  const { goals, profiles, notApplied, kept } = application;
  const note = (line: string) => {
    if (!command.json) terminal.note(line);
  };
  for (const line of drift.flatMap((each) => driftLines(each, command.prune))) note(line);
  const report = { planId: null, state: null, steps: [], profilesSet: [], notApplied, kept } as const;
  const done = (more: object, code: number) => {
    if (command.json) terminal.data(JSON.stringify({ ...report, ...more }, null, 2));
    return code;
  };
  if (goals.length === 0 && profiles.length === 0) {
    note(notApplied.length > 0 ? 'Nothing can be applied.' : 'There is nothing to apply.');
    return done({}, notApplied.length > 0 ? 1 : 0);
  }
  const { steps, short } = goals.length === 0 ? { steps: [], short: [] } : await client.tryPlan(goals);
  for (const { templateId, nodes } of short) note(`Not enough nodes: ${String(nodes)} of ${templateId} are lacking.`);
  if (command.dryRun) {
    for (const step of steps) note(`would ${stepText(step)}`);
    return done({ steps, short }, short.length > 0 || notApplied.length > 0 ? 1 : 0);
  }
  if (!command.yes) {
    const answer = await terminal.ask(`Apply ${String(steps.length)} changes? Type yes: `);
    if (answer?.trim() !== 'yes') {
      terminal.note(
        answer === null ? 'Nobody can be asked here, so nothing was applied. Give --yes.' : 'Nothing was applied.',
      );
      return 2;
    }
  }
  const plan =
    goals.length === 0 ? null : await runPlan(await client.savePlan(newId(), planName(command), goals), parts);
  const isFinished = plan === null || plan.run.state.kind === 'finished';
  const profilesSet = isFinished ? await setProfiles(profiles, parts) : [];
  if (plan !== null)
    note(
      summary(
        plan.run.steps.map(({ state }) => stateText(state)),
        plan.id,
        isFinished,
      ),
    );
  const isWhole = isFinished && profilesSet.length === profiles.length && notApplied.length === 0;
  return done({ planId: plan?.id, state: plan?.run.state, steps: plan?.run.steps, profilesSet }, isWhole ? 0 : 1);
}

function summary(states: readonly (string | null)[], planId: string, isFinished: boolean): string {
  const done = states.filter((text) => text === 'done' || text === 'was so already').length;
  const all = `${String(done)} of ${String(states.length)} steps are done`;
  return isFinished ? `${all}.` : `${all}; the rest is not. Look at the plan ${planId}, or apply the file again.`;
}

/** Sets who virtual clusters are for, once they exist. Returns those that were set. */
async function setProfiles(
  profiles: Application['profiles'],
  { client, terminal }: FleetCommandParts,
): Promise<readonly string[]> {
  const set: string[] = [];
  for (const { clusterId, profile } of profiles) {
    try {
      await client.setProfile(clusterId, profile);
      set.push(clusterId);
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      terminal.note(`The owner of ${clusterId} was not set: ${error.message}`);
    }
  }
  if (set.length > 0) terminal.note(`Owners set: ${set.join(', ')}.`);
  return set;
}
