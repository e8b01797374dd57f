import type { Browser } from '@playwright/test';
import * as z from 'zod/mini';
import { launch, openTab, readRecorded, recordShown, type Tab } from '../browser-tab.ts';
import { startConsole } from '../bench-console.ts';
import { median, type Report } from '../measurements.ts';
import type { BenchRay } from '../bench-ray.ts';
import { waitUntilSettled } from '../wait.ts';

const NODES = 1_000;
const CLUSTERS = 10;

/** A virtual cluster that both pages show first. */
const SHOWN = 'team-0001';

/** Both pages, each measured the same way. */
interface Both<T> {
  readonly theirs: T;
  readonly ours: T;
}

interface Visit {
  readonly javaScriptKb: number;
  readonly elements: number;
  readonly heapMb: number;
  /** Main-thread time of a minute in which nobody touches the page, ms. */
  readonly quietMinuteMs: number;
  /** Received in such a minute, kB. */
  readonly quietMinuteKb: number;
}

/** How much better each number has to be; `undefined`: told without a goal. */
const goals: Readonly<Record<keyof Visit | 'shownMs', number | undefined>> = {
  shownMs: 10,
  javaScriptKb: undefined,
  elements: 20,
  heapMb: undefined,
  quietMinuteMs: 20,
  quietMinuteKb: undefined,
};

/**
 * Measures Ant Ray's own page and this console's list by the same harness, in turns, over the same simulated Ray.
 * `ray` has to serve its own page (`startRay`). `quietMs`: how long nobody touches the page.
 */
export async function benchPeer({
  report,
  ray,
  quietMs,
  loads,
}: {
  readonly report: Report;
  readonly ray: BenchRay;
  readonly quietMs: number;
  readonly loads: number;
}): Promise<void> {
  await ray.fleet(NODES, CLUSTERS);
  const console = await startConsole(ray.address);
  const browser = await launch();
  try {
    await waitUntilSettled(ray);
    const urls = { theirs: `${ray.address}/#/virtual-clusters`, ours: `${console.address}/clusters` };
    const shown: Both<number[]> = { theirs: [], ours: [] };
    for (let load = 0; load < loads; load += 1) {
      // The order alternates, since the second of a pair finds other caches.
      const turns = load % 2 === 0 ? (['theirs', 'ours'] as const) : (['ours', 'theirs'] as const);
      for (const turn of turns) shown[turn].push(await timeUntilShown(browser, urls[turn]));
    }
    reportBoth(report, 'virtual clusters shown', 'shownMs', 'ms', {
      theirs: median(shown.theirs),
      ours: median(shown.ours),
    });
    const visits: Both<Visit> = {
      theirs: await visit(browser, urls.theirs, quietMs),
      ours: await visit(browser, urls.ours, quietMs),
    };
    const rows = [
      ['JavaScript on the wire', 'javaScriptKb', 'kB'],
      ['DOM elements', 'elements', 'count'],
      ['page heap after a collection', 'heapMb', 'MB'],
      ['a minute untouched: main thread', 'quietMinuteMs', 'ms'],
      ['a minute untouched: on the wire', 'quietMinuteKb', 'kB'],
    ] as const;
    for (const [what, key, unit] of rows)
      reportBoth(report, what, key, unit, { theirs: visits.theirs[key], ours: visits.ours[key] });
  } finally {
    await browser.close();
    await console.stop();
  }
}

/** Opens a page with an empty cache; the time until it has painted a virtual cluster, ms. */
async function timeUntilShown(browser: Browser, url: string): Promise<number> {
  const tab = await openTab(browser, recordShown(SHOWN));
  await openUntilShown(tab, url);
  const shownAt = z.number().parse(await readRecorded(tab.page, 'shownAt'));
  await tab.close();
  return shownAt;
}

async function openUntilShown(tab: Tab, url: string): Promise<void> {
  await tab.page.goto(url);
  await tab.page.waitForFunction(() => 'shownAt' in window, null, { timeout: 120_000 });
}

async function visit(browser: Browser, url: string, quietMs: number): Promise<Visit> {
  const tab = await openTab(browser, recordShown(SHOWN));
  await openUntilShown(tab, url);
  await tab.page.waitForTimeout(4_000);
  const javaScriptKb = tab.bytesReceivedFrom((each) => new URL(each).pathname.endsWith('.js')) / 1_000;
  const [elements, heapMb] = [await tab.elements(), await tab.heapMb()];
  const [wire, main] = [tab.bytesReceived(), await tab.mainThreadMs()];
  await tab.page.waitForTimeout(quietMs);
  const perMinute = 60_000 / quietMs;
  const quietMinuteKb = ((tab.bytesReceived() - wire) * perMinute) / 1_000;
  const quietMinuteMs = ((await tab.mainThreadMs()) - main) * perMinute;
  await tab.close();
  return { javaScriptKb, elements, heapMb, quietMinuteMs, quietMinuteKb };
}

function reportBoth(
  report: Report,
  what: string,
  key: keyof typeof goals,
  unit: 'ms' | 'kB' | 'MB' | 'count',
  { theirs, ours }: Both<number>,
): void {
  report({ part: 'peer', what: `${what}: Ray’s page`, nodes: NODES, value: theirs, unit });
  report({ part: 'peer', what: `${what}: this console`, nodes: NODES, value: ours, unit });
  const goal = goals[key];
  report({
    part: 'peer',
    what: `${what}: Ray’s page / this console`,
    nodes: NODES,
    value: theirs / ours,
    unit: 'ratio',
    note: goal === undefined ? '' : `at least ${String(goal)} asked for`,
  });
}
