import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/**
 * Loaded before each test file (`vitest.config.ts`): properties draw the same examples in every run, so that a run that was
 * green stays green. `PROPERTY_SEED=2 npm test` draws others. A file without properties does not pay for loading fast-check.
 */
const { testPath } = expect.getState();
if (testPath !== undefined && readFileSync(testPath, 'utf8').includes("from 'fast-check'")) {
  const { configureGlobal, readConfigureGlobal } = await import('fast-check');
  configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env['PROPERTY_SEED'] ?? '1') });
}
