import type { Clock } from '../../clock.ts';
import type { Plan } from '../../contract/plan.ts';
import type { ConsoleClient } from './console-client.ts';
import { stateText, stepText } from './fleet-text.ts';
import type { Terminal } from './terminal.ts';

/** How often a running plan is looked at, ms. */
const LOOK_EVERY = 250;

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
    let now = await client.command(plan.id, { kind: 'run', version: plan.version });
    for (;;) {
      tell(now, told, terminal);
      const { kind } = now.run.state;
      if (kind !== 'running' && kind !== 'stopping') return now;
      await new Promise<void>((resolve) => clock.after(LOOK_EVERY, resolve));
      now = await client.plan(plan.id);
    }
  } finally {
    removeListener();
  }
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
