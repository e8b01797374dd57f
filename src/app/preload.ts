import { prefetch } from './api/prefetch.ts';
import { initialRequestUrls } from './api/initial-requests.ts';
import { consoleOrigin, servedPage } from './routing/base-path.ts';

/** The page's fetch. This file is a script of its own (see `vite.config.ts`), so that the first requests are sent before the page's code has loaded. */
export const prefetchingFetch = prefetch(
  (request) => fetch(request),
  initialRequestUrls(consoleOrigin(), document.visibilityState === 'visible', servedPage()),
  () => Date.now(),
);
