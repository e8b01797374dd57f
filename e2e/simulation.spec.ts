import type { Page } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';

async function openDrawer(page: Page, path = '/clusters') {
  await page.goto(path);
  await page.getByRole('button', { name: 'Simulation' }).click();
  const drawer = page.getByRole('dialog', { name: 'Simulation' });
  await expect(drawer.getByRole('button', { name: 'Reset' })).toBeVisible();
  return {
    drawer,
    status: drawer.getByRole('status'),
    press: (name: string) => drawer.getByRole('button', { name, exact: true }).click(),
  };
}

test('it opens by keyboard, leaves the list at work, closes with Escape and gives the focus back', async ({ page }) => {
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

test('another administrator edits the chosen virtual cluster, and the list shows it', async ({ page }) => {
  const { drawer, status, press } = await openDrawer(page);
  await drawer.getByRole('combobox', { name: 'Virtual cluster' }).selectOption('notebooks');
  await press('Another administrator edits notebooks');
  await expect(status).toHaveText('Another administrator changed notebooks: 4c8g 5 → 6.');
  await expect(rowOf(page, 'notebooks')).toContainText(/4c8g\s*6/);
});

test('a job starts and finishes', async ({ page }) => {
  const { status, press } = await openDrawer(page, '/clusters/ci');
  await expect(rowOf(page, 'ci')).toContainText('No jobs');
  await press('Start a job');
  await expect(status).toHaveText(/^Started raysubmit_\w+ in ci\.$/);
  await press('Advance the clock by 1 minute');
  await expect(rowOf(page, 'ci')).toContainText('1 job');
  await press('Finish a job');
  await expect(status).toHaveText(/^Finished raysubmit_\w+\.$/);
  await press('Advance the clock by 1 minute');
  await expect(rowOf(page, 'ci')).toContainText('No jobs');
});

test('a node is killed and shows as dead', async ({ page }) => {
  const { status, press } = await openDrawer(page, '/clusters/train-llm');
  await press('Kill a node');
  await expect(status).toHaveText(/^Killed node [0-9a-f]{8} \(\S+\) of train-llm\./);
  await press('Advance the clock by 1 minute');
  await expect(status).toHaveText("The simulated Ray's clock is 1 minute further.");
  // A dead node is replaced by a free one of its template; there are no free GPU nodes.
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toHaveCount(1);
});

test('added nodes are free', async ({ page }) => {
  const { drawer, status, press } = await openDrawer(page);
  await drawer.getByRole('combobox', { name: 'Template' }).selectOption('gpu_a10');
  await drawer.getByRole('textbox', { name: 'Count' }).fill('2');
  await press('Add nodes');
  await expect(status).toHaveText('Added 2 nodes of gpu_a10.');
  // One of the new nodes replaces the dead node of `serving`.
  await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText(/gpu_a10.*1 free of 9/s);
});

test('with every node full, the page shows what is unknown', async ({ page }) => {
  const { status, press } = await openDrawer(page, '/clusters/ci');
  await press('Fill every node');
  await expect(status).toContainText("Every node's CPUs are used.");
  await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText(/at most \d+ free of 24/);
});

test('Ray goes away and comes back', async ({ page }) => {
  const { status, press } = await openDrawer(page);
  await press('Ray goes away');
  await expect(status).toHaveText('Ray does not answer any more.');
  await expect(page.getByRole('status').filter({ hasText: /^Ray unreachable since \d\d:\d\d/ })).toHaveCount(1);
  await press('Ray comes back');
  await expect(status).toHaveText('Ray answers again.');
  await expect(page.getByRole('status').filter({ hasText: /^Live$/ })).toHaveCount(1);
});

test('Ray restarts with nothing of what it had', async ({ page }) => {
  const { status, press } = await openDrawer(page);
  await press('Restart Ray');
  await expect(status).toHaveText('Ray was restarted: another session, with nothing of the one before.');
  await expect(page.getByText('No virtual clusters yet.')).toBeVisible();
});

test('the simulation restarts with a scenario and a seed; an invalid seed is rejected without effect', async ({
  page,
}) => {
  const { drawer, status, press } = await openDrawer(page);
  await drawer.getByRole('textbox', { name: 'Seed' }).fill('x');
  await expect(drawer.getByText('Type a whole number from 0 to 4294967295.')).toBeVisible();
  await press('Reset');
  await expect(status).toHaveText('Nothing done yet.');
  await drawer.getByRole('textbox', { name: 'Seed' }).fill('42');
  await drawer.getByRole('combobox', { name: 'Scenario' }).selectOption('empty');
  await press('Reset');
  await expect(status).toHaveText('Started over: empty, seed 42.');
  await expect(page.getByText('No virtual clusters yet.')).toBeVisible();
});
