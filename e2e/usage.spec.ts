import type { Page } from '@playwright/test';
import { expect } from './support/fixtures.ts';
import { testWithOwnConsole } from './support/own-console.ts';
import { field } from './support/editor.ts';
import { visit } from './support/visit.ts';

const test = testWithOwnConsole();

test.beforeEach(async ({ simulator }) => {
  await simulator.reset();
});

const chart = (page: Page) => page.getByRole('figure', { name: 'Nodes held, by virtual cluster, over time' });

test('the page says who held what and what was never needed; range, template and order stand in the URL', async ({
  page,
}) => {
  await page.goto('/clusters');
  await page.getByRole('link', { name: 'Usage', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeFocused();
  await expect(page.getByText(/^Simulated past until /)).toBeVisible();
  const summary = page.getByRole('table', { name: 'Node-hours by virtual cluster and template' });
  await expect(summary.getByRole('row').nth(2)).toContainText('etl-nightly');

  await page.getByText('30 d', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Template' }).selectOption('4c8g');
  await summary.getByRole('button', { name: 'Virtual cluster' }).click();
  await expect(page).toHaveURL(/\/usage\?range=30d&template=4c8g&sort=cluster$/);
  await expect(summary.getByText('8c16g')).toHaveCount(0);
  await expect(summary.getByRole('row').filter({ hasText: 'notebooks' })).toBeVisible();
  await page.reload();
  await expect(summary.getByRole('row').filter({ hasText: 'notebooks' })).toBeVisible();
  await expect(summary.getByText('8c16g')).toHaveCount(0);

  // The crosshair by keys, and the same numbers as a table.
  const slider = chart(page).getByRole('slider');
  await slider.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /etl-nightly [56](?:\.\d+)?, notebooks/);
  await slider.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuenow', '1');
  await chart(page).getByRole('button', { name: 'Show as table' }).click();
  const rows = chart(page).getByRole('row');
  await expect(rows.first()).toContainText('etl-nightly');
  await expect(rows.nth(1).getByRole('cell').first()).toHaveText(/^[56](?:\.\d+)?$/);
});

test("a virtual cluster's panel shows what its nodes did, with the journal's changes", async ({
  page,
  request,
  simulator,
}) => {
  const { revision } = (await simulator.cluster('ci')) ?? { revision: '0' };
  await request.post('/virtual_clusters', {
    headers: { 'Content-Type': 'application/json' },
    data: Buffer.from(
      `{"virtualClusterId": "ci", "divisible": false, "replicaSets": {"4c8g": 4}, "revision": ${revision}}`,
    ),
  });
  // As a browser without a locale has it: uPlot would not load.
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix', configurable: true });
  });
  await page.goto('/clusters/ci?range=24h');
  const usage = page.getByRole('region', { name: 'Usage' });
  await expect(usage.getByRole('slider')).toHaveAttribute('aria-valuetext', /: held 3, used \d/);
  await usage.getByText('1 h', { exact: true }).click();
  await expect(page).toHaveURL(/\?range=1h$/);
  await usage
    .getByRole('link', { name: /^\d+ changes?, / })
    .last()
    .click();
  await expect(page).toHaveURL(/\/journal\?cluster=ci&from=/);
  await expect(page.getByRole('button', { name: 'Details: 4c8g 3 → 4, ci' }).first()).toBeVisible();
});

test('a wide list draws the last 7 days, and what is never needed is given back in the editor', async ({
  page,
  simulator,
}) => {
  await test.step('a wide list draws the last 7 days of each virtual cluster, and sorts by how long all of it has been idle', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const chartCode = page.waitForRequest(/\/panel-usage-[^/]*\.js$/);
    await page.goto('/clusters');
    // Before anybody opens a panel.
    await chartCode;
    const row = page.getByRole('row').filter({ hasText: 'notebooks' });
    await expect(row.getByRole('img', { name: /^Used at most 0 of \d+ nodes in the last 7 days$/ })).toBeVisible();
    await expect(row).toContainText(/Idle \d+ days/);
    await page.getByRole('button', { name: 'Last 7 days', exact: true }).click();
    await expect(page).toHaveURL(/sort=trend&desc=1/);
    await expect(page.getByRole('row').nth(1)).toContainText('notebooks');
    // The legend's words say what they mean.
    await page.getByRole('button', { name: 'reserved', exact: true }).click();
    await expect(page.getByText(/^Held for a job, or its memory is in use/)).toBeVisible();
  });
  await test.step('a panel asks for what its chart shows before anything else, and once', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.getByRole('link', { name: 'notebooks', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Usage' }).getByRole('slider')).toBeVisible();
    await expect.poll(() => asked.includes('/api/timeline')).toBe(true);
    expect(asked.find((path) => ['/api/usage', '/api/changes', '/api/timeline'].includes(path))).toBe('/api/usage');
    expect(asked.filter((path) => path === '/api/usage')).toHaveLength(1);
    expect(asked.filter((path) => path.endsWith('.js'))).toEqual([]);
  });
  await test.step('Give back… fills the editor with fewer nodes and writes nothing', async () => {
    await visit(page, '/usage');
    await page.getByRole('button', { name: 'Give back…: 4c8g of notebooks' }).click();
    await expect(page).toHaveURL(/\/clusters\/notebooks\/edit$/);
    await expect(field(page, '4c8g')).toHaveValue('0');
    await expect(field(page, '8c16g')).toHaveValue('2');
    await expect(
      page.getByText('Filled without the nodes that were never needed. Nothing is saved yet.'),
    ).toBeVisible();
    expect((await simulator.cluster('notebooks'))?.replicaSets).toEqual({ '4c8g': 5, '8c16g': 2 });

    // What is typed by now is not lost to a second click.
    await page.goBack();
    await page.getByRole('button', { name: 'Give back…: 8c16g of notebooks' }).click();
    await expect(page.getByRole('button', { name: 'Replace what is unsaved' })).toBeFocused();
    await page.getByRole('button', { name: 'Open what is unsaved' }).click();
    await expect(field(page, '4c8g')).toHaveValue('0');
  });
});
