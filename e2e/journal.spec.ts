import type { APIRequestContext, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { field, saveButton, typedValues } from './support/editor.ts';
import type { SimulatorClient } from './support/simulator-client.ts';
import { visit } from './support/visit.ts';

// Each test has virtual clusters of its own, since the journal also holds the other tests' changes.
let id = '';

test.beforeEach(async ({ simulator }, { testId }) => {
  id = `journal-${testId.slice(-8)}`;
  await simulator.reset({ templates: { '4c8g': 9, '8c16g': 4 } });
  await simulator.createCluster(id, false, { '4c8g': 2 });
});

/** Saves it as a script through the console, on the newest revision. */
async function save(request: APIRequestContext, simulator: SimulatorClient, count: number): Promise<void> {
  const { revision } = (await simulator.cluster(id)) ?? { revision: '0' };
  await request.post('/virtual_clusters', {
    headers: { 'Content-Type': 'application/json' },
    data: Buffer.from(
      `{"virtualClusterId": "${id}", "divisible": false, "replicaSets": {"4c8g": ${String(count)}}, "revision": ${revision}}`,
    ),
  });
}

async function openChange(page: Page, what: string): Promise<void> {
  await visit(page, `/journal?cluster=${id}`);
  await page.getByRole('button', { name: `Details: ${what}, ${id}` }).click();
}

test('Revert… of a change, and of one whose virtual cluster is gone', async ({ page, request, simulator }) => {
  await test.step('Revert… opens the editor with the earlier replica sets on the newest revision; nothing is written blindly', async () => {
    await save(request, simulator, 4);
    // Past the console: the journal does not know of this change, but the editor must.
    await simulator.editCluster(id, { '4c8g': 4, '8c16g': 1 });
    await openChange(page, '4c8g 2 → 4');
    const sets = page.getByRole('table', { name: 'Before and after' });
    await expect(sets.getByRole('row', { name: '4c8g' }).getByRole('cell')).toHaveText(['2', '4']);
    await page.getByRole('button', { name: 'Revert…' }).click();
    await expect(page).toHaveURL(new RegExp(`/clusters/${id}/edit$`));
    await expect(
      page.getByText('Filled with the earlier replica sets from the journal. Nothing is saved yet.'),
    ).toBeVisible();
    expect(await typedValues(page, '4c8g', '8c16g')).toEqual({ '4c8g': '2', '8c16g': '0' });
    await expect(page.getByRole('row').filter({ has: field(page, '4c8g') })).toContainText('2 go back');
    expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 4, '8c16g': 1 });

    await simulator.editCluster(id, { '4c8g': 5, '8c16g': 1 });
    await saveButton(page).click();
    const conflict = page.getByRole('region', { name: 'Changed by someone else' });
    await expect(conflict.getByRole('radiogroup', { name: '4c8g' })).toBeVisible();
    expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 5, '8c16g': 1 });
    await conflict.getByRole('radio', { name: 'Mine' }).check();
    await conflict.getByRole('button', { name: 'Save merged' }).click();
    await expect(page.getByRole('region', { name: `${id} is saved` })).toBeVisible();
    expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 2 });
  });
  await test.step('Revert… of a virtual cluster that is gone asks, and opens the form for a new one', async () => {
    id = `${id}-gone`;
    await simulator.createCluster(id, false, { '4c8g': 2 });
    await save(request, simulator, 4);
    await simulator.deleteCluster(id);
    await openChange(page, '4c8g 2 → 4');
    await page.getByRole('button', { name: 'Revert…' }).click();
    const ask = page.getByRole('group', { name: 'Revert…' });
    await expect(ask).toContainText(`${id} is gone. Saving creates it again`);
    await ask.getByRole('button', { name: 'Open the form' }).click();
    await expect(page.getByRole('textbox', { name: 'Virtual cluster ID' })).toHaveValue(id);
    await expect(field(page, '4c8g')).toHaveValue('2');
    expect(await simulator.cluster(id)).toBeNull();
  });
});

test('virtual cluster, person, outcome and days filter the journal, stand in the URL and survive a reload', async ({
  page,
  request,
  simulator,
}) => {
  await save(request, simulator, 4);
  await save(request, simulator, 99);
  await page.goto('/journal');
  const rows = page.getByRole('table', { name: 'Changes, newest first' }).locator('tr[data-entry]');
  const outcome = page.getByRole('combobox', { name: 'Outcome' });
  await page.getByRole('combobox', { name: 'Virtual cluster' }).selectOption(id);
  await expect(rows).toHaveCount(3);
  await outcome.selectOption('Not enough nodes');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('4c8g 4 → 99');
  // Who it was, and what became of it, stand in one line.
  expect((await rows.boundingBox())?.height).toBeLessThan(45);
  const person = (await rows.getByRole('cell').nth(1).textContent()) ?? '';
  await page.getByRole('combobox', { name: 'Person' }).selectOption(person);
  await page.getByRole('textbox', { name: 'From day' }).fill('2020-01-01');
  await expect(page).toHaveURL(/from=2020-01-01/);
  await page.reload();
  await expect(rows).toHaveCount(1);
  await expect(outcome).toHaveValue('shortage');
  const asked = new URL(page.url()).searchParams;
  expect(Object.fromEntries(asked)).toEqual({ cluster: id, who: person, outcome: 'shortage', from: '2020-01-01' });
  await page.getByRole('textbox', { name: 'To day' }).fill('2020-01-02');
  await expect(page.getByText('Nothing remembered matches.')).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(1);
  await page.getByRole('link', { name: 'Show all changes' }).click();
  await expect(page).toHaveURL(/\/journal$/);
  await expect(rows.nth(1)).toBeVisible();
});
