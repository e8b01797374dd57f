import { expect, rowOf, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

test.beforeEach(async ({ simulator }) => {
  await simulator.reset({ templates: { '4c8g': 6, '8c16g': 3 } });
  await simulator.createCluster('team', true, { '4c8g': 2, '8c16g': 1 });
});

test('a deletion that waits is seen by everybody, survives a reload, and anybody cancels it', async ({
  page,
  browser,
  simulator,
}) => {
  await page.goto('/clusters/team');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete team' });
  await dialog.getByRole('textbox').fill('team');
  await dialog.getByRole('button', { name: 'Delete when idle' }).click();
  const notice = page.getByRole('region', { name: 'Will be deleted when idle' });
  await expect(notice).toContainText('Idle for less than a minute.');
  await page.reload();
  await expect(notice).toBeVisible();

  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(page.url().replace('/team', ''));
  await expect(rowOf(other, 'team')).toContainText('Will be deleted when idle · idle for');
  const job = await simulator.startJob('team', { replicaSets: { '4c8g': 1 } });
  await expect(rowOf(other, 'team')).toContainText('1 job runs');
  await simulator.finishJob(job);
  await expect(rowOf(other, 'team')).toContainText("1 finished job's cluster still holds nodes");
  await rowOf(other, 'team').getByRole('button', { name: 'Cancel deleting team when idle' }).click();
  await expect(rowOf(other, 'team')).not.toContainText('Will be deleted');
  await expect(notice).toHaveCount(0);
  // It is read again every ten seconds; a reload reads it now.
  await page.reload();
  await expect(page.getByRole('region', { name: 'History' })).toContainText('Cancelled');
  await context.close();
});

test('a job is stopped, and what a restarted Ray has lost is created again', async ({ page, simulator }) => {
  await test.step('a job is stopped where it is shown', async () => {
    const job = await simulator.startJob('team', { replicaSets: { '4c8g': 1 } });
    await page.goto('/clusters/team');
    const usedBy = page.getByRole('region', { name: 'Used by' });
    await expect(usedBy).toContainText(job);
    await usedBy.getByRole('button', { name: 'Stop job' }).click();
    await usedBy.getByRole('button', { name: 'Stop it' }).click();
    await expect(usedBy).toContainText('Stopped.');
    await expect(usedBy.getByRole('button', { name: 'Release' })).toBeVisible();
  });
  await test.step('what a restarted Ray has lost is created again, one by one', async () => {
    await visit(page, '/clusters');
    await expect(rowOf(page, 'team')).toBeVisible();
    await simulator.restart();
    const banner = page.getByRole('region', { name: /Ray was restarted/ });
    await expect(banner).toContainText('That one had 1 virtual cluster.');
    await page.reload();
    await banner.getByRole('button', { name: 'Re-create…' }).click();
    await banner.getByRole('button', { name: 'Review and create team' }).click();
    await expect(page.getByRole('textbox', { name: 'Virtual cluster ID' })).toHaveValue('team');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(rowOf(page, 'team')).toBeVisible();
    await expect(banner).toHaveCount(0);
    expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 2, '8c16g': 1 });
  });
});
