import type { Browser } from '@playwright/test';
import * as z from 'zod/mini';
import { launch, openTab, readRecorded, recordKeyLatency } from '../browser-tab.ts';
import { startConsole, type BenchConsole } from '../bench-console.ts';
import { equalShares } from '../bench-fleet.ts';
import type { BenchRay } from '../bench-ray.ts';
import { measureFrames } from '../frame-times.ts';
import { median, quantile, type Report } from '../measurements.ts';
import { waitUntilSettled } from '../wait.ts';
import { limits } from './list.ts';

/** A node of each template for each virtual cluster, and a tenth free. */
const CLUSTERS = 1_000;
const TEMPLATES = 20;
const NODES = 25_000;

const matrixLimits = { frame: 16.7, key: limits.key, elements: limits.elements } as const;

/** Measures the matrix of 1,000 virtual clusters by 20 templates: scrolling both ways, and typing into cells. */
export async function benchMatrix({ report, ray }: { readonly report: Report; readonly ray: BenchRay }): Promise<void> {
  await ray.fleet(NODES, CLUSTERS, equalShares(TEMPLATES));
  const console = await startConsole(ray.address);
  const browser = await launch();
  try {
    await waitUntilSettled(ray);
    await measureMatrix(browser, console, report);
  } finally {
    await browser.close();
    await console.stop();
  }
}

async function measureMatrix(browser: Browser, console: BenchConsole, report: Report): Promise<void> {
  const tab = await openTab(browser, recordKeyLatency);
  const { page } = tab;
  await page.goto(`${console.address}/clusters?view=matrix`);
  const grid = page.getByRole('grid');
  await grid.waitFor({ timeout: 120_000 });
  await page.waitForTimeout(4_000);
  const of = { part: 'matrix', nodes: NODES } as const;
  report({
    ...of,
    what: 'DOM elements',
    value: await tab.elements(),
    unit: 'count',
    atMost: matrixLimits.elements,
    note: `${String(CLUSTERS)} virtual clusters by ${String(TEMPLATES)} templates`,
  });

  await grid.scrollIntoViewIfNeeded();
  const box = await grid.boundingBox();
  if (box === null) throw new Error('The matrix is not on the screen.');
  await page.mouse.move(box.x + box.width / 2, box.y + Math.min(box.height, 400) / 2);
  const frames = await measureFrames(browser, page, async () => {
    for (let turn = 0; turn < 160; turn += 1) {
      await page.mouse.wheel(turn % 40 < 20 ? 60 : -60, turn < 80 ? 240 : -240);
      await page.waitForTimeout(12);
    }
  });
  report({
    ...of,
    what: 'a frame while scrolling, 95th percentile',
    value: quantile(frames, 0.95),
    unit: 'ms',
    atMost: matrixLimits.frame,
    note: `main thread, ${String(frames.length)} frames; median ${median(frames).toFixed(1)} ms, longest ${Math.max(...frames).toFixed(1)} ms`,
  });

  await page.locator('[data-at="3 2"]').click();
  await page.evaluate('window.keys = []');
  // Digits, and each Enter that keeps a count: totals, free nodes and shortages follow.
  for (let cell = 0; cell < 20; cell += 1) {
    for (const key of [String(2 + (cell % 8)), '5', 'Enter']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(120);
    }
  }
  const took = z.array(z.number()).parse(await readRecorded(page, 'keys'));
  report({
    ...of,
    what: 'key typed in a cell, until painted',
    value: Math.max(...took),
    unit: 'ms',
    atMost: matrixLimits.key,
    note: `the slowest of ${String(took.length)}; 95th percentile ${quantile(took, 0.95).toFixed(1)} ms, median ${median(took).toFixed(1)} ms`,
  });
  await tab.close();
}
