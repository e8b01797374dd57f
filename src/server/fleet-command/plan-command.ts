import { basename } from 'node:path';
import { MAX_PLAN_NAME } from '../../contract/plan.ts';
import { noteUnlessJson, type FleetCommand, type FleetCommandParts } from './command.ts';
import { compareWithFleet } from './compare-with-fleet.ts';
import { stepText } from './fleet-text.ts';

/** Keeps what a file asks for as a plan, which somebody runs later. Resolves with the exit code. */
export async function keepAsPlan(command: FleetCommand, parts: FleetCommandParts): Promise<number> {
  const { client, terminal, newId } = parts;
  const { goals, profiles, notApplied } = (await compareWithFleet(command, parts)).application;
  const note = noteUnlessJson(command, parts);
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

/** What the plan of a file is called in the console. */
export function planName({ file }: FleetCommand): string {
  return `Apply ${basename(file ?? '')}`.slice(0, MAX_PLAN_NAME);
}
