import { applyFile } from './apply-command.ts';
import type { FleetCommand, FleetCommandParts } from './command.ts';
import { ConsoleError } from './console-client.ts';
import { diffWithFile } from './diff-command.ts';
import { exportToFile } from './export-command.ts';
import { keepAsPlan } from './plan-command.ts';
import { PlanStateUnknown } from './run-plan.ts';

/** Each command, and whether it may have changed something by the time it returns. */
const commands = {
  export: { run: exportToFile, hasEffects: false },
  diff: { run: diffWithFile, hasEffects: false },
  apply: { run: applyFile, hasEffects: true },
  plan: { run: keepAsPlan, hasEffects: true },
} satisfies Record<FleetCommand['name'], unknown>;

/**
 * Runs a command on a fleet file; resolves with the exit code. A failure is 2, never 0; but 1 where something may have been begun.
 */
export async function runFleetCommand(command: FleetCommand, parts: FleetCommandParts): Promise<number> {
  const { terminal } = parts;
  const { run, hasEffects } = commands[command.name];
  let code;
  try {
    code = await run(command, parts);
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    for (const line of error.lines) terminal.note(line);
    return error instanceof PlanStateUnknown ? 1 : 2;
  }
  const unwritten = await terminal.written();
  if (unwritten === null) return code;
  terminal.note(`The output can't be written (${unwritten}).`);
  return hasEffects ? Math.max(1, code) : 2;
}
