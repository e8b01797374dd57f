import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders with the slowest test files. They start first, so that none of them runs alone at the end. */
const slowestFolders = ['src/testing/', 'src/server/', 'src/app/features/editor/', 'src/simulator/'];

class SlowestFirstSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = slowestFolders.findIndex((folder) => moduleId.includes(`/${folder}`));
      return index < 0 ? slowestFolders.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** Component tests that replace modules: where modules are shared, the real ones may be there already. */
const replacingModules = readdirSync(join(import.meta.dirname, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => join('src', path))
  .filter((path) => path.endsWith('.test.tsx') && /\bvi\.mock\(/.test(readFileSync(path, 'utf8')));

export default defineConfig({
  test: {
    projects: [
      // No module keeps state, so files share their modules: importing them for each takes longer than the tests.
      {
        extends: true,
        test: { name: 'code', include: ['src/**/*.test.ts', 'docs/*.test.ts', '.ci/*.test.ts'], isolate: false },
      },
      // They share a page, too: `src/app/testing/clean-page.ts` cleans it after each.
      {
        extends: true,
        test: { name: 'page', include: ['src/**/*.test.tsx'], exclude: replacingModules, isolate: false },
      },
      { extends: true, test: { name: 'page-with-other-modules', include: replacingModules } },
    ],
    // Tests against a real Ant Ray run with `npm run test:ray`.
    exclude: ['**/node_modules/**', '**/*.real.test.ts'],
    setupFiles: [
      'src/app/testing/async-timeout.ts',
      'src/app/testing/clean-page.ts',
      'src/testing/harness/seeded-properties.ts',
    ],
    sequence: { sequencer: SlowestFirstSequencer },
    // Vitest's default is one worker fewer than cores, which on two cores runs every file in sequence.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Component tests that type are slow on a busy machine.
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    // `.ci/run` adds up the JSON results.
    reporters:
      process.env['CI'] === 'true' ? ['default', ['json', { outputFile: '.cache/results/vitest.json' }]] : ['default'],
  },
});
