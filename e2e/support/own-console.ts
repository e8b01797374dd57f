import type { RunningServer } from './console-server.ts';
import { provideServer, test as base } from './fixtures.ts';

/**
 * Consoles for tests that count what a reset of the simulator leaves behind: usage, the journal, changes of unknown outcome.
 * Only files whose tests leave none of it behind may use them.
 */
export const test = base.extend<object, { readonly server: RunningServer }>({
  server: [provideServer, { scope: 'worker' }],
});
