import type { Page } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

test.beforeEach(async ({ simulator }) => {
  await simulator.reset({ templates: { '4c8g': 6 } });
  for (const id of ['aa', 'team', 'zz']) await simulator.createCluster(id, false, { '4c8g': 1 });
});

async function openDialog(page: Page, id = 'team') {
  await visit(page, '/clusters');
  await page.getByRole('link', { name: id, exact: true }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${id}` });
  return {
    dialog,
    name: dialog.getByRole('textbox', { name: `Type ${id} to confirm` }),
    confirm: dialog.getByRole('button', { name: 'Delete virtual cluster' }),
  };
}

test('a delete is confirmed by name, and is found where its reply is lost', async ({ page, simulator }) => {
  await test.step('a delete is confirmed by name; the list shows the returned nodes, and the next row has the focus', async () => {
    const { dialog, name, confirm } = await openDialog(page);
    await expect(dialog).toContainText('1 node goes back to the free pool.');
    await expect(name).toBeFocused();
    await expect(confirm).toBeDisabled();
    await name.fill('Team');
    await expect(confirm).toBeDisabled();
    await name.fill('team');
    await confirm.click();
    await expect(page).toHaveURL(/\/clusters$/);
    const deleted = page.getByRole('region', { name: 'team was deleted' });
    await expect(deleted).toContainText('1 node removed');
    await expect(page.getByRole('link', { name: 'team', exact: true })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'zz', exact: true })).toBeFocused();
    expect(await simulator.cluster('team')).toBeNull();
    await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText('4 free of 6');
  });
  await test.step('a delete whose reply is lost is checked and found', async () => {
    const { name, confirm } = await openDialog(page, 'aa');
    await name.fill('aa');
    await simulator.faults({ method: 'DELETE', path: '/virtual_clusters/aa', kind: 'loseReply', times: 1 });
    await confirm.click();
    await expect(page.getByRole('region', { name: 'aa was deleted' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'zz', exact: true })).toBeFocused();
  });
});

test('what others do while the dialog is open is told, and what gets lost is unknown', async ({ page, simulator }) => {
  await test.step('the open dialog reports a change; closing it sends nothing, and the focus returns', async () => {
    const { dialog, name } = await openDialog(page);
    await simulator.editCluster('team', { '4c8g': 3 });
    await expect(dialog).toContainText('It has changed since you opened this. It now holds: 4c8g 3.');
    await expect(dialog).toContainText('3 nodes go back to the free pool.');
    await name.fill('team');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page).toHaveURL(/\/clusters\/team$/);
    await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeFocused();
    expect(await simulator.cluster('team')).not.toBeNull();
  });
  await test.step('somebody else deletes it first', async () => {
    const { name, confirm } = await openDialog(page);
    await name.fill('team');
    await simulator.deleteCluster('team');
    await confirm.click();
    const gone = page.getByRole('region', { name: 'Already gone' });
    await expect(gone.getByRole('heading', { name: 'Already gone' })).toBeFocused();
  });
  await test.step('a lost delete is shown as unknown, never as failed', async () => {
    const { name, confirm } = await openDialog(page, 'zz');
    await name.fill('zz');
    await simulator.faults({ method: 'DELETE', path: '/virtual_clusters/zz', kind: 'loseRequest', times: 1 });
    await confirm.click();
    const region = page.getByRole('region', { name: 'Not known yet' });
    await expect(region.getByRole('heading', { name: 'Not known yet' })).toBeFocused();
    await expect(region).not.toContainText(/fail/i);
    await region.getByRole('button', { name: 'Check again' }).click();
    await expect(region).toBeVisible();
    await expect(rowOf(page, 'zz')).toBeVisible();
  });
});
