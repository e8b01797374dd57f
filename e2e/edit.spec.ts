import { expect, rowOf, test } from './support/fixtures.ts';
import { field, openEditor, saveButton } from './support/editor.ts';
import { visit } from './support/visit.ts';

test.beforeEach(async ({ simulator }) => {
  await simulator.reset({ templates: { '4c8g': 6, '8c16g': 4 } });
  await simulator.createCluster('team', false, { '4c8g': 2, '8c16g': 2 });
});

test('an edit is previewed, saved once, and retried where only the revision moved', async ({
  page,
  request,
  simulator,
}) => {
  await test.step('the editor previews the change while typing, saves, and names the nodes that joined and left', async () => {
    await visit(page, '/clusters/team');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const small = page.getByRole('row').filter({ has: field(page, '4c8g') });
    const large = page.getByRole('row').filter({ has: field(page, '8c16g') });
    await expect(page.getByRole('status').filter({ hasText: /^Opened \d\d:\d\d\. Unchanged since\.$/ })).toBeVisible();
    await expect(small).toContainText('4');
    await field(page, '4c8g').fill('5');
    await expect(small).toContainText('3 come from the free pool');
    await field(page, '4c8g').fill('9');
    await expect(small).toContainText('3 short');
    await field(page, '4c8g').fill('3');
    await page.getByRole('button', { name: 'One less 8c16g' }).click();
    await expect(field(page, '8c16g')).toHaveValue('1');
    await expect(large).toContainText('1 goes back');
    await saveButton(page).click();
    const saved = page.getByRole('region', { name: 'team is saved' });
    await expect(saved.getByRole('heading')).toBeFocused();
    await expect(saved).toContainText('1 node added');
    await expect(saved).toContainText('1 removed');
    await expect(rowOf(page, 'team')).toContainText(/4c8g\s*3.*8c16g\s*1/s);
    expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 3, '8c16g': 1 });
  });
  await test.step('a double click is one change', async () => {
    // The journal also holds changes of other tests to the same id.
    const id = 'double-clicked';
    await simulator.createCluster(id, false, { '4c8g': 2 });
    await openEditor(page, id);
    await field(page, '4c8g').fill('3');
    await saveButton(page).dblclick();
    await expect(page.getByRole('region', { name: `${id} is saved` })).toBeVisible();
    const { changes }: { changes: { by: string }[] } = await (await request.get(`/api/changes?cluster=${id}`)).json();
    expect(changes.filter(({ by }) => by === 'page')).toHaveLength(1);
    expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 3 });
  });
  await test.step('a revision that moved without a change is no conflict: the save is retried, with a quiet note', async () => {
    await simulator.createCluster('moved', false, { '8c16g': 1 });
    await openEditor(page, 'moved');
    await field(page, '8c16g').fill('2');
    await simulator.editCluster('moved', { '8c16g': 1 });
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'moved is saved' })).toContainText('so it was sent again.');
    expect((await simulator.cluster('moved'))?.replicaSets).toEqual({ '8c16g': 2 });
  });
});

test('nodes are given back by keys, and under running jobs only when asked', async ({ page, simulator }) => {
  await test.step('divisible is locked, keys step a field, an emptied one is an error, and 0 gives all nodes of a template back', async () => {
    await openEditor(page, 'team');
    await expect(page.getByRole('switch', { name: 'Divisible' })).toBeDisabled();
    await expect(page.getByText("Ray can't change this once the cluster exists.")).toBeVisible();
    await field(page, '4c8g').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await expect(field(page, '4c8g')).toHaveValue('3');

    await field(page, '4c8g').fill('');
    await saveButton(page).click();
    await expect(page.getByText('Type a number. 0 gives all 2 back.')).toBeVisible();
    await expect(field(page, '4c8g')).toBeFocused();
    expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 2, '8c16g': 2 });

    await field(page, '4c8g').fill('2');
    await field(page, '8c16g').fill('0');
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'team is saved' })).toContainText('2 nodes removed');
    expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 2 });
  });
  await test.step('a shrink under running jobs asks first', async () => {
    await simulator.createCluster('at-work', false, { '4c8g': 2, '8c16g': 1 });
    const submissionId = await simulator.startJob('at-work');
    await openEditor(page, 'at-work');
    await expect(page.getByRole('row').filter({ has: field(page, '4c8g') })).toBeVisible();
    await expect(rowOf(page, 'at-work')).toContainText('1 job');
    await field(page, '4c8g').fill('0');
    await saveButton(page).click();
    const ask = page.getByRole('region', { name: 'Running jobs may lose a node' });
    await expect(ask).toContainText(submissionId);
    await ask.getByRole('button', { name: 'Keep editing' }).click();
    await expect(field(page, '4c8g')).toHaveValue('0');
    expect((await simulator.cluster('at-work'))?.replicaSets['4c8g']).toBe(2);
    await saveButton(page).click();
    await ask.getByRole('button', { name: 'Save anyway' }).click();
    await expect(page.getByRole('region', { name: 'at-work is saved' })).toBeVisible();
  });
});

test('a draft survives a background refresh, a visit to another virtual cluster and a reload, and is marked in the list', async ({
  page,
  simulator,
}) => {
  await simulator.createCluster('other', false, { '4c8g': 1 });
  await openEditor(page, 'team');
  await field(page, '4c8g').fill('4');
  await simulator.editCluster('team', { '4c8g': 2, '8c16g': 3 });
  await expect(page.getByText(/Since then 8c16g 2 → 3\./)).toBeVisible();
  await expect(field(page, '4c8g')).toHaveValue('4');
  await expect(field(page, '8c16g')).toHaveValue('2');
  await expect(rowOf(page, 'team')).toContainText('Unsaved');
  await page.getByRole('link', { name: 'other', exact: true }).click();
  await expect(page).toHaveURL(/\/clusters\/other$/);
  await expect(rowOf(page, 'team')).toContainText('Unsaved');
  await openEditor(page, 'team');
  await expect(field(page, '4c8g')).toHaveValue('4');
  await page.reload();
  await expect(field(page, '4c8g')).toHaveValue('4');
});

test('without the state API every part of an edit works', async ({ page, simulator }) => {
  await simulator.fill();
  await openEditor(page, 'team');
  await expect(page.getByRole('row').filter({ has: field(page, '4c8g') })).toContainText('at most 4');
  await field(page, '4c8g').fill('4');
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'team is saved' })).toContainText('2 nodes added');
  expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 4, '8c16g': 2 });
});
