import { JournalUnwritable } from '../../backend/journal/change-log.ts';

/** Runs a write of the journal's database. Throws `JournalUnwritable` where it fails, with the database's message. */
export function orUnwritable<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new JournalUnwritable(error instanceof Error ? error.message : 'The database failed.', { cause: error });
  }
}
