import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Options } from '../cli/options.ts';

/**
 * The file that remembers the changes of one Ray; null for memory, as over the simulator: a simulated fleet is gone with
 * the console. `XDG_DATA_HOME` counts as its own rules say: only when it is an absolute path. Throws where no folder is named
 * and the user has no home, as in a container; the message says what to do.
 */
export function journalPath(
  { rayAddress, dataDir }: Pick<Options, 'rayAddress' | 'dataDir'>,
  env: Readonly<Record<string, string | undefined>>,
  home: () => string = homedir,
): string | null {
  if (rayAddress === null && dataDir === null) return null;
  const shared = env['XDG_DATA_HOME'] ?? '';
  const usual = () =>
    join(isAbsolute(shared) ? shared : join(homeOf(home), '.local', 'share'), 'virtual-cluster-console');
  return join(
    dataDir === null ? usual() : resolve(dataDir),
    `${rayAddress === null ? 'simulator' : fileNameFor(rayAddress)}.sqlite`,
  );
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

/** `host_port`, with nothing in it that a file's name can't have. */
function fileNameFor(rayAddress: string): string {
  const { hostname, port, protocol } = new URL(rayAddress);
  const usualPort = protocol === 'https:' ? '443' : '80';
  return `${hostname.replaceAll(/[^a-z0-9.-]/g, '-')}_${port === '' ? usualPort : port}`;
}
