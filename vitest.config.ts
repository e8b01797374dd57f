import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    // These need a real Ant Ray: `npm run test:ray`.
    exclude: ['**/node_modules/**', '**/*.real.test.ts'],
  },
});
