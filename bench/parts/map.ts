import type { Browser } from '@playwright/test';
import * as z from 'zod/mini';
import { launch, readRecorded, openTab, type Tab } from '../browser-tab.ts';
import { startConsole, type BenchConsole } from '../bench-console.ts';
import { limits } from './list.ts';
import { median, quantile, type Report } from '../measurements.ts';
import type { BenchRay } from '../bench-ray.ts';
import { waitUntilSettled } from '../wait.ts';
import { measureFrames } from '../frame-times.ts';

const mapLimits = { frame: 16.7, drawn: 700 } as const;
const OPENINGS = 5;

/**
 * Page script: records the time from the click that opens the map until the first frame drawn after its reply arrived, in
 * `window.drawnAfter`, ms.
 */
const recordFirstDraw = `
  let clickedAt = null;
  addEventListener('click', ({ timeStamp }) => { clickedAt ??= timeStamp; }, true);
  let pending = false;
  const drew = () => {
    if (pending || clickedAt === null || 'drawnAfter' in window) return;
    const answered = performance.getEntriesByType('resource').filter(({ name }) => /\\/api\\/map(\\?|$)/.test(name)).some(({ responseEnd }) => responseEnd > 0);
    if (!answered) return;
    pending = true;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.drawnAfter = performance.now() - clickedAt; };
      port2.postMessage(null);
    });
  };
  for (const name of ['drawImage', 'putImageData', 'fillRect', 'fill', 'stroke']) {
    const own = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...args) { drew(); return own.apply(this, args); };
  }
`;

/** Measures the node map on each fleet: opening it, and the main-thread time of each frame while panning and zooming. */
export async function benchMap(options: {
  readonly report: Report;
  readonly ray: BenchRay;
  readonly fleets: readonly { readonly nodes: number; readonly clusters: number }[];
}): Promise<void> {
  const { report, ray, fleets } = options;
  const browser = await launch();
  try {
    for (const { nodes, clusters } of fleets) {
      await ray.fleet(nodes, clusters);
      const console = await startConsole(ray.address);
      try {
        await waitUntilSettled(ray);
        await measureOpening(browser, console, nodes, report);
        await measurePanAndZoom(browser, console, nodes, report);
      } finally {
        await console.stop();
      }
    }
  } finally {
    await browser.close();
  }
}

async function measureOpening(browser: Browser, console: BenchConsole, nodes: number, report: Report): Promise<void> {
  const took: number[] = [];
  let bytes = 0;
  for (let time = 0; time < OPENINGS; time += 1) {
    const tab = await openTab(browser, recordFirstDraw);
    await openMap(tab, console);
    await tab.page.waitForFunction(() => 'drawnAfter' in window, null, { timeout: 120_000 });
    took.push(z.number().parse(await readRecorded(tab.page, 'drawnAfter')));
    bytes = tab.bytesReceivedFrom((url) => new URL(url).pathname === '/api/map');
    await tab.close();
  }
  report({
    part: 'map',
    what: 'open until drawn',
    nodes,
    value: median(took),
    unit: 'ms',
    atMost: mapLimits.drawn,
    note: `median of ${String(OPENINGS)}, its code not yet loaded`,
  });
  report({ part: 'map', what: 'the whole map on the wire', nodes, value: bytes / 1_000, unit: 'kB' });
}

async function openMap(tab: Tab, console: BenchConsole): Promise<void> {
  await tab.page.goto(`${console.address}/clusters`);
  await tab.page.getByRole('link', { name: 'team-0001', exact: true }).waitFor();
  await tab.page.getByRole('link', { name: 'Node map', exact: true }).click();
}

async function measurePanAndZoom(
  browser: Browser,
  console: BenchConsole,
  nodes: number,
  report: Report,
): Promise<void> {
  const tab = await openTab(browser);
  await openMap(tab, console);
  const canvas = tab.page.locator('canvas').first();
  await canvas.waitFor();
  await tab.page.waitForTimeout(2_000);
  report({
    part: 'map',
    what: 'DOM elements: node map',
    nodes,
    value: await tab.elements(),
    unit: 'count',
    atMost: limits.elements,
  });
  report({
    part: 'map',
    what: 'page heap after a collection',
    nodes,
    value: await tab.heapMb(),
    unit: 'MB',
    atMost: limits.heap,
  });

  const box = await canvas.boundingBox();
  if (box === null) throw new Error('The node map is not on the screen.');
  const middle = { x: box.x + box.width / 2, y: box.y + Math.min(box.height, 600) / 2 };
  await tab.page.mouse.move(middle.x, middle.y);
  const wheel = async (times: number, by: number) => {
    for (let turn = 0; turn < times; turn += 1) {
      await tab.page.mouse.wheel(0, by);
      await tab.page.waitForTimeout(12);
    }
  };
  const zooming = await measureFrames(browser, tab.page, async () => {
    await wheel(60, -120);
    await wheel(60, 120);
    await wheel(25, -120);
  });
  const panning = await measureFrames(browser, tab.page, async () => {
    await tab.page.mouse.down();
    for (let step = 0; step < 120; step += 1) {
      await tab.page.mouse.move(middle.x + 300 * Math.sin(step / 10), middle.y + 150 * Math.cos(step / 7));
      await tab.page.waitForTimeout(12);
    }
    await tab.page.mouse.up();
  });
  for (const [what, frames] of [
    ['zooming', zooming],
    ['panning', panning],
  ] as const) {
    const note = `main thread, ${String(frames.length)} frames; median ${median(frames).toFixed(1)} ms, longest ${Math.max(...frames).toFixed(1)} ms`;
    report({
      part: 'map',
      what: `a frame while ${what}, 95th percentile`,
      nodes,
      value: quantile(frames, 0.95),
      unit: 'ms',
      atMost: mapLimits.frame,
      note,
    });
  }
  await tab.page.goto(`${console.address}/nodes?view=table`);
  await tab.page.waitForTimeout(2_500);
  report({
    part: 'map',
    what: 'DOM elements: nodes as a table',
    nodes,
    value: await tab.elements(),
    unit: 'count',
    atMost: limits.elements,
  });
  await tab.close();
}
