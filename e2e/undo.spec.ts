import type { Page } from '@playwright/test';
import { field, openEditor, openNewClusterForm, saveButton, typedValues } from './support/editor.ts';
import { expect, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

let id = '';

test.beforeEach(async ({ simulator }, { testId }) => {
  id = `undo-${testId.slice(-8)}`;
  await simulator.reset({ templates: { '4c8g': 9, '8c16g': 4 } });
});

async function confirmDeletion(page: Page) {
  const dialog = page.getByRole('dialog', { name: `Delete ${id}` });
  await dialog.getByRole('textbox').fill(id);
  await dialog.getByRole('button', { name: 'Delete virtual cluster' }).click();
}

test('a deleted virtual cluster is created again from its result and from the journal', async ({ page, simulator }) => {
  await simulator.createCluster(id, true, { '4c8g': 3, '8c16g': 1 });
  await page.goto(`/clusters/${id}`);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await confirmDeletion(page);
  const deleted = page.getByRole('region', { name: `${id} was deleted` });
  await deleted.getByRole('button', { name: 'Create again…' }).click();
  const name = page.getByRole('textbox', { name: 'Virtual cluster ID' });
  await expect(name).toHaveValue(id);
  expect(await typedValues(page, '4c8g', '8c16g')).toEqual({ '4c8g': '3', '8c16g': '1' });
  await expect(page.getByRole('switch', { name: 'Divisible' })).toBeChecked();
  expect(await simulator.cluster(id)).toBeNull();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByRole('region', { name: `${id} is created` })).toBeVisible();
  expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 3, '8c16g': 1 });

  await visit(page, `/journal?cluster=${id}`);
  await page.getByRole('button', { name: `Details: Deleted: 4c8g 3, 8c16g 1, ${id}` }).click();
  await page.getByRole('button', { name: 'Create again…', exact: true }).click();
  await expect(page.getByText(`${id} exists again: it was created since.`)).toBeVisible();
});

test('a save and a creation are taken back', async ({ page, simulator }) => {
  await test.step('a save is taken back in the editor, on the newest revision, and nothing is sent by itself', async () => {
    await simulator.createCluster(id, false, { '4c8g': 2 });
    await openEditor(page, id);
    await field(page, '4c8g').fill('4');
    await saveButton(page).click();
    const saved = page.getByRole('region', { name: `${id} is saved` });
    const undo = saved.getByRole('button', { name: 'Undo' });
    const places = [await undo.boundingBox(), await saved.getByRole('button', { name: 'Dismiss' }).boundingBox()];
    expect(places[1]?.y, 'both buttons are on one line').toBe(places[0]?.y);
    await undo.click();
    await expect(page).toHaveURL(new RegExp(`/clusters/${id}/edit$`));
    await expect(field(page, '4c8g')).toHaveValue('2');
    expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 4 });
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: `${id} is saved` })).toBeVisible();
    expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 2 });
  });
  await test.step('a creation is taken back by the question whether to delete it', async () => {
    id = `${id}-new`;
    await openNewClusterForm(page);
    await page.getByRole('textbox', { name: 'Virtual cluster ID' }).fill(id);
    await field(page, '4c8g').fill('1');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page
      .getByRole('region', { name: `${id} is created` })
      .getByRole('button', { name: 'Undo' })
      .click();
    await confirmDeletion(page);
    await expect(page.getByRole('region', { name: `${id} was deleted` })).toBeVisible();
    expect(await simulator.cluster(id)).toBeNull();
  });
});
