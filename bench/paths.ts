import { join } from 'node:path';

/** The repository, from where the bench is built to: `.cache/bench/scripts`. */
export const repositoryRoot = join(import.meta.dirname, '..', '..', '..');

/** What the bench builds, starts and writes on the way; nothing of it is committed. */
export const workDirectory = join(repositoryRoot, '.cache', 'bench');

/** One of the bench's own scripts, built. */
export function builtScript(name: 'ray-process' | 'watchers-process' | 'server-probe'): string {
  return join(import.meta.dirname, `${name}.js`);
}

/** The last run's results: what `docs/performance.md` is made from. */
export const resultsPath = join(repositoryRoot, 'bench', 'results.json');
