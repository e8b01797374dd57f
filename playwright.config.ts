import { defineConfig } from '@playwright/test';

const isCi = process.env['CI'] !== undefined;

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/global-setup.ts',
  fullyParallel: true,
  // A third of a test's time passes in waiting: three keep two cores busy.
  workers: 3,
  retries: 0,
  forbidOnly: isCi,
  // Generous for a busy machine; an idle one needs a tenth.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: isCi ? [['list'], ['json', { outputFile: '.cache/results/playwright.json' }]] : [['list']],
  use: {
    // Tracing every test slows the suite by a sixth; `npm run test:browser -- --trace on` enables it.
    trace: 'off',
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
  },
});
