import type { Locator, Page } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

/** The top and the height of what the list consists of, from its title to its last row, px. */
async function placesOf(page: Page): Promise<readonly (readonly [top: number, height: number])[]> {
  const parts: readonly Locator[] = [
    page.getByRole('heading', { name: 'Virtual clusters', level: 1 }),
    page.getByRole('button', { name: 'New virtual cluster' }),
    page.getByRole('region', { name: 'Free nodes' }),
    page.getByRole('search', { name: 'Filter' }),
    page.getByRole('table', { name: 'Virtual clusters' }).getByRole('row'),
  ];
  const places = await Promise.all(
    parts.map((part) =>
      part.evaluateAll((elements) =>
        elements.map((element) => {
          const { top, height } = element.getBoundingClientRect();
          return [Math.round(top), Math.round(height)] as const;
        }),
      ),
    ),
  );
  return places.flat();
}

/** What the toolbar counts and what uses each virtual cluster, where that is cut off. */
async function cutWords(page: Page): Promise<readonly string[]> {
  const counts = page.getByRole('search', { name: 'Filter' }).getByText(/^6 clusters · /);
  const uses = page.getByRole('table', { name: 'Virtual clusters' }).getByText(/jobs?|job clusters?/);
  const cut = (elements: readonly Element[]) =>
    elements
      .filter(
        ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
          // Words within a line have no box of their own.
          clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 4),
      )
      .map(({ textContent }) => textContent);
  return [...(await counts.evaluateAll(cut)), ...(await uses.evaluateAll(cut))];
}

const ids = ['ci', 'etl-nightly', 'feature-store', 'notebooks', 'serving', 'train-llm'];

test('rows stay where they are, whatever is opened, away or deleted', async ({ page, simulator }) => {
  await test.step('a double click on any row opens that very virtual cluster, and moves no row', async () => {
    await visit(page, '/clusters');
    await expect(rowOf(page, 'train-llm')).toContainText('2 jobs');
    const before = await placesOf(page);
    for (const [index, id] of ids.entries()) {
      // Each second one where the panel comes to lie: what is there then is not clicked.
      const box = await rowOf(page, id).boundingBox();
      const share = index % 2 === 0 ? 0.35 : 0.85;
      await page.mouse.dblclick((box?.x ?? 0) + (box?.width ?? 0) * share, (box?.y ?? 0) + (box?.height ?? 0) / 2);
      await expect(page.getByRole('article', { name: id, exact: true }).getByRole('table').first()).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`/clusters/${id}$`));
      expect(await placesOf(page), id).toEqual(before);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('article', { name: id, exact: true })).toBeHidden();
      expect(await placesOf(page), id).toEqual(before);
    }
  });
  await test.step('rows and what stands above them keep their places while Ray is away, with and without a panel', async () => {
    await visit(page, '/clusters');
    await expect(rowOf(page, 'train-llm')).toContainText('2 jobs');
    const before = await placesOf(page);
    await simulator.setAway(true);
    const banner = page.getByRole('region', { name: /^Ray unreachable since/ });
    await expect(banner).toBeVisible();
    expect(await placesOf(page)).toEqual(before);
    await page.getByRole('link', { name: 'serving', exact: true }).click();
    await expect(page.getByRole('article', { name: 'serving' })).toBeVisible();
    expect(await placesOf(page)).toEqual(before);
    // On the narrowest screen that has both, too.
    for (const width of [1440, 1280, 1200]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await cutWords(page), String(width)).toEqual([]);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await simulator.setAway(false);
    await expect(banner).toBeHidden();
    expect(await placesOf(page)).toEqual(before);
  });
  await test.step('after a delete the other rows stand as they would without it, and its result pushes nothing', async () => {
    await visit(page, '/clusters');
    await expect(rowOf(page, 'train-llm')).toContainText('2 jobs');
    const before = await placesOf(page);
    await page.getByRole('link', { name: 'ci', exact: true }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete ci' });
    await dialog.getByRole('textbox').fill('ci');
    await dialog.getByRole('button', { name: 'Delete virtual cluster' }).click();
    await expect(page.getByRole('region', { name: 'ci was deleted' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'ci', exact: true })).toBeHidden();
    // One row less, and every other place is taken as before.
    expect(await placesOf(page)).toEqual(before.slice(0, -1));
  });
});
