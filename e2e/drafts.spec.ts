import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { field, openEditor, saveButton, typedValues } from './support/editor.ts';

test.beforeEach(async ({ simulator }) => {
  await simulator.reset({ templates: { '4c8g': 6, '8c16g': 4, '16c64g': 3, gpu_a10: 2 } });
  await simulator.createCluster('team', false, { '4c8g': 2, '8c16g': 1 });
});

/** The line about changes since the editor was opened. */
function since(page: Page) {
  return page.getByRole('status').filter({ hasText: /^Opened / });
}

test('closing a tab with something unsaved asks, and staying loses nothing; without it nothing is asked', async ({
  page,
}) => {
  await openEditor(page, 'team');
  await field(page, '4c8g').click();
  await page.keyboard.press('ArrowUp');
  await expect(field(page, '4c8g')).toHaveValue('3');
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(field(page, '4c8g')).toHaveValue('3');
  await page.keyboard.press('ArrowDown');
  await expect(field(page, '4c8g')).toHaveValue('2');
  const closed = page.waitForEvent('close');
  page.on('dialog', () => expect(false, 'asked although nothing is unsaved').toBe(true));
  await page.close({ runBeforeUnload: true });
  await closed;
});

test('what was typed comes back after the tab has crashed', async ({ page, context }) => {
  await openEditor(page, 'team');
  await field(page, '4c8g').fill('5');
  await field(page, '8c16g').fill('');
  const tab = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // The call never resolves, since the page has crashed.
  void tab.send('Page.crash').catch(() => undefined);
  await crashed;
  // Playwright can't reload a crashed page; the browser's own reload can.
  await tab.send('Page.reload');
  const drawn =
    "[...document.querySelectorAll('input[role=spinbutton], input[inputmode=numeric]')].map((each) => each.value).join() + '|' + document.body.innerText";
  const seen = async () => String((await tab.send('Runtime.evaluate', { expression: drawn })).result.value);
  await expect.poll(seen).toMatch(/^5,(,0)*\|/);
  expect(await seen()).toContain('What you typed here before is back.');
});

test('a draft whose virtual cluster others change, delete or create again', async ({ page, simulator }) => {
  await test.step('gone and back as the other kind: it is said, nothing typed is lost, and nothing can be sent', async () => {
    await openEditor(page, 'team');
    await field(page, '4c8g').fill('4');
    await simulator.deleteCluster('team');
    await expect(since(page)).toContainText('Deleted since: saving creates it again.');
    await simulator.createCluster('team', true, { '4c8g': 1 });
    await expect(since(page)).toContainText('Since then deleted and created again, as divisible.');
    await expect(saveButton(page)).toBeDisabled();
    await expect(
      page.getByText(/Ray never changes whether a cluster is divisible\. Discard this, and edit it anew\./),
    ).toBeVisible();
    expect(await typedValues(page, '4c8g', '8c16g')).toEqual({ '4c8g': '4', '8c16g': '1' });
    expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 1 });
  });
  await test.step('a template that either side adds or gives up merges without a question', async () => {
    await simulator.createCluster('other', false, { '4c8g': 2, '8c16g': 1 });
    await openEditor(page, 'other');
    await page.getByRole('button', { name: 'Add template' }).click();
    const group = page.getByRole('group', { name: 'Add template' });
    await group
      .getByRole('combobox', { name: 'Template' })
      .or(group.getByRole('textbox', { name: 'Template' }))
      .fill('16c64g');
    await group.getByRole('button', { name: 'Add', exact: true }).click();
    await field(page, '16c64g').fill('2');
    await simulator.editCluster('other', { '4c8g': 2, gpu_a10: 1 });
    await expect(since(page)).toContainText('8c16g 1 → 0');
    await saveButton(page).click();
    const region = page.getByRole('region', { name: 'Changed by someone else' });
    await expect(region).toContainText("The two changes don't touch each other.");
    await expect(region.getByRole('radio')).toHaveCount(0);
    await region.getByRole('button', { name: 'Save merged' }).click();
    await expect(page.getByRole('region', { name: 'other is saved' })).toBeVisible();
    expect((await simulator.cluster('other'))?.replicaSets).toEqual({ '4c8g': 2, '16c64g': 2, gpu_a10: 1 });
  });
});
