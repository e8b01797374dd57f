import { MAX_GOALS } from '../../contract/plan.ts';
import { applicationOf, driftOf, type Application, type Drift } from '../../fleet-file/drift.ts';
import type { FleetCommand, FleetCommandParts } from './command.ts';
import { ConsoleError } from './console-client.ts';
import { readFleetFile } from './fleet-file-on-disk.ts';

/** How a file and the fleet differ, and what would make the fleet as the file says. */
export interface Comparison {
  readonly drift: readonly Drift[];
  readonly application: Application;
}

/** @throws ConsoleError when the file or the fleet can't be read, or they differ in more than one plan can change */
export async function compareWithFleet(
  { file, prune }: FleetCommand,
  { client }: FleetCommandParts,
): Promise<Comparison> {
  const { clusters } = readFleetFile(file ?? '');
  const drift = driftOf(clusters, await client.fleet());
  const application = applicationOf(drift, { prune });
  if (application.goals.length > MAX_GOALS)
    throw new ConsoleError(
      `The fleet differs in ${String(application.goals.length)} virtual clusters, and a plan changes at most ${String(MAX_GOALS)}. Split the file.`,
    );
  return { drift, application };
}
