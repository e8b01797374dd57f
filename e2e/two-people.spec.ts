import type { Browser, Page } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';
import { field, openEditor, saveButton } from './support/editor.ts';

test.beforeEach(async ({ simulator }) => {
  await simulator.reset({ templates: { '4c8g': 9, '8c16g': 6 } });
  await simulator.createCluster('team', false, { '4c8g': 3, '8c16g': 2 });
  await simulator.createCluster('zz', false, { '4c8g': 1 });
});

/** A second person's browser. */
async function anotherBrowser(browser: Browser, baseURL: string | undefined): Promise<Page> {
  return (
    await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }), viewport: { width: 1440, height: 900 } })
  ).newPage();
}

/** Records every rendered state of a virtual cluster's row: its count of 4c8g, or its absence. */
async function noteEveryState(page: Page, id: string): Promise<() => Promise<readonly string[]>> {
  await page.evaluate((wanted) => {
    const states: string[] = [];
    const note = () => {
      const row = [...document.querySelectorAll('table tr')].find(
        (each) => each.querySelector('a')?.textContent === wanted,
      );
      const state = row === undefined ? 'not there' : (/4c8g\s*(\d)/.exec(row.textContent)?.[1] ?? 'no 4c8g');
      if (states.at(-1) !== state) states.push(state);
      document.documentElement.dataset['states'] = states.join(',');
    };
    note();
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, id);
  return async () => (await page.evaluate(() => document.documentElement.dataset['states'] ?? '')).split(',');
}

test('after a save and a delete no tab of anybody shows an older state, however late one is told', async ({
  page,
  context,
  browser,
  baseURL,
  request,
  simulator,
}) => {
  const neighbour = await context.newPage();
  const other = await anotherBrowser(browser, baseURL);
  const pages = [page, neighbour, other];
  const noted = await Promise.all(
    pages.map(async (each) => {
      await each.goto('/clusters');
      await expect(rowOf(each, 'team')).toContainText(/4c8g\s*3/);
      return noteEveryState(each, 'team');
    }),
  );
  const before: unknown = await (await request.get('/api/fleet')).json();
  await page.getByRole('link', { name: 'team', exact: true }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await field(page, '4c8g').fill('5');
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
  for (const each of pages) await expect(rowOf(each, 'team')).toContainText(/4c8g\s*5/);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete team' });
  await dialog.getByRole('textbox').fill('team');
  await dialog.getByRole('button', { name: 'Delete virtual cluster' }).click();
  await expect(page.getByRole('region', { name: 'team was deleted' })).toBeVisible();
  for (const each of pages) await expect(rowOf(each, 'team')).toHaveCount(0);
  // The delayed events of the slow tab reach the other tabs now.
  for (const each of [page, other]) {
    await each.evaluate(
      (update) => new BroadcastChannel('virtual-cluster-console/').postMessage({ update, since: null }),
      before,
    );
  }
  await simulator.editCluster('zz', { '4c8g': 2 });
  for (const each of pages) await expect(rowOf(each, 'zz')).toContainText(/4c8g\s*2/);
  for (const states of noted) expect(await states()).toEqual(['3', '5', 'not there']);
  await other.context().close();
});

test('two people edit one virtual cluster at once: the second is told, and neither change is lost', async ({
  page,
  browser,
  baseURL,
  simulator,
}) => {
  const other = await anotherBrowser(browser, baseURL);
  await Promise.all([openEditor(page, 'team'), openEditor(other, 'team')]);
  await field(page, '4c8g').fill('5');
  await field(other, '8c16g').fill('3');
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
  await expect(other.getByRole('status').filter({ hasText: 'Since then 4c8g 3 → 5.' })).toBeVisible();
  await expect(field(other, '4c8g')).toHaveValue('3');
  await saveButton(other).click();
  const region = other.getByRole('region', { name: 'Changed by someone else' });
  await expect(region).toContainText(/Changed .+ by .+\./);
  await expect(region.getByRole('row').filter({ hasText: '4c8g' })).toContainText('5, theirs');
  await region.getByRole('button', { name: 'Save merged' }).click();
  await expect(other.getByRole('region', { name: 'team is saved' })).toBeVisible();
  await expect(rowOf(page, 'team')).toContainText(/4c8g\s*5.*8c16g\s*3/s);
  expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 5, '8c16g': 3 });
  await other.context().close();
});

test('a merge that shrinks under a running job names the job and asks, as a typed shrink does', async ({
  page,
  simulator,
}) => {
  const submissionId = await simulator.startJob('team');
  await openEditor(page, 'team');
  await expect(rowOf(page, 'team')).toContainText('1 job');
  await field(page, '4c8g').fill('1');
  await simulator.editCluster('team', { '4c8g': 3, '8c16g': 3 });
  await expect(page.getByRole('status').filter({ hasText: '8c16g 2 → 3' })).toBeVisible();
  const ask = page.getByRole('region', { name: 'Running jobs may lose a node' });
  await saveButton(page).click();
  await ask.getByRole('button', { name: 'Save anyway' }).click();
  const conflict = page.getByRole('region', { name: 'Changed by someone else' });
  await conflict.getByRole('button', { name: 'Save merged' }).click();
  await expect(ask).toContainText(submissionId);
  expect((await simulator.cluster('team'))?.replicaSets).toEqual({ '4c8g': 3, '8c16g': 3 });
  await ask.getByRole('button', { name: 'Save anyway' }).click();
  await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
});
