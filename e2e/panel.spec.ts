import { expect, rowOf, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

test('the panel shows a virtual cluster, its users and nodes, and Ray’s own words', async ({
  page,
  context,
  simulator,
}) => {
  await test.step('the panel beside the list shows the replica sets, the users and the nodes, which are filtered and copied', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/clusters');
    await page.getByRole('link', { name: 'serving', exact: true }).click();
    await expect(page).toHaveURL(/\/clusters\/serving$/);
    const panel = page.getByRole('article', { name: 'serving' });
    await expect(panel.getByRole('heading', { name: 'serving', exact: true })).toBeVisible();
    await expect(panel).toContainText('Divisible');
    await expect(panel).toContainText((await simulator.cluster('serving'))?.revision ?? 'none');

    const sets = panel.getByRole('region', { name: 'Replica sets' });
    const gpus = sets.getByRole('row').filter({ hasText: 'gpu_a10' });
    await expect(gpus.getByRole('cell')).toHaveText(['4', '1', '0', '2', /1/]);

    await expect(panel.getByRole('region', { name: 'Used by' })).toContainText(/raysubmit_\w+.*Running/s);
    await expect(rowOf(page, 'ci')).toBeVisible();

    const nodes = page.getByRole('region', { name: 'Nodes', exact: true });
    const rows = nodes.getByRole('table', { name: 'Nodes of serving' }).getByRole('row');
    await expect(rows).toHaveCount(10);
    await nodes.getByRole('combobox', { name: 'State' }).selectOption('dead');
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(1)).toContainText(/gpu_a10.*Dead/s);
    await nodes.getByRole('combobox', { name: 'State' }).selectOption('');
    await nodes.getByRole('combobox', { name: 'Template' }).selectOption('8c16g');
    await expect(rows).toHaveCount(6);
    await nodes.getByRole('combobox', { name: 'Template' }).selectOption('');
    const [first = ''] = (await simulator.cluster('serving'))?.nodeIds ?? [];
    await nodes.getByRole('searchbox', { name: 'Filter by ID, host or template' }).fill(first.slice(0, 8));
    await expect(rows).toHaveCount(2);
    await nodes.getByRole('button', { name: new RegExp(`^Copy .*${first.slice(0, 8)}`) }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first);
  });
  await test.step("Ray's own words, digit for digit, and the same as curl", async () => {
    await visit(page, '/clusters/ci');
    const { revision } = (await simulator.cluster('ci')) ?? { revision: 'none' };
    await page.getByRole('button', { name: 'More actions for ci' }).click();
    await page.getByRole('menuitem', { name: 'Raw reply' }).click();
    const raw = page.getByRole('region', { name: 'Raw reply' });
    await expect(raw.getByRole('heading', { name: 'Raw reply' })).toBeFocused();
    await expect(raw).toContainText(new RegExp(`"revision": ?${revision}`));
    await page.getByRole('button', { name: 'More actions for ci' }).click();
    await page.getByRole('menuitem', { name: 'Copy as curl' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(`"revision":${revision}`);
  });
});

test('an ID of odd characters opens by its row, and is reported as gone when it is deleted meanwhile', async ({
  page,
  simulator,
}) => {
  const id = 'a/b c?d=e&f%20"<é>';
  await simulator.createCluster(id, false, { '4c8g': 1 });
  await page.goto('/clusters');
  await page.getByRole('link', { name: id, exact: true }).click();
  await expect(page.getByRole('article', { name: id }).getByRole('region', { name: 'Replica sets' })).toContainText(
    '4c8g',
  );
  await page.reload();
  await expect(page.getByRole('article', { name: id }).getByRole('region', { name: 'Replica sets' })).toContainText(
    '4c8g',
  );
  await simulator.deleteCluster(id);
  await expect(page.getByRole('region', { name: 'This virtual cluster is gone' })).toBeVisible();
});
