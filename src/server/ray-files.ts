import { createInMemoryUsageStore } from '../backend/usage/in-memory-usage-store.ts';
import type { UsageStore } from '../backend/usage/usage-store.ts';
import type { Clock } from '../clock.ts';
import type { NotOpenedCause } from '../contract/rays.ts';
import type { Options } from './cli/options.ts';
import { openJournalFile } from './storage/journal-file.ts';
import { createInMemoryStores, type JournalStores } from './storage/journal-stores.ts';
import { usagePath } from './storage/journal-path.ts';
import { openUsageFile } from './storage/usage-file.ts';

/** The most settled changes that the journal's file keeps: about 100 MB. */
const MAX_CHANGES_IN_FILE = 100_000;

/** What is kept of one Ray, open. */
export interface RayFiles {
  readonly journal: JournalStores;
  /** Null: usage is not kept. */
  readonly usage: UsageStore | null;
  /** Lines about files that were set aside. */
  readonly warnings: readonly string[];
  /** For a console that does not start after all: its back end closes them otherwise. */
  close(): Promise<void>;
}

export type OpenedRayFiles =
  | { readonly ok: true; readonly files: RayFiles }
  /** `message`: one line that says why not and what to do. */
  | { readonly ok: false; readonly message: string; readonly cause: NotOpenedCause };

/** Opens the journal and the usage of one Ray, in files or, for `file` null, in memory. `busyTimeout`: see `openJournalFile`. */
export async function openRayFiles(
  file: string | null,
  { retentionDays: days, usageDays }: Pick<Options, 'retentionDays' | 'usageDays'>,
  clock: Clock,
  busyTimeout?: number,
): Promise<OpenedRayFiles> {
  const journal =
    file === null
      ? { ok: true as const, ...createInMemoryStores({ clock, days }), warning: null }
      : openJournalFile({ file, clock, days, most: MAX_CHANGES_IN_FILE, busyTimeout });
  if (!journal.ok) return journal;
  const usage = openUsage(usageDays, file, clock);
  if (usage?.ok === false) {
    await journal.log.close();
    return usage;
  }
  const store = usage?.store ?? null;
  return {
    ok: true,
    files: {
      journal,
      usage: store,
      warnings: [journal.warning, usage?.warning ?? null].filter((line) => line !== null),
      async close() {
        await journal.log.close();
        store?.close();
      },
    },
  };
}

/** In memory where the journal is; null: not at all. */
function openUsage(days: number, journal: string | null, clock: Clock) {
  if (days === 0) return null;
  if (journal === null) return { ok: true as const, store: createInMemoryUsageStore(), warning: null };
  return openUsageFile({ file: usagePath(journal), clock });
}
