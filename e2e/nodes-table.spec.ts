import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

const tableOf = (page: Page) => page.getByRole('table', { name: 'Nodes', exact: true });

test('a key switches between the map and the table, and keeps the search', async ({ page }) => {
  await page.goto('/nodes?q=gpu');
  const map = page.getByRole('application');
  await expect(map).toHaveAttribute('data-drawn', /./);
  await map.press('t');
  await expect(page.getByRole('region', { name: 'Nodes', exact: true })).toBeFocused();
  await expect(page.getByRole('searchbox')).toHaveValue('gpu');
  await expect(tableOf(page).getByRole('row').nth(1)).toContainText('gpu_a10');
  await page.keyboard.press('t');
  await expect(map).toBeFocused();
});

test('a heading sorts, it filters by state, free pool and virtual cluster, and each row links to its node on the map', async ({
  page,
}) => {
  await page.goto('/nodes?view=table');
  const heading = tableOf(page).getByRole('columnheader', { name: 'CPU' });
  await expect(heading).not.toHaveAttribute('aria-sort', /./);
  await heading.getByRole('button').click();
  await expect(heading).toHaveAttribute('aria-sort', 'ascending');
  const cpus = tableOf(page).getByRole('row').nth(1).getByRole('cell').nth(4);
  await expect(cpus).toHaveText(/^0 \/ \d+$/);
  await heading.getByRole('button').click();
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  await expect(cpus).toHaveText(/^[1-9]\d* \/ \d+/);
  await expect(page).toHaveURL(/sort=cpu&order=desc/);

  await page.getByRole('combobox', { name: 'State' }).selectOption('dead');
  await expect(tableOf(page).getByRole('row')).toHaveCount(2);
  await expect(tableOf(page).getByRole('row').nth(1)).toContainText('Dead');
  await page.getByRole('combobox', { name: 'State' }).selectOption('');
  await page.getByRole('combobox', { name: 'Virtual cluster' }).selectOption('Free pool');
  await expect(tableOf(page).getByRole('row').nth(1)).toContainText('Free pool');
  await expect(page).toHaveURL(/free=true/);
  await page.getByRole('combobox', { name: 'Virtual cluster' }).selectOption('ci');
  await expect(page.getByText('3 nodes match')).toBeVisible();
  const link = tableOf(page)
    .getByRole('link', { name: /^Show node [0-9a-f]{8} on the map$/ })
    .first();
  const id = ((await link.getAttribute('aria-label')) ?? '').split(' ')[2] ?? '';
  await link.click();
  await expect(page.getByRole('region', { name: `Node ${id}` })).toContainText('ci');
  await expect(page.getByRole('application')).toHaveAttribute('data-drawn', /./);
});

test('without headings the order is selected, and each node still links to the map', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/nodes?view=table');
  const first = tableOf(page).getByRole('row').nth(1);
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption({ label: 'CPU, descending' });
  await expect(page).toHaveURL(/sort=cpu&order=desc/);
  await expect(first).toContainText(/CPU [1-9]\d* \/ \d+/);
  const link = first.getByRole('link', { name: /on the map$/ });
  const cell = first.getByRole('cell').first();
  const [linkBox, cellBox] = [await link.boundingBox(), await cell.boundingBox()];
  expect((linkBox?.x ?? 0) + (linkBox?.width ?? 0)).toBeLessThanOrEqual((cellBox?.x ?? 0) + (cellBox?.width ?? 0));
});

test('a large fleet has no more elements, and its last row is there when it is scrolled to', async ({
  page,
  simulator,
}) => {
  await simulator.reset({ templates: { '4c8g': 3_000 } });
  await page.goto('/nodes?view=table');
  await expect(page.getByText('3,001 nodes')).toBeVisible();
  expect(await page.locator('*').count()).toBeLessThan(2_500);
  await expect(tableOf(page)).toHaveAttribute('aria-rowcount', '3002');
  await page.getByRole('region', { name: 'Nodes', exact: true }).press('End');
  await expect(tableOf(page).locator('[aria-rowindex="3002"]')).toContainText(/[0-9a-f]{8}/);
});
