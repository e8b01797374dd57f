import { checkSafety } from './safety-checks.ts';
import { applyExternalCommand } from './external-commands.ts';
import { applyUserCommand } from './user-commands.ts';
import { InvariantViolation } from './view-monitor.ts';
import type { CommandSequence, Command } from './commands.ts';
import type { Coverage } from './coverage.ts';
import { untilQuiescent, checkAllChanges } from './quiescence.ts';
import { createTestBed, type TestBed } from './test-bed.ts';

/** More than a cluster must have been idle before it is deleted (5 min), and a reading that tells it, ms. */
const IDLE_MS = 400_000;

/** Plays a history from the beginning to a calm end. Throws `Broken` where a promise was not kept. */
export async function runSequence(history: CommandSequence, tally: Coverage): Promise<void> {
  const world = createTestBed(history, tally);
  tally.histories += 1;
  await world.clock.advance(1_000);
  for (const [index, step] of history.steps.entries()) {
    tally.countStep(step.do);
    try {
      world.oracle.observe();
      applyCommand(world, step, `script-${String(index)}`);
      world.oracle.observe();
      if (step.do === 'quiet' || (step.do === 'delete-when-idle' && step.isLeft)) await idleUnwatched(world);
      await world.clock.advance(step.wait);
      checkSafety(world);
    } catch (error) {
      if (error instanceof InvariantViolation)
        throw new InvariantViolation(`after step ${String(index)} (${step.do}): ${error.message}`);
      throw error;
    }
  }
  await untilQuiescent(world);
  await checkAllChanges(world, tally);
  for (const { page } of world.tabs) page.close();
  const closed = Promise.all(world.consoles.map((console) => console.close()));
  // A slow disk needs its time for the last words.
  await world.clock.advance(1_000);
  await closed;
}

function applyCommand(world: TestBed, step: Command, name: string): void {
  const seat = 'page' in step ? world.tabs[step.page] : undefined;
  if (seat === undefined) applyExternalCommand(world, step, name);
  else applyUserCommand(world, seat, step);
}

/** While nobody looks, Ray is read rarely: so much time costs little. */
async function idleUnwatched({ tabs, clock }: TestBed): Promise<void> {
  // What was asked for last has gone out by then.
  await clock.advance(1_000);
  const visible = tabs.filter(({ page }) => page.isVisible());
  for (const { page } of visible) page.setVisible(false);
  await clock.advance(IDLE_MS);
  for (const { page } of visible) page.setVisible(true);
}
