import type { Locator } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

test('the matrix is typed into like a spreadsheet, outlives a reload, and becomes a plan; nothing is sent before', async ({
  page,
  simulator,
  context,
}, { testId }) => {
  // Names of its own, since plans stay when the simulated Ray is reset.
  const [a, b] = [`cell-a-${testId.slice(-8)}`, `cell-b-${testId.slice(-8)}`];
  await simulator.reset({ templates: { '4c8g': 9, '8c16g': 4 } });
  await simulator.createCluster(a, false, { '4c8g': 5 });
  await simulator.createCluster(b, false, { '4c8g': 3 });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/clusters?view=matrix');
  const grid = page.getByRole('grid', { name: 'Virtual clusters by template' });
  const bar = page.getByRole('group', { name: 'Changes that are not planned yet' });
  const cell = (row: number, column: number) => grid.locator(`[data-at="${String(row)} ${String(column)}"]`);
  await cell(1, 2).click();
  await expect(cell(1, 2)).toBeFocused();

  // What would be lacking lights up while it is typed, and goes once the other one gives back.
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await expect(cell(2, 2)).toBeFocused();
  await expect(bar).toContainText('1 change in 1 virtual cluster · Lacks 1 4c8g');
  await expect(grid.getByRole('columnheader', { name: /4c8g/ }).first()).toContainText('lacks 1');
  await page.keyboard.press('F2');
  await page.keyboard.type('1');
  await page.keyboard.press('Tab');
  await expect(cell(2, 3)).toBeFocused();
  await expect(bar).toContainText('2 changes in 2 virtual clusters');
  await expect(grid.getByRole('columnheader', { name: /4c8g/ }).first()).toContainText('→ 1 free');

  // Ranges go out to a spreadsheet program and come back from it; one step back undoes a whole paste.
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Control+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('7\t0\n1\t0');
  await page.evaluate(() => navigator.clipboard.writeText('6\t2\n2\t1\n'));
  await page.keyboard.press('Control+v');
  await expect(bar).toContainText('4 changes in 2 virtual clusters');
  await page.keyboard.press('Control+z');
  await expect(cell(1, 2)).toHaveAccessibleName(`${a}: 7 4c8g typed, 5 held`);

  // The corner of a range is dragged over what it fills.
  await cell(1, 3).click();
  const [corner, below] = [await grid.locator('[data-fill]').boundingBox(), await cell(2, 3).boundingBox()];
  if (corner === null || below === null) throw new Error('no corner');
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.mouse.move(corner.x + 8, corner.y + 8);
  await page.mouse.down();
  await page.mouse.move(below.x + 20, below.y + 12);
  await page.mouse.up();
  await expect(cell(2, 3)).toHaveAccessibleName(`${b}: 4 8c16g typed, 0 held`);
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('Control+z');
  await expect(bar).toContainText('2 changes in 2 virtual clusters');

  // Somebody else changes a cell that was typed over.
  await page.reload();
  await expect(bar).toContainText('2 changes in 2 virtual clusters');
  await simulator.editCluster(b, { '4c8g': 2 });
  await expect(bar).toContainText('1 cell changed by someone else meanwhile');
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(bar.getByRole('alert')).toContainText('First choose');
  await bar.getByRole('button', { name: 'Keep mine' }).click();
  expect((await simulator.cluster(a))?.replicaSets).toEqual({ '4c8g': 5 });
  // By keyboard alone from here: to the plan, through its run, and to what takes it back.
  await cell(1, 2).click();
  for (let stop = 0; stop < 3; stop += 1) await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Review plan' })).toBeFocused();
  await page.keyboard.press('Enter');
  const steps = page.getByRole('region', { name: 'Steps' }).getByRole('listitem');
  await expect(steps).toHaveText([new RegExp(`${b} Resize: 4c8g 2 → 1`), new RegExp(`${a} Resize: 4c8g 5 → 7`)]);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  const message = page.getByRole('status').filter({ hasText: 'Finished · 2 of 2 done' });
  await expect(message).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Undo what was done…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /^Undo of / })).toBeFocused();
  for (let back = 0; back < 2; back += 1) await page.goBack();
  await expect(page.getByText('Type a count to plan a change.')).toBeVisible();
});

test('its columns share a wide page up to twice their width, aligned with their heads; few of them are no narrow page', async ({
  page,
  simulator,
}) => {
  const grid = page.getByRole('grid', { name: 'Virtual clusters by template' });
  const cell = (row: number, column: number) => grid.locator(`[data-at="${String(row)} ${String(column)}"]`);
  async function boxOf(what: Locator) {
    const box = await what.boundingBox();
    if (box === null) throw new Error('It is not on the screen.');
    return box;
  }
  await simulator.reset({ templates: { '4c8g': 9 } });
  await simulator.createCluster('aa', false, { '4c8g': 5 });
  await page.goto('/clusters?view=matrix');
  await expect(cell(1, 2)).toHaveText('5');
  await expect(grid).toHaveAttribute('aria-readonly', 'false');
  expect((await boxOf(cell(1, 2))).width).toBeCloseTo(176, 0);

  const names = Array.from({ length: 12 }, (_, at) => `kind_${String(at).padStart(2, '0')}`);
  await simulator.reset({ templates: Object.fromEntries(names.map((name) => [name, 2])) });
  await simulator.createCluster('bb', false, { kind_11: 1 });
  await expect(cell(1, 13)).toHaveText('1');
  const [head, count] = [await boxOf(grid.getByRole('columnheader', { name: /^kind_11/ })), await boxOf(cell(1, 13))];
  expect(head.x).toBeCloseTo(count.x, 0);
  expect(head.width).toBeCloseTo(count.width, 0);
  expect(count.height).toBe(24);
  const isScrolled = () => grid.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  // 13 columns with the head node's.
  expect(await isScrolled()).toBe(false);
  await page.setViewportSize({ width: 1200, height: 900 });
  await expect.poll(isScrolled).toBe(true);
  expect((await boxOf(cell(1, 13))).width).toBeCloseTo(88, 0);
  await page.setViewportSize({ width: 2560, height: 1440 });
  await expect(page.getByRole('region', { name: 'Nodes', exact: true })).toContainText('kind_11 1');
  await expect.poll(async () => (await boxOf(cell(1, 13))).width).toBeGreaterThan(110);
});
