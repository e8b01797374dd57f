import { startServer, type RunningServer } from './console-server.ts';
import { test as base } from './fixtures.ts';

/**
 * Consoles for tests that count what a reset of the simulator leaves behind: usage, the journal, changes of unknown outcome.
 * Only files whose tests leave none of it behind may use them.
 */
export const test = base.extend<object, { readonly server: RunningServer }>({
  server: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the dependencies from it.
    async ({}, provide) => {
      const server = await startServer();
      await provide(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});
