import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { results } from './measured.ts';
import { performanceDoc } from './performance-doc.ts';
import { resultsFile, root } from './places.ts';

/** Makes `docs/performance.md` from the last run's results. */
await writeFile(
  join(root, 'docs', 'performance.md'),
  performanceDoc(results.parse(JSON.parse(await readFile(resultsFile, 'utf8')))),
);
