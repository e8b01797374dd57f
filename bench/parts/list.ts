import type { Browser } from '@playwright/test';
import * as z from 'zod/mini';
import {
  launch,
  NO_MEMORY_REDUCER,
  readRecorded,
  recordKeyLatency,
  recordFirstRow,
  openTab,
  type Tab,
} from '../browser-tab.ts';
import { startConsole, type BenchConsole } from '../bench-console.ts';
import { median, type Report } from '../measurements.ts';
import type { BenchRay } from '../bench-ray.ts';
import { delay, waitUntilSettled } from '../wait.ts';

export const limits = {
  javaScript: 150_000,
  firstView: 150_000,
  shownAgainst100: 2,
  quietWire: 4_000,
  quietMain: 40,
  changeWire: 20_000,
  changeMain: 16,
  key: 50,
  elements: 2_500,
  heap: 80,
} as const;

export interface ListOptions {
  readonly report: Report;
  readonly ray: BenchRay;
  readonly fleets: readonly { readonly nodes: number; readonly clusters: number }[];
  /** The length of the quiet period, ms. */
  readonly quietMs: number;
  readonly changes: number;
  readonly loads: number;
}

/** Timeout for the console to read a new node, ms: a large fleet is read less often. */
const READ_WITHIN_MS = 180_000;

/** Time for the page to receive and draw an update, ms. */
const SHOWN_WITHIN_MS = 8_000;

const isScript = (url: string) => new URL(url).pathname.endsWith('.js');

/** Measures the list of virtual clusters on each fleet: loading, a quiet period, the change of one node, typing in the filter. */
export async function benchList({ report, ray, fleets, ...options }: ListOptions): Promise<void> {
  const browser = await launch();
  const shown = new Map<number, number>();
  try {
    for (const { nodes, clusters } of fleets) {
      await ray.fleet(nodes, clusters);
      const console = await startConsole(ray.address);
      try {
        await waitUntilSettled(ray);
        shown.set(nodes, await measureLoads(browser, console, nodes, options.loads, report));
        await measureVisit(browser, console, nodes, options, report);
        await measureChanges(console, ray, nodes, options.changes, report);
      } finally {
        await console.stop();
      }
    }
  } finally {
    await browser.close();
  }
  const small = shown.get(100);
  for (const [nodes, ms] of shown) {
    if (small !== undefined && nodes > 100) {
      report({
        part: 'list',
        what: 'list shown, against 100 nodes',
        nodes,
        value: ms / small,
        unit: 'ratio',
        atMost: limits.shownAgainst100,
      });
    }
  }
}

/** Opens the list `times` times with an empty cache; the median time until it shows, ms. */
async function measureLoads(
  browser: Browser,
  console: BenchConsole,
  nodes: number,
  times: number,
  report: Report,
): Promise<number> {
  const took: number[] = [];
  for (let load = 0; load < times; load += 1) {
    const tab = await openTab(browser, recordFirstRow);
    await tab.page.goto(`${console.address}/clusters`);
    await tab.page.waitForFunction(() => 'shownAt' in window, null, { timeout: 120_000 });
    took.push(z.number().parse(await readRecorded(tab.page, 'shownAt')));
    if (load === 0) {
      // The stream's first event arrives after the list is shown.
      await tab.page.waitForTimeout(1_500);
      report({
        part: 'list',
        what: 'JavaScript before the list shows',
        nodes,
        // What a panel needs is loaded behind the list.
        value: (await bytesAskedBefore(tab, isScript, took[0] ?? 0)) / 1_000,
        unit: 'kB',
        atMost: limits.javaScript / 1_000,
        note: 'as sent: brotli, heads included',
      });
      const data = tab.bytesReceivedFrom((url) => new URL(url).pathname.startsWith('/api/'));
      report({
        part: 'list',
        what: 'first view, data on the wire',
        nodes,
        value: data / 1_000,
        unit: 'kB',
        atMost: limits.firstView / 1_000,
        note: `${String(tab.requests())} requests, ${(tab.bytesReceived() / 1_000).toFixed(0)} kB with page, scripts and styles`,
      });
    }
    await tab.close();
  }
  const ms = median(took);
  const note = `median of ${String(times)} with an empty cache`;
  report({ part: 'list', what: 'list shown', nodes, value: ms, unit: 'ms', note });
  return ms;
}

/** The bytes of what the page had asked for by a moment, ms since navigation start. */
async function bytesAskedBefore(tab: Tab, matches: (url: string) => boolean, moment: number): Promise<number> {
  const asked = await tab.page.evaluate(
    (until) =>
      performance
        .getEntriesByType('resource')
        .filter(({ startTime }) => startTime <= until)
        .map(({ name }) => name),
    moment,
  );
  const urls = new Set(asked);
  return tab.bytesReceivedFrom((url) => urls.has(url) && matches(url));
}

async function measureVisit(
  browser: Browser,
  console: BenchConsole,
  nodes: number,
  options: Pick<ListOptions, 'quietMs'>,
  report: Report,
): Promise<void> {
  const tab = await openTab(browser, recordKeyLatency);
  await tab.page.goto(`${console.address}/clusters`);
  await tab.page.getByRole('link', { name: 'team-0001', exact: true }).waitFor();
  await tab.page.waitForTimeout(4_000);
  await elementsOf(tab, 'list', nodes, report);
  report({
    part: 'list',
    what: 'page heap after a collection',
    nodes,
    value: await tab.heapMb(),
    unit: 'MB',
    atMost: limits.heap,
  });

  await tab.rest();
  const quiet = await costOver(tab, () => delay(options.quietMs));
  const perMinute = 60_000 / options.quietMs;
  report({
    part: 'list',
    what: 'no fact changes, a minute: on the wire',
    nodes,
    value: (quiet.wire * perMinute) / 1_000,
    unit: 'kB',
    atMost: limits.quietWire / 1_000,
    note: `over ${String(options.quietMs / 1_000)} s`,
  });
  report({
    part: 'list',
    what: 'no fact changes, a minute: main thread',
    nodes,
    value: quiet.main * perMinute,
    unit: 'ms',
    atMost: limits.quietMain,
  });
  await measureKeys(tab, nodes, report);
  for (const [screen, path] of [
    ['virtual cluster', '/clusters/team-0001'],
    ['editor', '/clusters/team-0001/edit'],
    ['journal', '/journal'],
  ] as const) {
    await tab.page.goto(`${console.address}${path}`);
    await tab.page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
    await tab.page.waitForTimeout(1_000);
    await elementsOf(tab, screen, nodes, report);
  }
  await tab.close();
}

async function elementsOf(tab: Tab, screen: string, nodes: number, report: Report): Promise<void> {
  const value = await tab.elements();
  report({ part: 'list', what: `DOM elements: ${screen}`, nodes, value, unit: 'count', atMost: limits.elements });
}

interface Cost {
  readonly wire: number;
  readonly main: number;
}

/** The page's bytes on the wire and main-thread time until `period` is over, which must leave the page alone. */
async function costOver(tab: Tab, period: () => Promise<void>): Promise<Cost> {
  const [wire, main] = [tab.bytesReceived(), await tab.mainThreadMs()];
  await period();
  return { wire: tab.bytesReceived() - wire, main: (await tab.mainThreadMs()) - main };
}

/** Adds one node at a time, and reports what each costs more than an equally long quiet time after it. */
async function measureChanges(
  console: BenchConsole,
  ray: BenchRay,
  nodes: number,
  times: number,
  report: Report,
): Promise<void> {
  const wire: number[] = [];
  const main: number[] = [];
  const windows: number[] = [];
  const browser = await launch(NO_MEMORY_REDUCER);
  try {
    const tab = await openTab(browser);
    await tab.page.goto(`${console.address}/clusters`);
    await tab.page.getByRole('link', { name: 'team-0001', exact: true }).waitFor();
    await tab.page.waitForTimeout(4_000);
    for (let change = 0; change < times; change += 1) {
      const shown = await freeNodes(tab);
      const begun = performance.now();
      const changing = await costOver(tab, async () => {
        const before = await nodeTotal(console);
        await ray.addNode();
        await untilReadAgain(console, before);
        await delay(SHOWN_WITHIN_MS);
      });
      const window = performance.now() - begun;
      if ((await freeNodes(tab)) === shown) throw new Error('The page does not show the new node.');
      const quiet = await costOver(tab, () => delay(window));
      wire.push(changing.wire - quiet.wire);
      main.push(changing.main - quiet.main);
      windows.push(window);
    }
  } finally {
    await browser.close();
  }
  const seconds = (median(windows) / 1_000).toFixed(0);
  const note = `median of ${String(times)}, less as long a quiet time (${seconds} s); without V8's memory reducer`;
  report({
    part: 'list',
    what: 'one node changes: on the wire',
    nodes,
    value: median(wire) / 1_000,
    unit: 'kB',
    atMost: limits.changeWire / 1_000,
    note,
  });
  report({
    part: 'list',
    what: 'one node changes: main thread',
    nodes,
    value: median(main),
    unit: 'ms',
    atMost: limits.changeMain,
    note,
  });
}

const totals = z.object({ nodeCounts: z.object({ total: z.unknown() }) });

/** The number of nodes in the console's fleet reply. */
async function nodeTotal(console: BenchConsole): Promise<string> {
  const fleet: unknown = await (await fetch(`${console.address}/api/fleet`)).json();
  return JSON.stringify(totals.parse(fleet).nodeCounts.total);
}

async function untilReadAgain(console: BenchConsole, before: string): Promise<void> {
  const end = performance.now() + READ_WITHIN_MS;
  while ((await nodeTotal(console)) === before) {
    if (performance.now() > end) throw new Error('The console has not read the new node.');
    await delay(500);
  }
}

function freeNodes(tab: Tab): Promise<string> {
  return tab.page.getByRole('region', { name: 'Free nodes' }).innerText();
}

async function measureKeys(tab: Tab, nodes: number, report: Report): Promise<void> {
  const filter = tab.page.getByRole('search').getByRole('textbox').first();
  await filter.click();
  // `<` stands for Backspace.
  for (const key of 'team-00<<09<<05') {
    await tab.page.keyboard.press(key === '<' ? 'Backspace' : key);
    await tab.page.waitForTimeout(250);
  }
  const took = z.array(z.number()).parse(await readRecorded(tab.page, 'keys'));
  const worst = Math.max(...took);
  report({
    part: 'list',
    what: 'key typed in the filter, until painted',
    nodes,
    value: worst,
    unit: 'ms',
    atMost: limits.key,
    note: `the slowest of ${String(took.length)}; median ${median(took).toFixed(1)} ms`,
  });
}
