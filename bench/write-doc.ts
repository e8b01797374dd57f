import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { results } from './measurements.ts';
import { performanceDoc } from './performance-doc.ts';
import { resultsPath, repositoryRoot } from './paths.ts';

/** Makes `docs/performance.md` from the last run's results. */
await writeFile(
  join(repositoryRoot, 'docs', 'performance.md'),
  performanceDoc(results.parse(JSON.parse(await readFile(resultsPath, 'utf8')))),
);
