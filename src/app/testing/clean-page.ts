import { afterAll, vi } from 'vitest';
import { stubMediaQueries } from './browser-stubs.ts';

/** What jsdom lacks and `browser-stubs.ts` or a test puts there. */
const stubbed: readonly (readonly [target: object, name: string])[] =
  typeof window === 'undefined'
    ? []
    : [
        [window, 'ResizeObserver'],
        [Element.prototype, 'scrollIntoView'],
      ];

/**
 * Leaves the page as jsdom makes it: nothing rendered, stored, stubbed or faked, at the first entry of no history. Test files share one
 * page and its modules, since a page of its own for each costs more than the tests. Media queries are there from the start, and none
 * matches: a module that asks for one while it is loaded (uPlot) would otherwise fail for all files after.
 */
export async function cleanPage(): Promise<void> {
  const { cleanup } = await import('@testing-library/react');
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  for (const [target, name] of stubbed) Reflect.deleteProperty(target, name);
  stubMediaQueries(false);
  document.head.replaceChildren();
  document.body.replaceChildren();
  for (const element of [document.documentElement, document.body])
    for (const name of element.getAttributeNames()) element.removeAttribute(name);
  window.localStorage.clear();
  window.sessionStorage.clear();
  window.history.replaceState(null, '', '/');
}

// Loaded before each test file (`vitest.config.ts`); where there is no page, it does nothing.
if (typeof document !== 'undefined') {
  stubMediaQueries(false);
  afterAll(cleanPage);
}
