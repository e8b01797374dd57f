import { startServer, type RunningServer } from './console-server.ts';
import { test as base } from './fixtures.ts';

/**
 * A test whose file has a console of its own, for what a reset of the simulator leaves behind: usage, the journal, changes of unknown
 * outcome. Only files whose tests leave none of it behind may use it. It is no worker's fixture: for another set of those a worker with
 * its browser is started anew, before and after the file.
 */
export function testWithOwnConsole() {
  // One worker runs them all: another would start a console, too.
  base.describe.configure({ mode: 'default' });
  let server: RunningServer | undefined;
  const test = base.extend({
    // Playwright reads a fixture's dependencies from the destructuring pattern, which may be empty.
    // oxlint-disable-next-line eslint/no-empty-pattern
    baseURL: async ({}, provide) => provide(server?.address),
  });
  test.beforeAll(async () => {
    server = await startServer();
  });
  test.afterAll(() => server?.stop());
  return test;
}
