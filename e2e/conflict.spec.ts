import { expect, test } from './support/fixtures.ts';
import { field, openEditor, openNewClusterForm, saveButton, typedValues } from './support/editor.ts';

test.beforeEach(async ({ simulator }) => {
  await simulator.reset({ templates: { '4c8g': 9, '8c16g': 9 } });
  await simulator.createCluster('team', false, { '4c8g': 2, '8c16g': 2 });
});

test('changes of others are merged, and only what both changed is chosen', async ({ page, simulator }) => {
  await test.step('both changed one template: nothing is preselected, the choice is asked for, and the rest merges', async () => {
    await openEditor(page, 'team');
    await field(page, '4c8g').fill('5');
    await field(page, '8c16g').fill('3');
    await simulator.editCluster('team', { '4c8g': 4, '8c16g': 2 });
    await saveButton(page).click();
    const region = page.getByRole('region', { name: 'Changed by someone else' });
    await expect(region.getByRole('heading', { name: 'Changed by someone else' })).toBeFocused();
    expect(await typedValues(page, '4c8g', '8c16g')).toEqual({ '4c8g': '5', '8c16g': '3' });
    const row = region.getByRole('row').filter({ hasText: '4c8g' });
    await expect(row.getByRole('cell').first()).toHaveText('2');
    await expect(row.getByRole('cell').nth(1)).toHaveText('4');
    await expect(row.getByRole('cell').nth(2)).toHaveText('5');
    await expect(region.getByRole('row').filter({ hasText: '8c16g' })).toContainText('3, yours');
    const group = region.getByRole('radiogroup', { name: '4c8g' });
    const mine = group.getByRole('radio', { name: 'Mine' });
    const theirs = group.getByRole('radio', { name: 'Theirs' });
    await expect(mine).not.toBeChecked();
    await expect(theirs).not.toBeChecked();
    await region.getByRole('button', { name: 'Save merged' }).click();
    await expect(mine).toBeFocused();
    await theirs.check();
    await expect(region).toContainText('Saves 4c8g 4, 8c16g 3.');
    await region.getByRole('button', { name: 'Save merged' }).click();
    await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
    expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 4, '8c16g': 3 });
  });
  await test.step('changes that do not touch each other merge in one click; another change before that is a conflict again', async () => {
    await simulator.createCluster('other', false, { '4c8g': 2, '8c16g': 2 });
    await openEditor(page, 'other');
    await field(page, '4c8g').fill('5');
    await simulator.editCluster('other', { '4c8g': 2, '8c16g': 4 });
    await saveButton(page).click();
    const region = page.getByRole('region', { name: 'Changed by someone else' });
    const theirs = region.getByRole('row').filter({ hasText: '8c16g' });
    await expect(theirs).toContainText('4, theirs');
    await expect(region.getByRole('radio')).toHaveCount(0);

    await simulator.editCluster('other', { '4c8g': 2, '8c16g': 6 });
    await region.getByRole('button', { name: 'Save merged' }).click();
    await expect(theirs).toContainText('6, theirs');
    expect((await simulator.cluster('other'))?.replicaSets).toEqual({ '4c8g': 2, '8c16g': 6 });

    await region.getByRole('button', { name: 'Save merged' }).click();
    await expect(page.getByRole('region', { name: 'other is saved' })).toBeVisible();
    expect((await simulator.cluster('other'))?.replicaSets).toEqual({ '4c8g': 5, '8c16g': 6 });
  });
});

test('what others deleted or created is neither created again nor overwritten unasked', async ({ page, simulator }) => {
  await test.step('deleted meanwhile: saving would create it again, so that is asked', async () => {
    await openEditor(page, 'team');
    await field(page, '4c8g').fill('5');
    await simulator.deleteCluster('team');
    await saveButton(page).click();
    await page.getByRole('button', { name: 'Create it again' }).click();
    await expect(page.getByRole('region', { name: /team is (saved|created)/ })).toBeVisible();
    expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 5, '8c16g': 2 });
  });
  await test.step('two create the same id: theirs is never overwritten', async () => {
    await openNewClusterForm(page);
    await page.getByRole('textbox', { name: 'Virtual cluster ID' }).fill('same');
    await field(page, '4c8g').fill('1');
    // Sent before the page can know of the other change.
    await simulator.createCluster('same', false, { '8c16g': 1 });
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(
      page.getByRole('region', { name: 'Changed by someone else' }).or(page.getByText('same is there already.')),
    ).toBeVisible();
    expect((await simulator.cluster('same'))?.replicaSets).toEqual({ '8c16g': 1 });
  });
});
