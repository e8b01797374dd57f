import { startServerWith, type RunningServer } from './console-server.ts';
import { test as base } from './fixtures.ts';

export { expect } from './fixtures.ts';

/** When the pictures seem to be taken. */
const PICTURE_TIME = Date.UTC(2026, 2, 4, 9, 30);

/** Shifts every clock so that it is `PICTURE_TIME` now, and time goes on from there. */
const shift = `{
  const Real = Date;
  const ahead = ${String(PICTURE_TIME)} - Real.now();
  globalThis.Date = class extends Real {
    constructor(...given) { given.length === 0 ? super(Real.now() + ahead) : super(...given); }
    static now() { return Real.now() + ahead; }
  };
  Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + ahead });
}`;

/** Flags of Node for a console whose time begins at the pictures'. */
const pictureTimeFlags: readonly string[] = ['--import', `data:text/javascript,${encodeURIComponent(shift)}`];

/** A console whose clock begins at the pictures' time, and pages that show that time. */
export const test = base.extend<object, { readonly server: RunningServer }>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the dependencies from it.
  server: [async ({}, provide) => provideAtPictureTime([], provide), { scope: 'worker' }],
  page: async ({ page }, provide) => {
    await page.addInitScript(shift);
    await provide(page);
  },
});

export async function provideAtPictureTime(
  options: readonly string[],
  provide: (server: RunningServer) => Promise<void>,
): Promise<void> {
  const server = await startServerWith(pictureTimeFlags, ...options);
  await provide(server);
  await server.stop();
}
