import { join } from 'node:path';
import { accessPaths, type AccessPaths } from '../auth/access-paths.ts';
import { dataFolder, journalPath } from '../storage/journal-path.ts';
import type { Options } from './options.ts';

/**
 * The files of a console's tokens and sign-in links: beside the journal of its only Ray, or once for all of several. Null: it keeps
 * neither, as over simulators alone. Throws as `journalPath`.
 */
export function accessPlace(
  options: Pick<Options, 'rays' | 'rayAddress' | 'dataDir'>,
  env: Readonly<Record<string, string | undefined>>,
): AccessPaths | null {
  const { rays, dataDir } = options;
  if (rays === undefined) {
    const journal = journalPath(options, env);
    return journal === null ? null : accessPaths(journal);
  }
  if (dataDir === null && rays.every(({ address }) => address === null)) return null;
  return accessPaths(join(dataFolder(dataDir, env), 'console.sqlite'));
}
