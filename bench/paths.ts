import { join } from 'node:path';

/** The repository root. The built scripts run from `.cache/bench/scripts`. */
export const repositoryRoot = join(import.meta.dirname, '..', '..', '..');

/** The build output and temporary files of the benchmark; not committed. */
export const workDirectory = join(repositoryRoot, '.cache', 'bench');

/** The path of a built benchmark script. */
export function builtScript(name: 'ray-process' | 'faulty-ray-process' | 'watchers-process' | 'server-probe'): string {
  return join(import.meta.dirname, `${name}.js`);
}

/** The results from which `docs/performance.md` is generated. */
export const resultsPath = join(repositoryRoot, 'bench', 'results.json');
