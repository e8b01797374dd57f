import type { Plan } from '../../contract/plan.ts';
import type { PlanStep } from '../../domain/plan/plan.ts';
import type { Application } from '../../fleet-file/drift.ts';
import { noteUnlessJson, type FleetCommand, type FleetCommandParts } from './command.ts';
import { compareWithFleet } from './compare-with-fleet.ts';
import { ConsoleError } from './console-client.ts';
import { driftLines, stateText, stepText } from './fleet-text.ts';
import { planName } from './plan-command.ts';
import { runPlan } from './run-plan.ts';

/** Makes the fleet as a file says, once a person or `--yes` agreed. Resolves with the exit code. */
export async function applyFile(command: FleetCommand, parts: FleetCommandParts): Promise<number> {
  const { client, newId } = parts;
  const { drift, application } = await compareWithFleet(command, parts);
  const { goals, profiles, notApplied } = application;
  const note = noteUnlessJson(command, parts);
  const report = createReport(command, parts, application);
  for (const line of drift.flatMap((each) => driftLines(each, command.prune))) note(line);
  if (goals.length === 0 && profiles.length === 0) {
    note(notApplied.length > 0 ? 'Nothing can be applied.' : 'There is nothing to apply.');
    return report({}, notApplied.length > 0 ? 1 : 0);
  }
  const { steps, short } = goals.length === 0 ? { steps: [], short: [] } : await client.tryPlan(goals);
  for (const { templateId, nodes } of short) note(`Not enough nodes: ${String(nodes)} of ${templateId} are lacking.`);
  if (command.dryRun) {
    for (const step of steps) note(`would ${stepText(step)}`);
    return report({ steps, short }, short.length > 0 || notApplied.length > 0 ? 1 : 0);
  }
  if (!(await isAgreed(steps, command, parts))) return 2;
  const plan =
    goals.length === 0 ? null : await runPlan(await client.savePlan(newId(), planName(command), goals), parts);
  const isFinished = plan === null || plan.run.state.kind === 'finished';
  const profilesSet = isFinished ? await setProfiles(profiles, parts) : [];
  if (plan !== null) note(summaryOf(plan, isFinished));
  const isWhole = isFinished && profilesSet.length === profiles.length && notApplied.length === 0;
  return report({ planId: plan?.id, state: plan?.run.state, steps: plan?.run.steps, profilesSet }, isWhole ? 0 : 1);
}

/** Prints the outcome where JSON was asked for, with every field that there may be, and returns the exit code. */
function createReport({ json }: FleetCommand, { terminal }: FleetCommandParts, { notApplied, kept }: Application) {
  const nothing = { planId: null, state: null, steps: [], profilesSet: [], notApplied, kept } as const;
  return (outcome: object, code: number): number => {
    if (json) terminal.data(JSON.stringify({ ...nothing, ...outcome }, null, 2));
    return code;
  };
}

async function isAgreed(
  steps: readonly PlanStep[],
  { yes }: FleetCommand,
  { terminal }: FleetCommandParts,
): Promise<boolean> {
  if (yes) return true;
  const answer = await terminal.ask(`Apply ${String(steps.length)} changes? Type yes: `);
  if (answer?.trim() === 'yes') return true;
  terminal.note(
    answer === null ? 'Nobody can be asked here, so nothing was applied. Give --yes.' : 'Nothing was applied.',
  );
  return false;
}

function summaryOf({ id, run: { steps } }: Plan, isFinished: boolean): string {
  const done = steps
    .map(({ state }) => stateText(state))
    .filter((text) => text === 'done' || text === 'was so already');
  const all = `${String(done.length)} of ${String(steps.length)} steps are done`;
  return isFinished ? `${all}.` : `${all}; the rest is not. Look at the plan ${id}, or apply the file again.`;
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
