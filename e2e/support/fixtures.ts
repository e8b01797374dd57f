import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { findBrowser } from './find-browser.ts';
import { startServer, type RunningServer } from './console-server.ts';
import { SimulatorClient } from './simulator-client.ts';

interface WorkerFixtures {
  readonly server: RunningServer;
}

interface TestFixtures {
  /** The simulated Ray of this worker's console, reset to the demo scenario. */
  readonly simulator: SimulatorClient;
}

// Playwright reads a fixture's dependencies from the destructuring pattern, which may be empty.
/* oxlint-disable eslint/no-empty-pattern */

/** One console per worker; the simulated Ray is reset before each test. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  launchOptions: [async ({}, provide) => provide({ ...(await findBrowser()) }), { scope: 'worker' }],
  server: [
    async ({}, provide) => {
      const server = await startServer();
      await provide(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, provide) => provide(server.address),
  // A connection for each request: one that is kept alive may be closed by the console, idle, just when it is used again.
  request: async ({ playwright, baseURL }, provide) => {
    const context = await playwright.request.newContext({
      ...(baseURL === undefined ? {} : { baseURL }),
      extraHTTPHeaders: { Connection: 'close' },
    });
    await provide(context);
    await context.dispose();
  },
  simulator: [
    async ({ request, baseURL }, provide) => {
      const simulator = new SimulatorClient(request, baseURL ?? '');
      await simulator.reset();
      await provide(simulator);
    },
    { auto: true },
  ],
});

export { expect };

/** A virtual cluster's row in the list. */
export function rowOf(page: Page, id: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name: id, exact: true }) });
}

/** Chooses a radio button by its visible label: the input itself is a hidden pixel, which a click can miss while the page moves. */
export async function choose(page: Page, label: string): Promise<void> {
  await page
    .locator('label')
    .filter({ hasText: new RegExp(`^${label}$`) })
    .click();
  await expect(page.getByRole('radio', { name: label, exact: true })).toBeChecked();
}
