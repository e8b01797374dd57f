import { prefetch } from './api/ahead.ts';
import { initialRequestUrls } from './api/first-questions.ts';
import { consoleOrigin } from './ui/base-path.ts';

/** The page's fetch. This file is a script of its own (`vite.config.ts`): the first questions are on their way before the page's code is. */
export const prefetchingFetch = prefetch(
  (request) => fetch(request),
  initialRequestUrls(consoleOrigin(), document.visibilityState === 'visible'),
  () => Date.now(),
);
