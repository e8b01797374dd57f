import type { Page } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';
import { field, openEditor } from './support/editor.ts';
import { visit } from './support/visit.ts';

type Stop = 'button' | 'textbox' | 'spinbutton';

/** Presses a key until the target has the focus. Nothing is timed: a late look would press on, past the target. */
async function press(page: Page, key: 'Tab' | 'Shift+Tab', role: Stop, name: string): Promise<void> {
  const target = page.getByRole(role, { name, exact: true }).first();
  for (let times = 0; times < 100; times += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`${key} does not reach ${name}`);
}

test('the list by keys: the first stop skips to the content, / filters, arrows move through the rows, a menu gives the focus back', async ({
  page,
}) => {
  await page.goto('/clusters');
  await expect(rowOf(page, 'ci')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('/');
  const filter = page.getByRole('textbox', { name: 'Filter' });
  await expect(filter).toBeFocused();
  await page.keyboard.type('gpu');
  await expect(filter).toHaveValue('gpu');
  await expect(page.getByRole('link', { name: 'ci', exact: true })).toBeHidden();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: 'serving', exact: true })).toBeFocused();
  await filter.focus();
  await page.keyboard.press('Escape');
  await expect(filter).toHaveValue('');
  await expect(rowOf(page, 'ci')).toBeVisible();

  // Enter opens beside the list and the focus stays; Escape closes.
  const link = (id: string) => page.getByRole('link', { name: id, exact: true });
  await link('ci').focus();
  await page.keyboard.press('ArrowDown');
  await expect(link('etl-nightly')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'etl-nightly' })).toBeVisible();
  await expect(link('etl-nightly')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(link('feature-store')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('article')).toHaveCount(0);
  await expect(link('feature-store')).toBeFocused();
  await page.keyboard.press('End');
  await expect(link('train-llm')).toBeFocused();

  const opener = page.getByRole('button', { name: 'Actions for ci' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Open' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem', { name: 'Open' })).toBeHidden();
  await expect(opener).toBeFocused();
});

test('a virtual cluster is created, changed and deleted without a mouse', async ({ page, simulator }) => {
  await page.goto('/clusters');
  await expect(rowOf(page, 'ci')).toBeVisible();
  await press(page, 'Tab', 'button', 'New virtual cluster');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Virtual cluster ID' })).toBeFocused();
  await page.keyboard.type('by-keys');
  await press(page, 'Tab', 'spinbutton', '4c8g');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'by-keys is created' }).getByRole('heading')).toBeFocused();
  expect((await simulator.cluster('by-keys'))?.replicaSets).toEqual({ '4c8g': 1 });

  // Back from the message to the buttons above it.
  await press(page, 'Shift+Tab', 'button', 'Edit');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Edit by-keys' })).toBeFocused();
  await press(page, 'Tab', 'spinbutton', '4c8g');
  await page.keyboard.press('ArrowUp');
  await press(page, 'Tab', 'button', 'Save changes');
  await page.keyboard.press('Space');
  await expect(page.getByRole('region', { name: 'by-keys is saved' }).getByRole('heading')).toBeFocused();

  await press(page, 'Shift+Tab', 'button', 'Delete');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Type by-keys to confirm' })).toBeFocused();
  await page.keyboard.type('by-keys');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'by-keys was deleted' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'ci', exact: true })).toBeFocused();
});

test('a shortage, and a conflict, are solved without a mouse', async ({ page, simulator }) => {
  await simulator.reset({ templates: { '4c8g': 5 } });
  await simulator.createCluster('team', false, { '4c8g': 1 });
  await openEditor(page, 'team');
  await press(page, 'Tab', 'spinbutton', '4c8g');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Not enough nodes' })).toBeFocused();
  await press(page, 'Tab', 'button', 'Apply suggestion');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'team is saved' }).getByRole('heading')).toBeFocused();
  expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 5 });

  await press(page, 'Shift+Tab', 'button', 'Edit');
  await page.keyboard.press('Enter');
  await press(page, 'Tab', 'spinbutton', '4c8g');
  await page.keyboard.press('ArrowDown');
  await simulator.editCluster('team', { '4c8g': 3 });
  await page.keyboard.press('Enter');
  const region = page.getByRole('region', { name: 'Changed by someone else' });
  await expect(region.getByRole('heading', { name: 'Changed by someone else' })).toBeFocused();
  // What is undecided takes the focus.
  await press(page, 'Tab', 'button', 'Save merged');
  await page.keyboard.press('Enter');
  await expect(region.getByRole('radio', { name: 'Mine' })).toBeFocused();
  await page.keyboard.press('Space');
  await press(page, 'Tab', 'button', 'Save merged');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
  expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 4 });
});

test('the focus comes back from the editor, Escape loses nothing there, and the theme is chosen by keys', async ({
  page,
}) => {
  await test.step('after the editor the focus is where it was opened: the panel’s button, the row, or the button for a new one', async () => {
    await page.goto('/clusters/ci');
    const edit = page.getByRole('button', { name: 'Edit', exact: true });
    await edit.click();
    await expect(page.getByRole('heading', { name: 'Edit ci' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(edit).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Edit ci' })).toBeFocused();
    await page.goBack();
    await expect(edit).toBeFocused();

    await visit(page, '/clusters');
    await page.getByRole('button', { name: 'Actions for ci' }).click();
    await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Edit ci' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('link', { name: 'ci', exact: true })).toBeFocused();

    const create = page.getByRole('button', { name: 'New virtual cluster' });
    await create.click();
    await expect(page.getByRole('textbox', { name: 'Virtual cluster ID' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(create).toBeFocused();
  });
  await test.step('Escape in a dirty form loses nothing', async () => {
    await openEditor(page, 'ci');
    await field(page, '4c8g').fill('5');
    await page.keyboard.press('Escape');
    await openEditor(page, 'ci');
    await expect(field(page, '4c8g')).toHaveValue('5');
  });
  await test.step('the theme button cycles through system, light and dark, and the choice is kept', async () => {
    const account = page.getByRole('button', { name: 'Account and theme' });
    await visit(page, '/clusters');
    await account.press('Enter');
    await page.getByRole('button', { name: 'Theme: system' }).press('Enter');
    await page.getByRole('button', { name: 'Theme: light' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
    await page.reload();
    await account.press('Enter');
    await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  });
});
