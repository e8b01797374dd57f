import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/**
 * A vitest setup file: seeds fast-check so that properties draw the same examples in every run and a green build stays green.
 * `PROPERTY_SEED=2 npm test` draws others. Test files without properties don't load fast-check.
 */
const { testPath } = expect.getState();
if (testPath !== undefined && readFileSync(testPath, 'utf8').includes("from 'fast-check'")) {
  const { configureGlobal, readConfigureGlobal } = await import('fast-check');
  configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env['PROPERTY_SEED'] ?? '1') });
}
