import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { results } from './measurements.ts';
import { performanceDoc } from './performance-doc.ts';
import { resultsPath, repositoryRoot } from './paths.ts';

/** Generates `docs/performance.md` from `bench/results.json`. */
await writeFile(
  join(repositoryRoot, 'docs', 'performance.md'),
  performanceDoc(results.parse(JSON.parse(await readFile(resultsPath, 'utf8')))),
);
