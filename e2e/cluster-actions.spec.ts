import { clusterActionGroups } from '../src/app/cluster-ui/actions/cluster-actions-of.ts';
import { clusterOf } from '../src/app/testing/cluster-fixture.ts';
import { field } from './support/editor.ts';
import { expect, rowOf, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

/** What both places offer on a virtual cluster that may be changed, in its order: all that there is. */
const groups = clusterActionGroups(clusterOf({}, { id: 'ci' }), {
  origin: '',
  session: { ray: { address: '', dashboardUrl: null, simulated: true, version: null, sessionName: null } },
  mayNotWrite: null,
  hasDraft: false,
  canDelete: true,
  isOpen: true,
});
const shared = [...groups.use, ...groups.copy, ...groups.remove].map(({ label }) => label);

test('a row and the panel offer the same actions, and each leads to the same', async ({ page, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/clusters');
  const inRow = page.getByRole('button', { name: 'Actions for ci', exact: true });
  const items = page.getByRole('menuitem');
  const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
  await inRow.click();
  await expect(items).toHaveText(['Open', ...shared]);
  await item('Copy link').click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`${server.address}/clusters/ci`);
  await item('Copy submit command').click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(`ray job submit --address '${server.address}/simulator/ray' --virtual-cluster-id 'ci' -- python my_job.py`);
  await item('Delete').click();
  const dialog = page.getByRole('dialog', { name: 'Delete ci' });
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'More actions for ci' }).click();
  await expect(items).toHaveText(shared);
  await item('Show on map').click();
  await expect(page).toHaveURL(/\/nodes\?cluster=/);

  await visit(page, '/clusters');
  await inRow.click();
  await item('Raw reply').click();
  await expect(page.getByRole('region', { name: 'Raw reply' })).toContainText('virtualClusterId');
});

test('a duplicate opens the form with what the other one has, and asks before it replaces an unsaved one', async ({
  page,
}) => {
  await page.goto('/clusters');
  const duplicate = async (id: string) => {
    await rowOf(page, id)
      .getByRole('button', { name: `Actions for ${id}` })
      .click();
    await page.getByRole('menuitem', { name: 'Duplicate…' }).click();
  };
  await duplicate('serving');
  await expect(page.getByRole('textbox', { name: 'Virtual cluster ID' })).toHaveValue('');
  await expect(field(page, '8c16g')).toHaveValue('5');
  await expect(page.getByRole('switch', { name: 'Divisible' })).toBeChecked();
  await page.keyboard.press('Escape');
  await duplicate('ci');
  await page.getByRole('menuitem', { name: 'Replace what is unsaved' }).click();
  await expect(field(page, '8c16g')).toHaveValue('0');
  await expect(field(page, '4c8g')).toHaveValue('3');
});
