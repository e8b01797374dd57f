import { join } from 'node:path';

/** The repository, from where the bench is built to: `.cache/bench/scripts`. */
export const root = join(import.meta.dirname, '..', '..', '..');

/** What the bench builds, starts and writes on the way; nothing of it is committed. */
export const work = join(root, '.cache', 'bench');

/** One of the bench's own scripts, built. */
export function scriptAt(name: 'ray-process' | 'watchers-process' | 'server-probe'): string {
  return join(import.meta.dirname, `${name}.js`);
}

/** The last run's results: what `docs/performance.md` is made from. */
export const resultsFile = join(root, 'bench', 'results.json');
