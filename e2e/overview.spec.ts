import type { Locator } from '@playwright/test';
import { choose, expect, rowOf } from './support/fixtures.ts';
import { testWithOwnConsole } from './support/own-console.ts';
import { visit } from './support/visit.ts';

const test = testWithOwnConsole();

/** What of a list's items is not read to its end. */
async function cutParts(list: Locator): Promise<readonly (string | null)[]> {
  return await list.getByRole('listitem').evaluateAll((items) =>
    items
      .flatMap(({ children }) => [...children])
      .filter((part) => part.scrollWidth > part.clientWidth)
      .map(({ textContent }) => textContent),
  );
}

test('the fleet at a glance: the overview, and the matrix', async ({ page, simulator }) => {
  await test.step('the overview answers who holds, what is idle and what waits; a part of a bar filters the list', async () => {
    await page.goto('/');
    const free = page.getByRole('region', { name: 'Free nodes' });
    const gpu = free.getByRole('listitem').filter({ hasText: 'gpu_a10' });
    await expect(gpu.getByRole('button')).toHaveCount(4);
    await expect(gpu.getByRole('button').nth(2)).toHaveAccessibleName('gpu_a10: 3 idle');
    await expect(gpu.getByRole('button').nth(3)).toHaveAccessibleName('gpu_a10: 1 dead');

    const attention = page.getByRole('region', { name: 'Needs attention' });
    await expect(attention.getByRole('listitem')).toHaveText([
      /serving 1 dead gpu_a10, none free/,
      /train-llm 1 job cluster left over, holds 1 node/,
    ]);
    const recentEvents = page.getByRole('region', { name: 'What changed lately' });
    await simulator.editCluster('feature-store', { '16c64g': 5 });
    await expect(recentEvents).toContainText('1 16c64g node moved from the free pool to feature-store');
    expect(await cutParts(recentEvents)).toEqual([]);

    // The bars are one stop of the Tab key; arrows move between their parts.
    await free.getByRole('button', { name: '4c8g: 14 idle' }).focus();
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await expect(gpu.getByRole('button', { name: '3 used' })).toBeFocused();
    await gpu.getByRole('button', { name: '1 dead' }).click();
    await expect(page).toHaveURL(/[?&]nodes=dead%3Agpu_a10/);
    await expect(rowOf(page, 'serving')).toBeVisible();
    await expect(rowOf(page, 'train-llm')).toBeHidden();
    await page.getByRole('button', { name: 'Remove the filter: dead gpu_a10' }).click();
    await expect(rowOf(page, 'train-llm')).toBeVisible();

    await page.getByRole('button', { name: 'Fold the overview' }).click();
    await expect(attention).toBeHidden();
    await page.reload();
    await expect(free).toContainText('4c8g 10 free of 24');
    await expect(attention).toBeHidden();
    await page.getByRole('button', { name: 'Unfold the overview' }).click();
    await attention.getByRole('link', { name: 'Release what is left over in train-llm' }).click();
    await expect(page.getByRole('article', { name: 'train-llm' })).toBeVisible();
    expect(await cutParts(attention)).toEqual([]);
  });
  await test.step('the matrix counts held, idle and dead by template, sorts by any column and is walked by keyboard', async () => {
    await visit(page, '/');
    await choose(page, 'Matrix');
    const grid = page.getByRole('grid', { name: 'Virtual clusters by template' });
    const rowsOf = () => grid.getByRole('rowheader').filter({ has: page.getByRole('link') });
    await expect(rowsOf()).toHaveText(['ci', 'etl-nightly', 'feature-store', 'notebooks', 'serving', 'train-llm']);
    await expect(grid.getByRole('columnheader', { name: /gpu_a10/ })).toContainText('none free');
    await expect(grid.getByTitle('serving: 4 held gpu_a10')).toHaveText('4');
    expect((await grid.getByRole('row').nth(3).boundingBox())?.height).toBe(24);

    await choose(page, 'Idle');
    await grid.getByRole('columnheader', { name: /4c8g/ }).click();
    await expect(grid.getByRole('columnheader', { name: /4c8g/ })).toHaveAttribute('aria-sort', 'descending');
    await expect(rowsOf().first()).toHaveText('etl-nightly');
    await expect(page).toHaveURL(/view=matrix&count=idle&desc=1&by=4c8g/);

    // The same filters as the list's.
    await page.getByRole('button', { name: 'gpu_a10: 1 dead' }).click();
    await expect(rowsOf()).toHaveText(['serving']);
    await grid.focus();
    await page.keyboard.press('Control+End');
    const last = grid.locator('[data-at="1 6"]');
    await expect(last).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('article', { name: 'serving' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(last).toBeFocused();
  });
});
