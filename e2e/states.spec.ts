import { expect, rowOf, test } from './support/fixtures.ts';
import { field } from './support/editor.ts';
import { startServer } from './support/console-server.ts';
import { visit } from './support/visit.ts';

test('read-only: everything is shown, nothing can be changed, with the reason', async ({ page, request }) => {
  const server = await startServer('--read-only');
  try {
    await page.goto(`${server.address}/clusters`);
    await expect(page.getByRole('region', { name: 'Read-only' })).toBeVisible();
    await expect(rowOf(page, 'ci')).toBeVisible();
    await expect(page.getByRole('button', { name: 'New virtual cluster' })).toBeDisabled();
    await page.getByRole('link', { name: 'ci', exact: true }).click();
    const panel = page.getByRole('article', { name: 'ci' });
    await expect(panel.getByText(/^Read-only for you\./)).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Edit', exact: true })).toBeDisabled();
    await expect(panel.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
    await visit(page, '/clusters/ci/edit');
    await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled();
    await expect(field(page, '4c8g')).not.toBeEditable();
    const refused = await request.delete(`${server.address}/virtual_clusters/ci`);
    expect(refused.status()).toBe(403);
  } finally {
    await server.stop();
  }
});

test('the console gone: it is said, nothing is lost, and it goes on by itself', async ({ page }) => {
  const first = await startServer();
  await page.goto(`${first.address}/clusters/ci/edit`);
  await field(page, '4c8g').fill('7');
  await first.stop();
  const gone = page.getByRole('region', { name: /^The console has not answered since/ });
  await expect(gone).toBeVisible();
  await expect(field(page, '4c8g')).toHaveValue('7');
  const second = await startServer('--port', new URL(first.address).port);
  try {
    await expect(gone).toBeHidden();
    await expect(page.getByRole('status').filter({ hasText: /^Live$/ })).toHaveCount(1);
    await expect(field(page, '4c8g')).toHaveValue('7');
  } finally {
    await page.close();
    await second.stop();
  }
});

test('a screen whose code could not be loaded comes when a person tries again, and what was typed stays', async ({
  page,
}) => {
  await page.goto('/clusters/ci/edit');
  await field(page, '4c8g').fill('7');
  const code = /\/assets\/usage-page-[^/]*\.js$/;
  await page.route(code, (route) => route.abort());
  const failed = page.getByRole('region', { name: 'This part of the page failed' });
  await test.step('while nobody serves the page it is not loaded anew, which would lose it', async () => {
    await page.route('**/usage', (route) => route.abort());
    const refusal = () => page.waitForEvent('requestfailed', (request) => request.method() === 'HEAD');
    await Promise.all([refusal(), page.getByRole('link', { name: 'Usage', exact: true }).click()]);
    await Promise.all([refusal(), failed.getByRole('button', { name: 'Try again' }).click()]);
    await expect(failed).toBeVisible();
    await page.unroute('**/usage');
  });
  await page.unroute(code);
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible();
  await visit(page, '/clusters/ci/edit');
  await expect(field(page, '4c8g')).toHaveValue('7');
});

test('after an update of the console a screen whose code is gone comes by itself, and what was typed stays', async ({
  page,
}) => {
  await page.goto('/clusters/ci/edit');
  await field(page, '4c8g').fill('7');
  await page.route(/\/assets\/usage-page-[^/]*\.js$/, (route) => route.fulfill({ status: 404 }), { times: 1 });
  await page.getByRole('link', { name: 'Usage', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible();
  await visit(page, '/clusters/ci/edit');
  await expect(field(page, '4c8g')).toHaveValue('7');
});

test('what is not there is said: a page, a virtual cluster, any at all, nodes, the state API', async ({
  page,
  simulator,
}) => {
  await test.step('an unknown URL, and an unknown ID', async () => {
    await page.goto('/nowhere');
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeFocused();
    await page.getByRole('link', { name: 'Go to the virtual clusters' }).click();
    await expect(rowOf(page, 'ci')).toBeVisible();
    await visit(page, '/clusters/no-such-cluster');
    await expect(page.getByRole('region', { name: 'There is no such virtual cluster' })).toBeVisible();
    await page.getByRole('article').getByRole('link', { name: 'Go to the virtual clusters' }).click();
    await expect(page).toHaveURL(/\/clusters$/);
  });
  await test.step('an empty fleet, one of only a head node, and one whose state API is down each say so', async () => {
    await simulator.reset({ scenario: 'empty' });
    await page.goto('/clusters');
    await expect(page.getByText('No virtual clusters yet. 60 nodes are free.')).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'New virtual cluster' }).last().click();
    await expect(page.getByRole('textbox', { name: 'Virtual cluster ID' })).toBeVisible();

    await simulator.reset({ scenario: 'head-only' });
    await page.goto('/clusters');
    await expect(page.getByText('Only the head node. Start workers with RAY_NODE_TYPE_NAME.')).toBeVisible();

    // Free nodes are bounds, with the reason, and users are still shown.
    await simulator.reset({ scenario: 'busy' });
    await page.goto('/clusters');
    const free = page.getByRole('region', { name: 'Free nodes' });
    await expect(free).toContainText(/at most \d+ free of 24/);
    await expect(free).toContainText("Ray's state API fails while a node is full.");
    await expect(rowOf(page, 'ci')).toContainText('1 job');
    await expect(rowOf(page, 'train-llm')).toContainText(/[12] jobs?/);
  });
});
