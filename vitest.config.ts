import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'docs/*.test.ts'],
    // These need a real Ant Ray: `npm run test:ray`.
    exclude: ['**/node_modules/**', '**/*.real.test.ts'],
    // Counted by .ci/run.
    reporters: process.env['CI'] === 'true' ? ['default', ['json', { outputFile: '.cache/results/vitest.json' }]] : ['default'],
  },
});
