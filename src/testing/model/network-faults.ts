/** What happens to one request and its reply on the network. Delays are milliseconds. */
export interface NetworkFault {
  /** From sending the request until it arrives. */
  readonly requestDelay: number;
  /** From its effect until the reply arrives. */
  readonly replyDelay: number;
  /**
   * `refused`: the connection is refused · `request`: the request is lost · `gave-up`: the connection breaks at once, but
   * the request still arrives · `repeated`: a proxy held it back and sent a copy at once; the caller hears of the copy only,
   * and the request itself arrives, too · `reply`: the reply is lost · `page` and `page-after`: a proxy's error page is the reply,
   * without and with an effect · `traceback`: the handler crashes after the effect · `cut`: the body is cut off · `stale`:
   * the reply shows an earlier state.
   */
  readonly failure:
    | 'no'
    | 'refused'
    | 'request'
    | 'gave-up'
    | 'repeated'
    | 'reply'
    | 'page'
    | 'page-after'
    | 'traceback'
    | 'cut'
    | 'stale';
}

export const noFault: NetworkFault = { requestDelay: 5, replyDelay: 5, failure: 'no' };

/** How long a proxy takes for the copy of a request that it held back, ms. */
const PROXY_MS = 5;

/** Delivers a request under a fault. `arrive` has the effect and makes the reply; the caller may have aborted by then. */
export function deliver<Reply>(
  parts: {
    /** A proxy's error page. */
    readonly proxyPage: () => Reply;
    readonly after: (ms: number, callBack: () => void) => void;
    readonly fault: NetworkFault;
    readonly signal: AbortSignal;
    readonly connectionReset: () => Error;
    readonly connectionRefused: () => Error;
  },
  arrive: () => Reply | Promise<Reply>,
): Promise<Reply> {
  const { fault, signal, after } = parts;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    if (fault.failure === 'refused') return reject(parts.connectionRefused());
    if (fault.failure === 'gave-up') reject(parts.connectionReset());
    if (fault.failure === 'repeated')
      after(fault.requestDelay, () => void Promise.resolve(arrive()).catch(() => undefined));
    after(fault.failure === 'repeated' ? PROXY_MS : fault.requestDelay, () => {
      if (fault.failure === 'request') return reject(parts.connectionReset());
      if (fault.failure === 'page') return resolve(parts.proxyPage());
      Promise.resolve(arrive()).then(
        (response) =>
          after(fault.replyDelay, () => {
            if (fault.failure === 'reply') reject(parts.connectionReset());
            else resolve(fault.failure === 'page-after' ? parts.proxyPage() : response);
          }),
        reject,
      );
    });
  });
}

export const BAD_GATEWAY = { status: 502, contentType: 'text/html', text: '<html><h1>502 Bad Gateway</h1></html>' };
