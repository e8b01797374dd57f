import { isPlanCommand } from './plan-command.ts';
import { applyPlanCommand } from './plan-commands.ts';
import { checkSafety } from './safety-checks.ts';
import { applyExternalCommand } from './external-commands.ts';
import { applyUserCommand } from './user-commands.ts';
import { InvariantViolation } from './invariant-violation.ts';
import type { CommandSequence, Command } from './commands.ts';
import type { Coverage } from './coverage.ts';
import { untilQuiescent, checkAllChanges } from './quiescence.ts';
import { createTestBed, type TestBed } from './test-bed.ts';

/** Longer than a cluster must be idle before its deferred deletion (5 min) plus one poll, ms. */
const IDLE_MS = 400_000;

/** Runs a sequence until nothing is in flight any more. Throws `InvariantViolation`. */
export async function runSequence(sequence: CommandSequence, coverage: Coverage): Promise<void> {
  const testBed = createTestBed(sequence, coverage);
  coverage.histories += 1;
  await testBed.clock.advance(1_000);
  for (const [index, command] of sequence.steps.entries()) {
    coverage.countStep(command.kind);
    try {
      testBed.oracle.observe();
      applyCommand(testBed, command, `script-${String(index)}`);
      testBed.oracle.observe();
      if (command.kind === 'quiet' || (command.kind === 'delete-when-idle' && command.isLeft))
        await idleUnwatched(testBed);
      await testBed.clock.advance(command.wait);
      checkSafety(testBed);
    } catch (error) {
      if (error instanceof InvariantViolation)
        throw new InvariantViolation(`after command ${String(index)} (${command.kind}): ${error.message}`);
      throw error;
    }
  }
  await untilQuiescent(testBed);
  await checkAllChanges(testBed, coverage);
  for (const { page } of testBed.tabs) page.close();
  const closed = Promise.all(testBed.consoles.map((console) => console.close()));
  // A slow disk needs time for the last journal writes.
  await testBed.clock.advance(1_000);
  await closed;
}

function applyCommand(testBed: TestBed, command: Command, name: string): void {
  if (isPlanCommand(command)) return applyPlanCommand(testBed, command);
  const tab = 'page' in command ? testBed.tabs[command.page] : undefined;
  if (tab === undefined) applyExternalCommand(testBed, command, name);
  else applyUserCommand(testBed, tab, command);
}

/** Hides all pages and lets the idle time pass: without viewers Ray is polled rarely, so that this is cheap. */
async function idleUnwatched({ tabs, clock }: TestBed): Promise<void> {
  // Lets the last request be sent first.
  await clock.advance(1_000);
  const visible = tabs.filter(({ page }) => page.isVisible());
  for (const { page } of visible) page.setVisible(false);
  await clock.advance(IDLE_MS);
  for (const { page } of visible) page.setVisible(true);
}
