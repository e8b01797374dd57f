import { prefetch } from './api/prefetch.ts';
import { initialRequestUrls } from './api/initial-requests.ts';
import { consoleOrigin } from './routing/base-path.ts';

/** The page's fetch. This file is a script of its own (`vite.config.ts`): the first questions are on their way before the page's code is. */
export const prefetchingFetch = prefetch(
  (request) => fetch(request),
  initialRequestUrls(consoleOrigin(), document.visibilityState === 'visible'),
  () => Date.now(),
);
