import { exportFleet, exportInto } from '../../fleet-file/export.ts';
import type { FleetCommand, FleetCommandParts } from './command.ts';
import { ConsoleError } from './console-client.ts';
import { parseOrThrow, readTextIfAny, writeText } from './fleet-file-on-disk.ts';

/** Writes the fleet into a file, whose comments and order stay, or prints it. Resolves with the exit code. */
export async function exportToFile(
  { file, prune }: FleetCommand,
  { client, terminal }: FleetCommandParts,
): Promise<number> {
  const text = file === null ? null : readTextIfAny(file);
  const known = file === null || text === null || text === '' ? null : parseOrThrow(file, text);
  const fleet = await client.fleet();
  const exported = known === null ? exportFleet(fleet) : exportInto(fleet, known, { prune });
  if (exported === null)
    throw new ConsoleError(`${file ?? ''} is written in a way that can't be edited. Export into a new file.`);
  for (const { id, problem } of exported.leftOut)
    terminal.note(`${id} is left out: no file can hold this id (${problem}).`);
  if (exported.gone.length > 0)
    terminal.note(
      prune
        ? `Removed, as the fleet has them no more: ${exported.gone.join(', ')}.`
        : `Kept, although the fleet has them no more (--prune removes them): ${exported.gone.join(', ')}.`,
    );
  if (file === null) {
    terminal.data(exported.text.replace(/\n$/, ''));
  } else if (exported.text === text) {
    terminal.note(`${file} says so already.`);
  } else {
    writeText(file, exported.text);
    terminal.note(`${file} is written.`);
  }
  return 0;
}
