import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { expect, rowOf, test } from './support/fixtures.ts';
import { field, openEditor, openNewClusterForm, saveButton } from './support/editor.ts';
import { visit } from './support/visit.ts';

test.use({ viewport: { width: 360, height: 740 } });

/** Neither the page nor its scroll container is wider than the screen. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const scrollers = [
      document.documentElement,
      document.body,
      document.querySelector('main'),
      ...document.querySelectorAll('main > * , main > * > *'),
    ];
    return scrollers
      .filter(
        (element) =>
          element !== null &&
          element.scrollWidth > element.clientWidth + 1 &&
          getComputedStyle(element).overflowX !== 'visible',
      )
      .map(
        (element) =>
          `${element?.tagName ?? ''}.${element?.className ?? ''}: ${String(element?.scrollWidth)} > ${String(element?.clientWidth)}`,
      );
  });
  expect(wide).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
}

test('the list, a virtual cluster, and usage over time', async ({ page }) => {
  await test.step('the list: rows are blocks, a virtual cluster is a page of its own, the links are in a menu', async () => {
    await page.goto('/clusters');
    await page.getByRole('link', { name: 'serving', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'serving', level: 1 })).toBeFocused();
    await expect(page.getByRole('table', { name: 'Nodes of serving' }).getByRole('row').nth(2)).toBeVisible();
    await expect(page.getByRole('link', { name: 'ci', exact: true })).toBeHidden();
    await expectNoSidewaysScroll(page);
    await page.goBack();
    await expect(rowOf(page, 'serving')).toBeVisible();

    await expect(rowOf(page, 'serving')).toContainText(/gpu_a10\s*4/);
    await expectNoSidewaysScroll(page);
    await expect(page.getByRole('link', { name: 'Journal', exact: true })).toBeHidden();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Journal', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Journal' })).toBeFocused();
    await expectNoSidewaysScroll(page);
  });
  await test.step('usage over time fits, and only its table of many columns scrolls by itself', async () => {
    await visit(page, '/usage');
    await expect(page.getByRole('slider')).toBeVisible();
    await expect(page.getByRole('table')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect((await page.getByRole('slider').boundingBox())?.width).toBeGreaterThan(300);
  });
});

test('the matrix can be read, a file becomes a plan, and that is read and run', async ({ page, simulator }) => {
  await simulator.reset();
  await page.goto('/clusters?view=matrix');
  const grid = page.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-readonly', 'true');
  await grid.locator('[data-at="1 2"]').click();
  await page.keyboard.press('7');
  await expect(grid.getByRole('textbox')).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await visit(page, '/plans');
  await page.getByRole('link', { name: 'Make one from a fleet file' }).click();
  const field = page.getByRole('textbox', { name: 'Text of the fleet file' });
  await field.fill(
    'version: 1\nclusters:\n  - id: ci\n    replicaSets: {4c8g: 2}\n  - id: x\n    replicaSets: {4c8g: 1}\n',
  );
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(page.getByRole('region', { name: 'What moves' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await simulator.editCluster('ci', { '4c8g': 4 });
  await expect(page.getByRole('radiogroup', { name: '4c8g' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  expect(await axeViolations(page, { within: 'main' })).toEqual([]);
  await page.getByRole('radio', { name: 'Mine' }).check();
  await page.getByRole('button', { name: 'Plan from now on: ci' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Finished · 2 of 2 done' })).toBeVisible();
});

test('the editor keeps its buttons in view, and every result fits', async ({ page, simulator }) => {
  await simulator.reset({ templates: { '4c8g': 5, '8c16g': 5, a_template_with_a_very_long_name_indeed: 2 } });
  await simulator.createCluster('team', false, { '4c8g': 1, '8c16g': 1, a_template_with_a_very_long_name_indeed: 1 });
  await openEditor(page, 'team');
  await expect(saveButton(page)).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Discard' })).toBeInViewport();
  await expectNoSidewaysScroll(page);
  await field(page, '4c8g').fill('40');
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'Not enough nodes' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await field(page, '4c8g').fill('3');
  await simulator.editCluster('team', { '4c8g': 2, '8c16g': 2, a_template_with_a_very_long_name_indeed: 1 });
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'Changed by someone else' })).toBeVisible();
  await expect(saveButton(page)).toBeInViewport();
  await expectNoSidewaysScroll(page);
});

test('a new one, deleting, and what is lost', async ({ page, simulator }) => {
  await test.step('the form for a new one; deleting, and what prevents it', async () => {
    await openNewClusterForm(page);
    await page.getByRole('button', { name: 'Add template' }).click();
    await expectNoSidewaysScroll(page);
    await visit(page, '/clusters/serving');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete serving' });
    await dialog.getByRole('textbox').fill('serving');
    await expectNoSidewaysScroll(page);
    await dialog.getByRole('button', { name: 'Delete virtual cluster' }).click();
    await expect(page.getByRole('region', { name: 'Still in use' })).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
  await test.step('stopping a job, a deletion that waits, what a restarted Ray has lost', async () => {
    await visit(page, '/clusters/serving');
    await page.getByRole('button', { name: 'Stop job' }).first().click();
    await expect(page.getByRole('button', { name: 'Stop it' })).toBeInViewport();
    await expectNoSidewaysScroll(page);
    await visit(page, '/clusters/ci');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('ci');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete when idle' }).click();
    await expect(page.getByRole('region', { name: 'Will be deleted when idle' })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await visit(page, '/clusters');
    await expect(rowOf(page, 'ci')).toContainText('Will be deleted when idle');
    await expectNoSidewaysScroll(page);
    await simulator.restart();
    const banner = page.getByRole('region', { name: /Ray was restarted/ });
    await banner.getByRole('button', { name: 'Re-create…' }).click();
    await expect(banner.getByRole('button', { name: 'Review and create serving' })).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});

test('the node map, the journal, the simulation and the states', async ({ page, simulator }) => {
  await page.goto('/nodes');
  await expect(page.getByRole('heading', { name: 'Node map' })).toBeVisible();
  await expect(page.getByRole('application')).toHaveAttribute('data-drawn', /./);
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: 'Table', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Nodes', exact: true }).getByRole('row').nth(2)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await simulator.createCluster('narrow', false, { '4c8g': 1 });
  await visit(page, '/journal?cluster=narrow');
  // Room for what it says, and for a day.
  const day = await page.getByRole('textbox', { name: 'From day' }).boundingBox();
  expect(day?.width).toBeGreaterThan(100);
  await page
    .getByRole('button', { name: /^Details/ })
    .first()
    .click();
  await expect(page.getByText('Change ID')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await visit(page, '/clusters');
  await page.getByRole('button', { name: 'Simulation' }).click();
  await expect(page.getByRole('dialog', { name: 'Simulation' }).getByRole('button', { name: 'Reset' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await simulator.setAway(true);
  await expect(page.getByRole('region', { name: /^Ray unreachable since/ })).toBeVisible();
  await expectNoSidewaysScroll(page);
  // The bar shows its full text beside all of its buttons.
  const words = page
    .locator('header')
    .getByText(/^Ray unreachable since \d\d:\d\d/)
    .first();
  const [cutOff, line] = await words.evaluate(
    (element) =>
      [
        [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight],
        Number.parseFloat(getComputedStyle(element).lineHeight),
      ] as const,
  );
  // Descenders reach slightly below the line box.
  expect(Math.max(...cutOff)).toBeLessThan(line / 4);
});
