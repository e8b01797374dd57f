/** How one request fares on its way and back. Times are milliseconds. */
export interface NetworkFault {
  /** From the asking until it arrives. */
  readonly before: number;
  /** From its effect until the answer is there. */
  readonly after: number;
  /**
   * `refused`: no connection came about · `request`: it breaks before it arrives · `gave-up`: the connection breaks at
   * once, and the request arrives all the same · `reply`: it breaks after the effect · `page` and `page-after`: a proxy's
   * page answers, without and with an effect · `traceback`: the handler crashes after the effect · `cut`: the answer
   * breaks off · `stale`: what was so before answers.
   */
  readonly breaks:
    | 'no'
    | 'refused'
    | 'request'
    | 'gave-up'
    | 'reply'
    | 'page'
    | 'page-after'
    | 'traceback'
    | 'cut'
    | 'stale';
}

export const noFault: NetworkFault = { before: 5, after: 5, breaks: 'no' };

/** Lets a request fare so. `arrive` makes its effect and the answer; the asker may have gone by then. */
export function deliver(
  parts: {
    readonly after: (ms: number, callBack: () => void) => void;
    readonly fate: NetworkFault;
    readonly signal: AbortSignal;
    readonly broken: () => Error;
    readonly refused: () => Error;
  },
  arrive: () => Response | Promise<Response>,
): Promise<Response> {
  const { fate, signal, after } = parts;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    if (fate.breaks === 'refused') return reject(parts.refused());
    if (fate.breaks === 'gave-up') reject(parts.broken());
    after(fate.before, () => {
      if (fate.breaks === 'request') return reject(parts.broken());
      if (fate.breaks === 'page') return resolve(proxyPage());
      const arrived = Promise.resolve(arrive());
      arrived.then(
        (response) =>
          after(fate.after, () => {
            if (fate.breaks === 'reply') reject(parts.broken());
            else resolve(fate.breaks === 'page-after' ? proxyPage() : response);
          }),
        reject,
      );
    });
  });
}

function proxyPage(): Response {
  return new Response('<html><h1>502 Bad Gateway</h1></html>', {
    status: 502,
    headers: { 'Content-Type': 'text/html' },
  });
}
