import { defineConfig } from '@playwright/test';

const isCi = process.env['CI'] !== undefined;

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: isCi,
  // For a machine that does other things too; a quiet one needs a tenth.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: isCi ? [['list'], ['json', { outputFile: '.cache/results/playwright.json' }]] : [['list']],
  use: {
    // A trace of every test costs a sixth of the suite's time: `npm run test:browser -- --trace on` makes one.
    trace: 'off',
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
  },
});
