import { expect, test } from './support/fixtures.ts';
import { field, openEditor, saveButton } from './support/editor.ts';

test.beforeEach(async ({ simulator, page }) => {
  await simulator.reset({ templates: { '4c8g': 9 } });
  await simulator.createCluster('team', false, { '4c8g': 2 });
  await openEditor(page, 'team');
  await field(page, '4c8g').fill('4');
});

const failed = /fail|went wrong/i;

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

test('a save that was not sent, or whose answer is lost, is told as what it is', async ({ page, simulator }) => {
  await test.step('Ray is unreachable: nothing was sent, the form stays, and the save is accepted when Ray is back', async () => {
    await simulator.setAway(true);
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'Not sent' })).toContainText('Ray could not be reached');
    await expect(field(page, '4c8g')).toHaveValue('4');
    await simulator.setAway(false);
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
  });
  await test.step('a save whose answer is lost is looked for, found, and told as done', async () => {
    await simulator.createCluster('lost', false, { '4c8g': 1 });
    await openEditor(page, 'lost');
    await field(page, '4c8g').fill('2');
    await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'loseReply', times: 1 });
    await saveButton(page).click();
    const saved = page.getByRole('region', { name: 'lost is saved' });
    await expect(saved).toContainText("Ray's answer did not say so, but Ray shows what was asked for.");
    expect((await simulator.cluster('lost'))?.replicaSets).toEqual({ '4c8g': 2 });
  });
  await test.step('checking goes on by itself: a late effect is found late', async () => {
    await simulator.createCluster('late', false, { '4c8g': 1 });
    await openEditor(page, 'late');
    await field(page, '4c8g').fill('2');
    await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'loseRequest', times: 1 });
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'Not known yet' })).toBeVisible();
    // Simulates the lost request arriving late.
    await simulator.editCluster('late', { '4c8g': 2 });
    await expect(page.getByRole('region', { name: 'late is saved' })).toBeVisible();
  });
});
