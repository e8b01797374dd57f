import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { findBrowser } from './find-browser.ts';
import { startServer, type RunningServer } from './console-server.ts';
import { SimulatorClient } from './simulator-client.ts';

interface WorkerFixtures {
  readonly server: RunningServer;
}

interface TestFixtures {
  /** The simulated Ray of this worker's console, at the start of its demo story. */
  readonly simulator: SimulatorClient;
}

// Playwright reads a fixture's needs from the pattern, which may name none.
/* oxlint-disable eslint/no-empty-pattern */

/** A browser on a console of the worker's own, each test on a fleet from the start. */
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
  simulator: [
    async ({ request, server }, provide) => {
      const simulator = new SimulatorClient(request, server.address);
      await simulator.reset();
      await provide(simulator);
    },
    { auto: true },
  ],
});

export { expect };

/** The row of a virtual cluster in the list. */
export function rowOf(page: Page, id: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name: id, exact: true }) });
}
