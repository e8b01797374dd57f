import { expect, test } from './support/fixtures.ts';
import { field, saveButton } from './support/editor.ts';
import { visit } from './support/visit.ts';

// Names of its own for each test, since plans stay when the simulated Ray is reset.
let a = '';
let b = '';

test.beforeEach(async ({ simulator }, { testId }) => {
  [a, b] = [`plan-a-${testId.slice(-8)}`, `plan-b-${testId.slice(-8)}`];
  await simulator.reset({ templates: { '4c8g': 9, '8c16g': 4 } });
  await simulator.createCluster(a, false, { '4c8g': 5 });
  await simulator.createCluster(b, false, { '4c8g': 3 });
});

test('moving nodes makes a plan that shows its effect, is ordered by keyboard, run, followed and undone', async ({
  page,
  simulator,
}) => {
  await page.goto('/plans');
  await page.getByRole('button', { name: 'Move nodes…' }).click();
  await page.getByLabel('Template').selectOption('4c8g');
  await page.getByLabel('From').selectOption(a);
  await page.getByLabel('To').selectOption(b);
  await page.getByLabel('Nodes', { exact: true }).fill('2');
  await page.getByRole('button', { name: 'Make a plan' }).click();
  await expect(page.getByRole('heading', { name: `Move 2 4c8g from ${a} to ${b}` })).toBeVisible();
  await expect(page.getByRole('listitem', { name: '4c8g: free 1 before, 1 after' })).toBeVisible();
  await expect(page.getByRole('listitem', { name: `4c8g: from ${a} 2 to ${b} 2` })).toBeVisible();
  const steps = page.getByRole('region', { name: 'Steps' }).getByRole('listitem');
  await expect(steps.nth(0)).toContainText(`${a} Resize: 4c8g 5 → 3`);
  await page.getByRole('button', { name: `Move ${b} up` }).press('Enter');
  await expect(steps.nth(0)).toContainText('lacks 1 node of 4c8g');
  await expect(page.getByRole('button', { name: `Move ${b} down` })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(steps.nth(0)).toContainText(a);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Finished · 2 of 2 done' })).toBeVisible();
  expect((await simulator.cluster(b))?.replicaSets).toEqual({ '4c8g': 5 });
  await page.getByRole('button', { name: 'Undo what was done…' }).click();
  await expect(page.getByRole('heading', { name: /^Undo of Move/ })).toBeVisible();
  await expect(steps.nth(0)).toContainText(`${b} Resize: 4c8g 5 → 3`);
});

test('lacking nodes can be taken from who has idle ones; what somebody changes meanwhile is planned anew', async ({
  page,
  simulator,
}) => {
  await page.goto(`/clusters/${b}/edit`);
  await field(page, '4c8g').fill('6');
  await saveButton(page).click();
  await page.getByRole('button', { name: 'Take from…' }).click();
  await page.getByRole('button', { name: `Take 2 4c8g from ${a}` }).click();
  const steps = page.getByRole('region', { name: 'Steps' }).getByRole('listitem');
  await expect(steps.nth(0)).toContainText(`${a} Resize: 4c8g 5 → 3`);
  await simulator.editCluster(a, { '4c8g': 4 });
  // Both changed it: one of them is chosen, and nothing is preselected.
  const anew = page.getByRole('button', { name: `Plan from now on: ${a}` });
  await anew.click();
  await expect(page.getByRole('radiogroup', { name: '4c8g' })).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('radio', { name: 'Mine' }).check();
  await anew.click();
  await expect(steps.nth(0)).toContainText(`${a} Resize: 4c8g 4 → 3`);
  await visit(page, `/clusters/${a}/edit`);
  await field(page, '8c16g').fill('1');
  await page.getByRole('button', { name: 'Add to plan' }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('heading', { name: `Change ${a}` })).toBeVisible();
  await expect(steps).toHaveCount(1);
});

test('who has idle nodes comes into view, clear of the buttons below', async ({ page, simulator }) => {
  const templates = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`t${String(at)}`, 12]));
  await simulator.reset({ templates });
  for (const donor of ['d1', 'd2', 'd3']) await simulator.createCluster(donor, false, { t0: 3 });
  await simulator.createCluster(b, false, { t0: 1 });
  await page.goto(`/clusters/${b}/edit`);
  await field(page, 't0').fill('9');
  await saveButton(page).click();
  const donors = page.getByRole('region', { name: 'Who could give nodes' });
  const open = page.getByRole('button', { name: 'Take from…' });
  await open.click();
  await expect(donors.getByRole('row')).toHaveCount(3);
  await expect(donors).toBeInViewport({ ratio: 1 });
  await expect(open).toBeInViewport();
  const bar = await saveButton(page).boundingBox();
  const last = await donors.getByRole('row').last().boundingBox();
  expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  await expect(open).toBeFocused();
});
