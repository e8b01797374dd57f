import type { FetchHandler } from '../../fetch-handler.ts';

/** How long a prefetched answer may be used, ms: it contains the back end's time as of when it was given. */
export const PREFETCH_MAX_AGE = 5_000;

/**
 * Sends the page's first requests at once, while its code is still loading. Returns a fetch that uses each of these
 * answers once, for the first request of the same URL; a missing or old answer is requested again. `urls`: absolute.
 * `now`: milliseconds since 1970.
 */
export function prefetch(fetch: FetchHandler, urls: readonly string[], now: () => number): FetchHandler {
  const requestedAt = now();
  const answers = new Map(
    urls.map((url) => {
      const request = new Request(url, { headers: { Accept: 'application/json' } });
      return [request.url, fetch(request).catch(() => null)];
    }),
  );
  return async (request) => {
    const prefetched = request.method === 'GET' ? answers.get(request.url) : undefined;
    if (prefetched === undefined) return fetch(request);
    answers.delete(request.url);
    if (now() - requestedAt > PREFETCH_MAX_AGE) return fetch(request);
    const answer = await abortable(prefetched, request.signal);
    return answer ?? fetch(request);
  };
}

/** The answer; rejects with the signal's reason if that aborts first. */
function abortable<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp);
    void answer.then(resolve).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
