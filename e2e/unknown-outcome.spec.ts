import { expect, test } from './support/fixtures.ts';
import { field, openEditor, saveButton } from './support/editor.ts';

test.beforeEach(async ({ simulator, page }) => {
  await simulator.reset({ templates: { '4c8g': 6 } });
  await simulator.createCluster('team', false, { '4c8g': 2 });
  await openEditor(page, 'team');
  await field(page, '4c8g').fill('4');
});

const failed = /fail|went wrong/i;

test('a save whose answer is lost is looked for, found, and told as done', async ({ page, simulator }) => {
  await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'loseReply', times: 1 });
  await saveButton(page).click();
  const saved = page.getByRole('region', { name: 'team is saved' });
  await expect(saved).toContainText("Ray's answer did not say so, but Ray shows what was asked for.");
  expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 4 });
});

test('a save that got lost is "not known yet", never failed; the form stays, also after a reload, and a second save goes through', async ({
  page,
  request,
  simulator,
}) => {
  await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'loseRequest', times: 1 });
  await saveButton(page).click();
  const region = page.getByRole('region', { name: 'Not known yet' });
  await expect(region.getByRole('heading', { name: 'Not known yet' })).toBeFocused();
  await expect(region).not.toContainText(failed);
  await expect(field(page, '4c8g')).toHaveValue('4');
  await page.reload();
  await expect(region).toBeVisible();
  await expect(field(page, '4c8g')).toHaveValue('4');
  await region.getByRole('button', { name: 'Check again' }).click();
  await expect(region).toContainText('Last looked');
  await expect(field(page, '4c8g')).toHaveValue('4');
  await region.getByRole('button', { name: 'Go on editing' }).click();
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
  expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 4 });
  // Ray accepted the second save on the revision of the first, so the first had no effect.
  const { changes }: { changes: { by: string; result: { kind: string } }[] } = await (
    await request.get('/api/changes?cluster=team')
  ).json();
  expect(
    changes
      .filter(({ by }) => by === 'page')
      .slice(0, 2)
      .map(({ result }) => result.kind),
  ).toEqual(['applied', 'not-applied']);
});

test('an inconclusive reply (a traceback, html, cut) is checked, and no traceback reaches the page', async ({
  page,
  simulator,
}) => {
  await simulator.addNodes('4c8g', 6);
  for (const [index, kind] of (['traceback', 'html', 'cut'] as const).entries()) {
    const id = `team-${String(index)}`;
    await simulator.createCluster(id, false, { '4c8g': 1 });
    await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind, times: 1 });
    await openEditor(page, id);
    await field(page, '4c8g').fill('2');
    await saveButton(page).click();
    await expect(
      page.getByRole('region', { name: 'Not known yet' }).or(page.getByRole('region', { name: `${id} is saved` })),
    ).toBeVisible();
    await expect(page.getByText('Traceback')).toHaveCount(0);
  }
});

test('checking goes on by itself: a late effect is found late', async ({ page, simulator }) => {
  await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'loseRequest', times: 1 });
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'Not known yet' })).toBeVisible();
  // Simulates the lost request arriving late.
  await simulator.editCluster('team', { '4c8g': 4 });
  await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
});

test('the console does not reply: the page queries the change, gives it up, and sends it again as a new one', async ({
  page,
  simulator,
}) => {
  await page.route('**/api/changes/*', (route) => route.abort());
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'Not known yet' })).toBeVisible();
  await expect(field(page, '4c8g')).toHaveValue('4');
  await page.unroute('**/api/changes/*');
  await page.getByRole('button', { name: 'Check again' }).click();
  const notSent = page.getByRole('region', { name: 'Not sent' });
  await expect(notSent).toBeVisible();
  await expect(field(page, '4c8g')).toHaveValue('4');
  await notSent.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
  expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 4 });
});

test('Ray is unreachable: nothing was sent, the form stays, and the save is accepted when Ray is back', async ({
  page,
  simulator,
}) => {
  await simulator.setAway(true);
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'Not sent' })).toContainText('Ray could not be reached');
  await expect(field(page, '4c8g')).toHaveValue('4');
  await simulator.setAway(false);
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
});
