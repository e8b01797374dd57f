import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * The journal's file for one Ray. Null: keep the journal in memory, as over the simulator, whose fleet ends with the console.
 * `XDG_DATA_HOME` counts only when it is an absolute path, as its specification says. Throws when no folder is named and the
 * user has no home folder, as in a container; the message says what to do.
 */
export function journalPath(
  { rayAddress, dataDir }: { readonly rayAddress: string | null; readonly dataDir: string | null },
  env: Readonly<Record<string, string | undefined>>,
  home: () => string = homedir,
): string | null {
  if (rayAddress === null && dataDir === null) return null;
  return join(dataFolder(dataDir, env, home), `${rayAddress === null ? 'simulator' : fileNameFor(rayAddress)}.sqlite`);
}

/** The folder of one Ray of several: of its journal and its usage, named as those of a console with one Ray. */
export function rayDataDir(folder: string, name: string): string {
  return join(folder, 'rays', name);
}

/** The folder of a console's files. Throws as `journalPath`. */
export function dataFolder(
  dataDir: string | null,
  env: Readonly<Record<string, string | undefined>>,
  home: () => string = homedir,
): string {
  if (dataDir !== null) return resolve(dataDir);
  const dataHome = env['XDG_DATA_HOME'] ?? '';
  return join(isAbsolute(dataHome) ? dataHome : join(homeOf(home), '.local', 'share'), 'virtual-cluster-console');
}

/** The file of usage, beside the journal. */
export function usagePath(journal: string): string {
  return `${journal.replace(/\.sqlite$/, '')}.usage.sqlite`;
}

function homeOf(home: () => string): string {
  try {
    return home();
  } catch {
    throw new Error(
      'This user has no home folder in which changes could be remembered. Name a folder: --data-dir <path>.',
    );
  }
}

/**
 * `host_port`, with `_ray-prod` for a Ray below a path, of characters that every file system takes. A path has no `+`, so no
 * two paths have the same name.
 */
function fileNameFor(rayAddress: string): string {
  const { hostname, port, protocol, pathname } = new URL(rayAddress);
  const usualPort = protocol === 'https:' ? '443' : '80';
  const path = pathname.replaceAll(/^\/|\/$/g, '').replaceAll('/', '+');
  const name = `${hostname.replaceAll(/[^a-z0-9.-]/g, '-')}_${port === '' ? usualPort : port}`;
  return path === '' ? name : `${name}_${path}`;
}
