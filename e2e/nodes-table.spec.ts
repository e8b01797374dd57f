import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

const tableOf = (page: Page) => page.getByRole('table', { name: 'Nodes', exact: true });

test('a key opens the table with the search that there is; it sorts, filters, and links to the map', async ({
  page,
}) => {
  await test.step('a key switches between the map and the table, and keeps the search', async () => {
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
  await test.step('a heading sorts, it filters by state, free pool and virtual cluster, and each row links to its node on the map', async () => {
    await visit(page, '/nodes?view=table');
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

    // In less room each node has two lines, as its headings have, and they still sort.
    await page.setViewportSize({ width: 1024, height: 900 });
    const gpuHeading = tableOf(page).getByRole('columnheader', { name: 'GPU' });
    await gpuHeading.getByRole('button').click();
    await expect(gpuHeading).toHaveAttribute('aria-sort', 'ascending');
    const gpus = tableOf(page).getByRole('row').nth(1).getByRole('cell').nth(5);
    await expect(gpus).toHaveText(/^0 \/ \d+$/);
    const [headingBox, gpuBox, cpuBox] = await Promise.all([gpuHeading, gpus, cpus].map((part) => part.boundingBox()));
    expect(gpuBox?.x).toBe(headingBox?.x);
    expect(gpuBox?.x).toBe(cpuBox?.x);
    await page.setViewportSize({ width: 1440, height: 900 });

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
