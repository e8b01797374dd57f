import type { Page } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

async function openDrawer(page: Page, path = '/clusters') {
  await visit(page, path);
  await page.getByRole('button', { name: 'Simulation' }).click();
  const drawer = page.getByRole('dialog', { name: 'Simulation' });
  await expect(drawer.getByRole('button', { name: 'Reset' })).toBeVisible();
  return {
    drawer,
    status: drawer.getByRole('status'),
    press: (name: string) => drawer.getByRole('button', { name, exact: true }).click(),
  };
}

test('the drawer opens by keyboard, and what it simulates shows in the list', async ({ page }) => {
  await test.step('it opens by keyboard, leaves the list at work, closes with Escape and gives the focus back', async () => {
    await page.goto('/clusters');
    const opener = page.getByRole('button', { name: 'Simulation' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Simulation' });
    await expect(drawer.getByRole('heading', { name: 'Simulation', exact: true })).toBeFocused();
    await page.getByRole('link', { name: 'ci', exact: true }).click();
    await expect(page).toHaveURL(/\/clusters\/ci$/);
    await expect(drawer.getByRole('combobox', { name: 'Virtual cluster' })).toHaveValue('ci');
    await drawer.getByRole('button', { name: 'Start a job' }).focus();
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
    await expect(page).toHaveURL(/\/clusters\/ci$/);
    await expect(opener).toBeFocused();
  });
  await test.step('jobs, other administrators, new nodes and dead ones are simulated, and the list shows them', async () => {
    const { drawer, status, press } = await openDrawer(page, '/clusters/ci');
    await expect(rowOf(page, 'ci')).toContainText('No jobs');
    await press('Start a job');
    await expect(status).toHaveText(/^Started raysubmit_\w+ in ci\.$/);
    await press('Advance the clock by 1 minute');
    await expect(rowOf(page, 'ci')).toContainText('1 job');
    await press('Finish a job');
    await expect(status).toHaveText(/^Finished raysubmit_\w+\.$/);
    await press('Advance the clock by 1 minute');
    await expect(rowOf(page, 'ci')).toContainText('No jobs');

    await drawer.getByRole('combobox', { name: 'Virtual cluster' }).selectOption('notebooks');
    await press('Another administrator edits notebooks');
    await expect(status).toHaveText('Another administrator changed notebooks: 4c8g 5 → 6.');
    await expect(rowOf(page, 'notebooks')).toContainText(/4c8g\s*6/);

    await drawer.getByRole('combobox', { name: 'Template' }).selectOption('gpu_a10');
    await drawer.getByRole('textbox', { name: 'Count' }).fill('2');
    await press('Add nodes');
    await expect(status).toHaveText('Added 2 nodes of gpu_a10.');
    // One of the new nodes replaces the dead node of `serving`.
    await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText(/gpu_a10.*1 free of 9/s);

    await drawer.getByRole('combobox', { name: 'Virtual cluster' }).selectOption('train-llm');
    await press('Kill a node');
    await expect(status).toHaveText(/^Killed node [0-9a-f]{8} \(\S+\) of train-llm\./);
    await press('Advance the clock by 1 minute');
    await expect(status).toHaveText("The simulated Ray's clock is 1 minute further.");
    await expect(page.getByRole('status').filter({ hasText: 'Live' })).toHaveCount(1);
  });
});

test('Ray is full, away, started over and restarted; an invalid seed is rejected without effect', async ({ page }) => {
  const { drawer, status, press } = await openDrawer(page, '/clusters/ci');
  await drawer.getByRole('textbox', { name: 'Seed' }).fill('x');
  await expect(drawer.getByText('Type a whole number from 0 to 4294967295.')).toBeVisible();
  await press('Reset');
  await expect(status).toHaveText('Nothing done yet.');

  await press('Fill every node');
  await expect(status).toContainText("Every node's CPUs are used.");
  await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText(/at most \d+ free of 24/);

  await press('Ray goes away');
  await expect(status).toHaveText('Ray does not answer any more.');
  await expect(page.getByRole('status').filter({ hasText: /^Ray unreachable since \d\d:\d\d/ })).toHaveCount(1);
  await press('Ray comes back');
  await expect(status).toHaveText('Ray answers again.');
  await expect(page.getByRole('status').filter({ hasText: /^Live$/ })).toHaveCount(1);

  const empty = page.getByText('No virtual clusters yet.');
  await drawer.getByRole('textbox', { name: 'Seed' }).fill('42');
  await drawer.getByRole('combobox', { name: 'Scenario' }).selectOption('empty');
  await press('Reset');
  await expect(status).toHaveText('Started over: empty, seed 42.');
  await expect(empty).toBeVisible();
  await drawer.getByRole('combobox', { name: 'Scenario' }).selectOption('demo');
  await press('Reset');
  await expect(rowOf(page, 'ci')).toBeVisible();
  await press('Restart Ray');
  await expect(status).toHaveText('Ray was restarted: another session, with nothing of the one before.');
  await expect(empty).toBeVisible();
});
