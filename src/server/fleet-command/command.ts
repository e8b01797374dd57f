import type { Clock } from '../../clock.ts';
import type { ConsoleClient } from './console-client.ts';
import type { Terminal } from './terminal.ts';

/** A command on a fleet file, as parsed from the command line. */
export interface FleetCommand {
  readonly name: 'export' | 'diff' | 'apply' | 'plan';
  /** Null only for `export`, which then prints. */
  readonly file: string | null;
  /** Whether what the file does not name is deleted. */
  readonly prune: boolean;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

/** What a command does where no option says otherwise. */
export const fleetDefaults = {
  prune: false,
  json: false,
  dryRun: false,
  yes: false,
} as const satisfies Omit<FleetCommand, 'name' | 'file'>;

/** What a command works with. */
export interface FleetCommandParts {
  readonly client: ConsoleClient;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Prints what happens for a person; nothing where the output is JSON for a program. */
export function noteUnlessJson({ json }: FleetCommand, { terminal }: FleetCommandParts): (line: string) => void {
  return json ? () => undefined : (line) => terminal.note(line);
}
