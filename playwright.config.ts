import { defineConfig } from '@playwright/test';

const isCi = process.env['CI'] !== undefined;

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/build.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: isCi,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: isCi ? [['list'], ['json', { outputFile: '.cache/results/playwright.json' }]] : [['list']],
  use: { trace: 'retain-on-failure', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
});
