import type { Page } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

test.beforeEach(async ({ simulator }) => {
  await simulator.reset({ templates: { '4c8g': 6, '8c16g': 3 } });
  await simulator.createCluster('team', true, { '4c8g': 2, '8c16g': 1 });
});

async function askToDelete(page: Page, id: string): Promise<void> {
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${id}` });
  await dialog.getByRole('textbox').fill(id);
  await dialog.getByRole('button', { name: 'Delete virtual cluster' }).click();
}

test('a deletion of what is in use names the jobs, until they have ended and are released', async ({
  page,
  simulator,
}) => {
  await test.step('still in use: by which job; finished: released in one click, then deleted', async () => {
    const submissionId = await simulator.startJob('team', { replicaSets: { '4c8g': 1 } });
    await visit(page, '/clusters/team');
    await expect(page.getByRole('region', { name: 'Used by' })).toContainText(submissionId);
    await askToDelete(page, 'team');
    const inUse = page.getByRole('region', { name: 'Still in use' });
    await expect(inUse.getByRole('heading', { name: 'Still in use' })).toBeFocused();
    await expect(inUse).toContainText(submissionId);
    await expect(inUse).toContainText('Running');
    await expect(inUse.getByRole('button', { name: 'Release' })).toHaveCount(0);

    await simulator.finishJob(submissionId);
    await expect(inUse).toContainText('Job has ended; its nodes are still held');
    await expect(rowOf(page, 'team')).toContainText('1 to release');
    await inUse.getByRole('button', { name: 'Release', exact: true }).click();
    await inUse.getByRole('button', { name: 'Release it' }).click();
    await expect(inUse).toContainText('Released.');
    await expect(rowOf(page, 'team')).toContainText('No jobs');
    await askToDelete(page, 'team');
    await expect(page.getByRole('region', { name: 'team was deleted' })).toBeVisible();
    expect(await simulator.cluster('team')).toBeNull();
  });
  await test.step('an indivisible virtual cluster is held by its jobs', async () => {
    await simulator.createCluster('shared', false, { '4c8g': 1 });
    const submissionId = await simulator.startJob('shared');
    await visit(page, '/clusters/shared');
    await askToDelete(page, 'shared');
    await expect(page.getByRole('region', { name: 'Still in use' })).toContainText(submissionId);
  });
});

test('the panel releases what is left over, one or all', async ({ page, simulator }) => {
  await test.step('a leftover is also released from the panel', async () => {
    await simulator.finishJob(await simulator.startJob('team', { replicaSets: { '4c8g': 1 } }));
    const running = await simulator.startJob('team', { replicaSets: { '8c16g': 1 } });
    await visit(page, '/clusters/team');
    const usedBy = page.getByRole('region', { name: 'Used by' });
    await expect(usedBy.getByRole('listitem').nth(1)).toContainText(running);
    await usedBy.getByRole('button', { name: 'Release', exact: true }).click();
    await usedBy.getByRole('button', { name: 'Release it' }).click();
    await expect(usedBy).toContainText('Released.');
    await expect(rowOf(page, 'team')).not.toContainText('to release');
    // What came of it stays where the button was.
    await expect(usedBy.getByRole('listitem').first()).toContainText('Released.');
    await expect(usedBy.getByRole('listitem').nth(1)).toContainText(running);
  });
  await test.step('all that is left over is released at once, each saying so', async () => {
    await simulator.createCluster('other', true, { '4c8g': 2, '8c16g': 1 });
    for (const template of ['4c8g', '8c16g'])
      await simulator.finishJob(await simulator.startJob('other', { replicaSets: { [template]: 1 } }));
    await visit(page, '/clusters/other');
    const usedBy = page.getByRole('region', { name: 'Used by' });
    await usedBy.getByRole('button', { name: 'Release all 2' }).click();
    await usedBy.getByRole('button', { name: 'Release them' }).click();
    await expect(usedBy.getByText('Released.')).toHaveCount(2);
    await expect(rowOf(page, 'other')).toContainText('No jobs');
  });
});

test('without the state API: the job cluster is still known, and released', async ({ page, simulator }) => {
  const submissionId = await simulator.startJob('team', { replicaSets: { '8c16g': 1 } });
  await visit(page, '/clusters/team');
  await expect(page.getByRole('region', { name: 'Used by' })).toContainText(submissionId);
  await simulator.createCluster('busy', false, { '4c8g': 1 });
  await simulator.startJob('busy', { cpus: 4 });
  await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText(
    "Ray's state API fails while a node is full.",
  );
  await askToDelete(page, 'team');
  const inUse = page.getByRole('region', { name: 'Still in use' });
  await expect(inUse).toContainText(submissionId);
  await simulator.finishJob(submissionId);
  await expect(inUse).toContainText('Job has ended; its nodes are still held');
  await inUse.getByRole('button', { name: 'Release', exact: true }).click();
  await inUse.getByRole('button', { name: 'Release it' }).click();
  await expect(inUse).toContainText('Released.');
  await askToDelete(page, 'team');
  await expect(page.getByRole('region', { name: 'team was deleted' })).toBeVisible();
});
