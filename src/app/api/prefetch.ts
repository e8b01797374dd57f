import type { FetchHandler } from '../../fetch-handler.ts';

/** For how long an answer that was asked for ahead stands for a later question, ms: it tells the time of when it was given. */
export const PREFETCH_MAX_AGE = 5_000;

/**
 * Asks at once for what the page asks first, while its code is still on the way. Gives a fetch that answers the first
 * question alike with each of these answers, once; an answer that never came, or came too long ago, is asked for anew.
 * `urls`: whole. `now`: milliseconds since 1970.
 */
export function prefetch(fetch: FetchHandler, urls: readonly string[], now: () => number): FetchHandler {
  const askedAt = now();
  const ahead = new Map(
    urls.map((url) => {
      const request = new Request(url, { headers: { Accept: 'application/json' } });
      return [request.url, fetch(request).catch(() => null)];
    }),
  );
  return async (request) => {
    const prefetched = request.method === 'GET' ? ahead.get(request.url) : undefined;
    if (prefetched === undefined) return fetch(request);
    ahead.delete(request.url);
    if (now() - askedAt > PREFETCH_MAX_AGE) return fetch(request);
    const answer = await abortable(prefetched, request.signal);
    return answer ?? fetch(request);
  };
}

/** The answer; rejects with the signal's reason when it is given up before. */
function abortable<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp);
    void answer.then(resolve).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
