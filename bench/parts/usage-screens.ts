import { copyFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';
import Database from 'libsql';
import * as z from 'zod/mini';
import { journalPath, usagePath } from '../../src/server/storage/journal-path.ts';
import { startConsole, type BenchConsole } from '../bench-console.ts';
import { equalShares } from '../bench-fleet.ts';
import type { BenchRay } from '../bench-ray.ts';
import { launch, openTab, readRecorded, type Tab } from '../browser-tab.ts';
import { median, type Report } from '../measurements.ts';
import { TEMPLATES, type UsageSize } from '../usage-fixture.ts';
import { delay, waitUntilSettled } from '../wait.ts';
import { limits } from './list.ts';

/** Long enough for a sample, and for the slowest reads of Ray, ms. */
const WINDOW = 65_000;

/** The fleet is joined anew not in each of them, and that is what takes longest with and without usage. */
const WINDOWS = 2;

/** How much longer a turn of the event loop may be with usage than without: what two windows differ by anyway. */
const SAME_PAUSE = 1.2;

interface Parts {
  readonly report: Report;
  readonly ray: BenchRay;
  /** Of usage. */
  readonly file: string;
  readonly size: UsageSize;
  readonly quick: boolean;
}

/** Page script: records how long after a press a chart is painted that was not there before, ms, in `window.drawnAfter`. */
const recordDrawn = `
  let pressedAt = null;
  let before = null;
  const canvas = () => document.querySelector('figure .uplot canvas');
  addEventListener('pointerdown', ({ timeStamp }) => {
    pressedAt = timeStamp;
    before = canvas();
    delete window.drawnAfter;
  }, true);
  new MutationObserver(() => {
    const now = canvas();
    if (pressedAt === null || now === null || now === before) return;
    const since = pressedAt;
    pressedAt = null;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.drawnAfter = performance.now() - since; };
      port2.postMessage(null);
    });
  }).observe(document, { childList: true, subtree: true });
`;

/** Measures a console with 400 days of usage and its page: charts, a quiet minute, and the server's event loop with and without usage. */
export async function benchUsageScreens({ report, ray, file, size, quick }: Parts): Promise<void> {
  await ray.fleet(size.nodes, size.clusters, equalShares(TEMPLATES));
  const row = (one: Omit<Parameters<Report>[0], 'part' | 'nodes'>) =>
    report({ part: 'usage', nodes: size.nodes, ...one });
  const startWithUsage = () =>
    startConsole(
      ray.address,
      async (dataDir) => {
        const own = usagePath(journalPath({ rayAddress: ray.address, dataDir }, {}) ?? '');
        await copyFile(file, own);
        dropFuture(own);
      },
      { signIn: false },
    );
  const browser = await launch();
  try {
    const withUsage = await startWithUsage();
    try {
      await waitUntilSettled(ray);
      const opened: number[] = [];
      for (let round = 0; round < (quick ? 2 : 5); round++) {
        const tab = await openTab(browser, recordDrawn);
        opened.push(await openChart(tab, withUsage));
        if (round === 0) await measureRanges(tab, row);
        await tab.close();
      }
      row({
        what: 'a virtual cluster’s chart: opened until drawn',
        value: median(opened),
        unit: 'ms',
        atMost: 300,
        note: `7 days; median of ${String(opened.length)}, the chart’s script not loaded before`,
      });
      await measureQuiet(await openList(browser, withUsage), row);
    } finally {
      await withUsage.stop();
    }
    await comparePauses(browser, { withUsage: startWithUsage, ray, row });
  } finally {
    await browser.close();
  }
}

type Row = (one: Omit<Parameters<Report>[0], 'part' | 'nodes'>) => void;

async function measureQuiet(tab: Tab, row: Row): Promise<void> {
  const [wire, main] = [tab.bytesReceived(), await tab.mainThreadMs()];
  await delay(WINDOW);
  const perMinute = 60_000 / WINDOW;
  row({
    what: 'no fact changes, a minute of the list: on the wire',
    value: ((tab.bytesReceived() - wire) * perMinute) / 1_000,
    unit: 'kB',
    atMost: limits.quietWire / 1_000,
  });
  row({
    what: 'no fact changes, a minute of the list: main thread',
    value: ((await tab.mainThreadMs()) - main) * perMinute,
    unit: 'ms',
    atMost: limits.quietMain,
    note: 'begins 20 s after what loading left behind was collected',
  });
  await tab.close();
}

/**
 * The server's event loop with and without usage: two consoles that were started together, each with its list open, in turns. One that
 * was started later has code that is not compiled yet, and one that nobody watches reads Ray less often.
 */
async function comparePauses(
  browser: Browser,
  parts: { readonly withUsage: () => Promise<BenchConsole>; readonly ray: BenchRay; readonly row: Row },
): Promise<void> {
  const { ray, row } = parts;
  const consoles = [await parts.withUsage()];
  try {
    consoles.push(await startConsole(ray.address, null, { args: ['--usage-days', '0'] }));
    await waitUntilSettled(ray);
    for (const each of consoles) await openList(browser, each);
    const longest = consoles.map(() => 0);
    for (let window = 0; window < WINDOWS; window++)
      for (const [i, each] of consoles.entries()) longest[i] = Math.max(longest[i] ?? 0, await longestTurn(each));
    const [own = Number.NaN, usual = Number.NaN] = longest;
    row({
      what: 'longest turn of the server’s event loop, with usage / without',
      value: own / usual,
      unit: 'ratio',
      atMost: SAME_PAUSE,
      note: `${own.toFixed(0)} and ${usual.toFixed(0)} ms of processor time, each over ${String(WINDOWS)} × ${String(WINDOW / 1_000)} s in turns`,
    });
  } finally {
    for (const each of consoles) await each.stop();
  }
}

/** The file ends at noon: no sample would follow one that is still to come. */
function dropFuture(file: string): void {
  const db = new Database(file);
  db.prepare('DELETE FROM minutes WHERE at >= ?').run(Date.now() - 60_000);
  db.close();
}

/** A list that has come to rest. Ray is read as often as it is while somebody watches. */
async function openList(browser: Browser, console: BenchConsole): Promise<Tab> {
  const tab = await openTab(browser);
  await tab.page.goto(`${console.address}/clusters`);
  await tab.page.getByRole('link', { name: 'team-0001', exact: true }).waitFor({ timeout: 120_000 });
  await tab.page.waitForTimeout(4_000);
  await tab.rest();
  return tab;
}

/** The most processor time of one turn of the event loop in a window, ms. */
async function longestTurn(console: BenchConsole): Promise<number> {
  await console.strain();
  await delay(WINDOW);
  return (await console.strain()).mostWork;
}

/** Opens a virtual cluster's panel from the list; how long until its chart is painted, ms. */
async function openChart(tab: Tab, console: BenchConsole): Promise<number> {
  await tab.page.goto(`${console.address}/clusters`);
  const link = tab.page.getByRole('link', { name: 'team-0001', exact: true });
  await link.waitFor({ timeout: 120_000 });
  await tab.page.waitForTimeout(3_000);
  await link.click();
  return drawnAfter(tab);
}

async function drawnAfter(tab: Tab): Promise<number> {
  await tab.page.waitForFunction(() => 'drawnAfter' in window, null, { timeout: 60_000 });
  return z.number().parse(await readRecorded(tab.page, 'drawnAfter'));
}

async function measureRanges(tab: Tab, row: Row): Promise<void> {
  const main: number[] = [];
  for (const range of ['24 h', '30 d', '400 d', '7 d']) {
    await tab.page.waitForTimeout(1_500);
    const before = await tab.mainThreadMs();
    await tab.page.getByText(range, { exact: true }).click();
    await drawnAfter(tab);
    main.push((await tab.mainThreadMs()) - before);
  }
  row({
    what: 'a range switched until drawn: main thread',
    value: Math.max(...main),
    unit: 'ms',
    atMost: 150,
    note: `the slowest of 24 h, 30 d, 400 d and 7 d; processor time`,
  });
}
