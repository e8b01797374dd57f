import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { findBrowser } from '../e2e/support/find-browser.ts';

export async function launch(...flags: readonly string[]): Promise<Browser> {
  const { args, ...found } = await findBrowser();
  return chromium.launch({ ...found, args: [...args, ...flags] });
}

/** V8's memory reducer collects by a timer of its own some time after a page did something: whom that meets is chance. */
export const NO_MEMORY_REDUCER = '--js-flags=--no-memory-reducer';

/** A tab with an empty cache whose resource usage is measured. */
export interface Tab {
  readonly page: Page;
  readonly cdp: CDPSession;
  /** Bytes received so far, headers and streams included. */
  bytesReceived(): number;
  /** Bytes received so far for matching URLs. */
  bytesReceivedFrom(matches: (url: string) => boolean): number;
  /** The number of requests so far. */
  requests(): number;
  /** CPU time of the page's main thread so far, ms. */
  mainThreadMs(): Promise<number>;
  /** The page's heap after a garbage collection, MB. */
  heapMb(): Promise<number>;
  /** Waits until the browser has collected what loading the page left behind: that is no part of a quiet minute. */
  rest(): Promise<void>;
  elements(): Promise<number>;
  close(): Promise<void>;
}

/** V8's memory reducer collects twice more, the last time 16 s after a page became idle. */
const MEMORY_REDUCED_MS = 20_000;

/** `script` runs in the page before its own scripts. */
export async function openTab(browser: Browser, script: string | null = null): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    locale: 'en-US',
  });
  if (script !== null) await context.addInitScript({ content: script });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const sizes = new Map<string, { url: string; bytes: number }>();
  const sizeOf = (id: string) => {
    const size = sizes.get(id) ?? { url: '', bytes: 0 };
    sizes.set(id, size);
    return size;
  };
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => (sizeOf(requestId).url = request.url));
  cdp.on(
    'Network.responseReceived',
    ({ requestId, response }) => (sizeOf(requestId).bytes = response.encodedDataLength),
  );
  cdp.on('Network.dataReceived', ({ requestId, encodedDataLength }) => (sizeOf(requestId).bytes += encodedDataLength));
  // The final size of a finished reply, headers included.
  cdp.on(
    'Network.loadingFinished',
    ({ requestId, encodedDataLength }) => (sizeOf(requestId).bytes = encodedDataLength),
  );
  await cdp.send('Network.enable');
  // CPU time rather than wall time, so that other work on the machine doesn't count.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });

  async function heapMb(): Promise<number> {
    await cdp.send('HeapProfiler.collectGarbage');
    await cdp.send('HeapProfiler.collectGarbage');
    return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6;
  }

  const wireOf = (matches: (url: string) => boolean) =>
    [...sizes.values()].filter(({ url }) => matches(url)).reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    page,
    cdp,
    bytesReceived: () => wireOf(() => true),
    bytesReceivedFrom: wireOf,
    requests: () => sizes.size,
    async mainThreadMs() {
      const { metrics } = await cdp.send('Performance.getMetrics');
      return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
    },
    heapMb,
    async rest() {
      await heapMb();
      await page.waitForTimeout(MEMORY_REDUCED_MS);
    },
    elements: () => page.evaluate(() => document.querySelectorAll('*').length),
    close: () => context.close(),
  };
}

/** Page script: records when the first virtual cluster's row is painted, ms since navigation start, in `window.shownAt`. */
export const recordFirstRow = `
  const watching = new MutationObserver(() => {
    if (document.querySelector('[role="row"] a[href*="/clusters/"], tr a[href*="/clusters/"]') === null) return;
    watching.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.shownAt = performance.now(); };
      port2.postMessage(null);
    });
  });
  watching.observe(document, { childList: true, subtree: true });
`;

/** Page script: records when an element with just this text is painted, ms since navigation start, in `window.shownAt`. */
export function recordShown(text: string): string {
  return `
  const isShown = () => {
    const texts = document.createTreeWalker(document.body ?? document, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (texts.currentNode.data.trim() === ${JSON.stringify(text)}) return true;
    return false;
  };
  const watching = new MutationObserver(() => {
    if (!isShown()) return;
    watching.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.shownAt = performance.now(); };
      port2.postMessage(null);
    });
  });
  watching.observe(document, { childList: true, subtree: true, characterData: true });
`;
}

/** Page script: records the time from each key press until the next paint, ms, in `window.keys`. */
export const recordKeyLatency = `
  window.keys = [];
  addEventListener('keydown', ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.keys.push(performance.now() - timeStamp);
      port2.postMessage(null);
    });
  }, true);
`;

/** A value recorded by a page script. */
export function readRecorded(page: Page, name: 'shownAt' | 'keys' | 'drawnAfter'): Promise<unknown> {
  return page.evaluate((key) => Reflect.get(window, key), name);
}
