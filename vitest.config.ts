import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'docs/*.test.ts'],
    // These need a real Ant Ray: `npm run test:ray`.
    exclude: ['**/node_modules/**', '**/*.real.test.ts'],
    // Left to itself it takes one fewer than there are cores: on two, one test file after the other.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A page that is typed into takes its time on a machine with other work.
    testTimeout: 20_000,
    // Counted by .ci/run.
    reporters: process.env['CI'] === 'true' ? ['default', ['json', { outputFile: '.cache/results/vitest.json' }]] : ['default'],
  },
});
