import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

/** Each page, and what shows that it is drawn. */
const pages: readonly (readonly [path: string, drawn: string])[] = [
  ['/clusters', 'tr[data-id]'],
  ['/clusters/serving', 'article table'],
  ['/clusters/serving/edit', 'form input'],
  ['/new', 'form input'],
  ['/clusters?view=matrix', '[role="grid"] [data-at]'],
  ['/nodes?cluster=serving', '[role="application"][data-drawn]'],
  ['/nodes?view=table', 'tbody tr[aria-rowindex]'],
  ['/journal', 'tr[data-entry], tbody tr'],
  ['/usage', 'figure canvas'],
  ['/plans', 'h1'],
  ['/fleet-file', 'textarea'],
];

/** What can be pressed and is smaller than 24 by 24 pixels, except links within a sentence and what has a larger label. */
function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    for (const element of document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary, textarea')) {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (element.closest('[aria-hidden="true"], .visually-hidden') !== null) continue;
      const isInline = element.tagName === 'A' && getComputedStyle(element).display === 'inline';
      const isWord = element.closest('p, h1, h2, h3, th, dt, legend') !== null && element.textContent !== '';
      const box = (element.closest('label') ?? element).getBoundingClientRect();
      if (isInline || isWord || box.width <= 1 || (box.width >= 23.5 && box.height >= 23.5)) continue;
      const name = element.getAttribute('aria-label') ?? element.textContent.trim();
      found.add(
        `${element.tagName.toLowerCase()} ${name.slice(0, 30)} ${String(Math.round(box.width))} × ${String(Math.round(box.height))}`,
      );
    }
    return [...found];
  });
}

/** What is wider than the page, and does not scroll by itself: it is cut, or makes the page scroll both ways. */
function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrollsItself = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (['auto', 'scroll'].includes(style.overflowX) && at.id !== 'content') return true;
        if (style.textOverflow === 'ellipsis' && at !== element) return true;
        if (style.clipPath !== 'none' || at.tagName === 'svg' || at.tagName === 'CANVAS') return true;
      }
      return false;
    };
    const wide = [...document.querySelectorAll('main *')].filter(
      (element) =>
        element.checkVisibility() && element.getBoundingClientRect().right > width + 1 && !scrollsItself(element),
    );
    return wide.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}

test('every page at 1440 pixels, and at 400 % zoom: targets of 24 pixels or more, nothing cut, no scrolling both ways', async ({
  page,
}) => {
  for (const [path, drawn] of pages) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await expect(page.locator(drawn).first()).toBeAttached();
    expect.soft(await smallTargets(page), path).toEqual([]);
    await page.setViewportSize({ width: 320, height: 256 });
    await expect(page.locator(drawn).first()).toBeAttached();
    expect.soft(await smallTargets(page), `${path}, 400 %`).toEqual([]);
    expect.soft(await tooWide(page), `${path}, 400 %`).toEqual([]);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
  }
});
