import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

declare global {
  interface Window {
    layoutShifts: string[];
  }
}

/** Records every shift that no key or press just before it explains, with what moved from where to where. */
async function recordShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Shift extends PerformanceEntry {
      readonly value: number;
      readonly hadRecentInput: boolean;
      readonly sources: readonly { readonly node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
    }
    const isShift = (entry: PerformanceEntry): entry is Shift => entry.entryType === 'layout-shift';
    const place = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(',');
    window.layoutShifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries().filter(isShift)) {
        if (entry.hadRecentInput) continue;
        // A text at the right of its cell that gets shorter is no jump.
        const jumped = entry.sources.filter(
          ({ previousRect: was, currentRect: is }) => Math.abs(was.y - is.y) >= 2 || Math.abs(was.x - is.x) >= 16,
        );
        if (jumped.length === 0) continue;
        const moved = jumped.map(({ node, previousRect, currentRect }) => {
          const element = node instanceof Element ? node : (node?.parentElement ?? null);
          const name = `${element?.tagName ?? '?'}.${String(element?.getAttribute('class'))}`;
          return `${name} "${(node?.textContent ?? '').slice(0, 40)}" ${place(previousRect)} → ${place(currentRect)}`;
        });
        window.layoutShifts.push(`${entry.value.toFixed(4)}: ${moved.join('; ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The shifts so far, once what has just changed is painted. */
async function shifts(page: Page): Promise<readonly string[]> {
  return await page.evaluate(
    () =>
      new Promise<string[]>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(window.layoutShifts)))),
      ),
  );
}

test('the pages have their final shape at once: the journal, the nodes as a table', async ({ page, simulator }) => {
  for (const id of ['aa', 'bb', 'cc']) await simulator.createCluster(id, false, { '4c8g': 1 });
  await recordShifts(page);
  await page.goto('/journal');
  await expect(page.getByRole('table').getByRole('row').nth(2)).toBeVisible();
  expect(await shifts(page), 'the journal').toEqual([]);
  await page.goto('/nodes?view=table');
  await expect(page.getByRole('table', { name: 'Nodes', exact: true }).getByRole('row').nth(3)).toContainText(/c/);
  expect(await shifts(page), 'the nodes').toEqual([]);
});
