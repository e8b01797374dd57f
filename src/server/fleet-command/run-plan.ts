import type { Clock } from '../../clock.ts';
import type { Plan } from '../../contract/plan.ts';
import { ConsoleError, Unanswered, type ConsoleClient } from './console-client.ts';
import { stateText, stepText } from './fleet-text.ts';
import type { Terminal } from './terminal.ts';

/** How often a running plan is looked at, ms. */
const LOOK_EVERY = 250;

/** How often a console that does not answer is asked again about a plan that runs, and how long after each time, ms. */
const LOOKS_IN_VAIN = 20;
const LOOK_AGAIN_AFTER = 3_000;

/** The plan may run, or have run: nobody could tell. */
export class PlanOutOfSight extends ConsoleError {}

/**
 * Runs a plan and tells of each step. Ctrl+C stops it after the step that is on its way: what was sent can't be called back, and
 * its outcome is waited for.
 */
export async function runPlan(
  plan: Plan,
  { client, terminal, clock }: { readonly client: ConsoleClient; readonly terminal: Terminal; readonly clock: Clock },
): Promise<Plan> {
  const told = new Set<string>();
  let isStopAsked = false;
  const removeListener = terminal.onInterrupt(() => {
    if (isStopAsked) return;
    isStopAsked = true;
    terminal.note('Stopping after the step that is on its way.');
    // It may have ended just now; the next look tells.
    client.command(plan.id, { kind: 'stop' }).catch(() => undefined);
  });
  try {
    let now = await begun(plan, client);
    for (;;) {
      tell(now, told, terminal);
      const { kind } = now.run.state;
      if (kind !== 'running' && kind !== 'stopping') return now;
      await new Promise<void>((resolve) => clock.after(LOOK_EVERY, resolve));
      now = await looked(plan.id, client, clock);
    }
  } finally {
    removeListener();
  }
}

async function begun(plan: Plan, client: ConsoleClient): Promise<Plan> {
  try {
    return await client.command(plan.id, { kind: 'run', version: plan.version });
  } catch (error) {
    throw error instanceof Unanswered ? outOfSight(plan.id, error) : error;
  }
}

/** The plan as it is now. It goes on without whoever looks, so a console that is away for a moment is asked again. */
async function looked(id: string, client: ConsoleClient, clock: Clock): Promise<Plan> {
  for (let inVain = 1; ; inVain += 1) {
    try {
      return await client.plan(id);
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      if (!(error instanceof Unanswered) || inVain >= LOOKS_IN_VAIN) throw outOfSight(id, error);
      await new Promise<void>((resolve) => clock.after(LOOK_AGAIN_AFTER, resolve));
    }
  }
}

function outOfSight(id: string, error: ConsoleError): PlanOutOfSight {
  return new PlanOutOfSight([...error.lines, `What became of the plan ${id} is not known: look at it there.`], {
    cause: error,
  });
}

function tell({ run: { steps } }: Plan, told: Set<string>, terminal: Terminal) {
  const count = (index: number) => `[${String(index + 1)}/${String(steps.length)}]`;
  for (const [index, { step, state }] of steps.entries()) {
    const text = stateText(state);
    if (text === null || told.has(step.id)) continue;
    told.add(step.id);
    terminal.note(`${count(index)} ${stepText(step)}: ${text}`);
  }
  const next = steps.findIndex(({ state }) => stateText(state) === null);
  const step = steps[next]?.step;
  if (step !== undefined) terminal.status(`${count(next)} ${stepText(step)} …`);
}
