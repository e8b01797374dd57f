import { basename, dirname, join } from 'node:path';
import type { Peer } from '../backend/auth/authenticator.ts';
import type { Clock } from '../clock.ts';
import { createConsoleClient, type ConsoleClient } from './fleet-command/console-client.ts';
import type { Options } from './cli/options.ts';
import { createConsoleBackend } from './console-backend.ts';
import { openRayConnection } from './ray/open-ray-connection.ts';
import { openJournalFile } from './storage/journal-file.ts';
import { createInMemoryStores } from './storage/journal-stores.ts';
import { journalPath } from './storage/journal-path.ts';

/** Commands keep their journal beside the console's, which only one process may have open. */
const JOURNAL_FOLDER = 'command-line';
const MAX_CHANGES = 100_000;

type Opened =
  | { readonly ok: true; readonly client: ConsoleClient; readonly close: () => Promise<void> }
  | { readonly ok: false; readonly message: string };

/**
 * A console in this process, for one command: no listener, and every guarantee of a change. `writes`: whether it needs a journal
 * that stays. Owners are kept by the console that serves, so this one knows none.
 */
export function openDirectConsole(
  options: Options,
  {
    clock,
    env,
    consoleVersion,
    writes,
  }: {
    readonly clock: Clock;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly consoleVersion: string;
    readonly writes: boolean;
  },
): Opened {
  const connection = openRayConnection(options, env);
  if (!connection.ok) return connection;
  const { retentionDays: days } = options;
  let journal;
  try {
    const beside = writes ? journalPath(options, env) : null;
    const file = beside === null ? null : join(dirname(beside), JOURNAL_FOLDER, basename(beside));
    journal =
      file === null
        ? { ok: true as const, warning: null, ...createInMemoryStores({ clock, days }) }
        : openJournalFile({ file, clock, days, most: MAX_CHANGES });
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : 'The journal can not be opened.' };
  }
  if (!journal.ok) return journal;
  const { log: store, profiles, observations } = journal;
  const backend = createConsoleBackend(
    { ...options, readOnly: !writes },
    { store, profiles, observations, clock, files: null, connection: connection.ray, consoleVersion },
  );
  const send = (request: Request) => backend.fetch(request, HERE);
  const client = createConsoleClient({ send, base: 'http://localhost/', token: null, knowsProfiles: false, clock });
  return { ok: true, client, close: () => backend.close() };
}

const HERE: Peer = { address: 'command line', secure: false };
