import { delay } from '../../backend/concurrency/with-timeout.ts';
import type { Clock } from '../../clock.ts';
import type { Plan } from '../../contract/plan.ts';
import { ConsoleError, Unanswered, type ConsoleClient } from './console-client.ts';
import { stateText, stepText } from './fleet-text.ts';
import type { Terminal } from './terminal.ts';

/** How often a running plan is polled, ms. */
const POLL_INTERVAL = 250;

/** How many times in a row a console that does not answer is asked about a running plan, and the pause between two, ms. */
const MAX_ATTEMPTS = 20;
const RETRY_DELAY = 3_000;

/** It is not known whether the plan runs, or ran. */
export class PlanStateUnknown extends ConsoleError {}

/**
 * Runs a plan and reports each step. Ctrl+C stops it after the step that is on its way: what was sent can't be called back, and
 * its outcome is waited for.
 */
export async function runPlan(
  plan: Plan,
  { client, terminal, clock }: { readonly client: ConsoleClient; readonly terminal: Terminal; readonly clock: Clock },
): Promise<Plan> {
  const reported = new Set<string>();
  let isStopAsked = false;
  const removeListener = terminal.onInterrupt(() => {
    if (isStopAsked) return;
    isStopAsked = true;
    terminal.note('Stopping after the step that is on its way.');
    // It may have ended just now, as the next poll shows.
    client.command(plan.id, { kind: 'stop' }).catch(() => undefined);
  });
  try {
    let now = await startPlan(plan, client);
    for (;;) {
      reportSteps(now, reported, terminal);
      const { kind } = now.run.state;
      if (kind !== 'running' && kind !== 'stopping') return now;
      await delay(clock, POLL_INTERVAL);
      now = await fetchPlan(plan.id, client, clock);
    }
  } finally {
    removeListener();
  }
}

async function startPlan(plan: Plan, client: ConsoleClient): Promise<Plan> {
  try {
    return await client.command(plan.id, { kind: 'run', version: plan.version });
  } catch (error) {
    throw error instanceof Unanswered ? stateUnknown(plan.id, error) : error;
  }
}

/** The plan as it is now. It runs without this command, so a console that is away for a moment is asked again. */
async function fetchPlan(id: string, client: ConsoleClient, clock: Clock): Promise<Plan> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.plan(id);
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      if (!(error instanceof Unanswered) || attempt >= MAX_ATTEMPTS) throw stateUnknown(id, error);
      await delay(clock, RETRY_DELAY);
    }
  }
}

function stateUnknown(id: string, error: ConsoleError): PlanStateUnknown {
  return new PlanStateUnknown([...error.lines, `What became of the plan ${id} is not known: look at it there.`], {
    cause: error,
  });
}

function reportSteps({ run: { steps } }: Plan, reported: Set<string>, terminal: Terminal) {
  const count = (index: number) => `[${String(index + 1)}/${String(steps.length)}]`;
  for (const [index, { step, state }] of steps.entries()) {
    const text = stateText(state);
    if (text === null || reported.has(step.id)) continue;
    reported.add(step.id);
    terminal.note(`${count(index)} ${stepText(step)}: ${text}`);
  }
  const next = steps.findIndex(({ state }) => stateText(state) === null);
  const step = steps[next]?.step;
  if (step !== undefined) terminal.status(`${count(next)} ${stepText(step)} …`);
}
