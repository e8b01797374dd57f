import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, first: begun last, one of these would run alone while the other cores have nothing left to do. */
const dearest = ['src/testing/', 'src/server/', 'src/app/features/editor/', 'src/simulator/'];

class DearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = dearest.findIndex((folder) => moduleId.includes(`/${folder}`));
      return at < 0 ? dearest.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'docs/*.test.ts'],
    // These need a real Ant Ray: `npm run test:ray`.
    exclude: ['**/node_modules/**', '**/*.real.test.ts'],
    setupFiles: ['src/app/testing/async-timeout.ts', 'src/testing/harness/seeded-properties.ts'],
    sequence: { sequencer: DearestFirst },
    // Left to itself it takes one fewer than there are cores: on two, one test file after the other.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A page that is typed into takes its time on a machine with other work.
    testTimeout: 30_000,
    // Counted by .ci/run.
    reporters:
      process.env['CI'] === 'true' ? ['default', ['json', { outputFile: '.cache/results/vitest.json' }]] : ['default'],
  },
});
