import { isDrift } from '../../fleet-file/drift.ts';
import type { FleetCommand, FleetCommandParts } from './command.ts';
import { compareWithFleet } from './compare-with-fleet.ts';
import { driftLines } from './fleet-text.ts';

/** Prints how the fleet differs from a file. Resolves with 1 where it does, as `diff` does, else with 0. */
export async function diffWithFile(command: FleetCommand, parts: FleetCommandParts): Promise<number> {
  const { drift } = await compareWithFleet(command, parts);
  const { prune, json } = command;
  const { terminal } = parts;
  const differs = isDrift(drift, { prune });
  if (json) {
    terminal.data(JSON.stringify({ differs, drift }, null, 2));
  } else {
    for (const line of drift.flatMap((each) => driftLines(each, prune))) terminal.out(line);
    if (!differs) terminal.note('The fleet is as the file says.');
  }
  return differs ? 1 : 0;
}
