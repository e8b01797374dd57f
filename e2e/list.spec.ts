import { choose, expect, rowOf, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

test('the list shows what there is and what changes, sorts by a column, and copies a row as curl', async ({
  page,
  context,
  simulator,
  server,
}) => {
  await test.step('rows and free nodes are shown, and what another administrator changes without a reload', async () => {
    await visit(page, '/clusters');
    await expect(page.getByRole('heading', { name: 'Virtual clusters', level: 1 })).toBeVisible();
    const serving = rowOf(page, 'serving');
    await expect(serving.getByRole('cell').nth(1)).toHaveText('Divisible');
    await expect(serving).toContainText(/8c16g\s*5/);
    await expect(serving).toContainText(/gpu_a10\s*4\s*1 dead/);
    await expect(serving.getByRole('cell').nth(3)).toContainText('9');
    await expect(serving).toContainText('1 job');
    // The last revision is a column for whoever sorts by it.
    const { revision } = (await simulator.cluster('serving')) ?? { revision: 'none' };
    const age = serving.getByTitle(new RegExp(`^Revision ${revision}\\b`)).filter({ visible: true });
    await expect(age).toHaveCount(0);
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Last revision');
    await expect(age).toHaveText('2 days ago');
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('ID');
    await expect(age).toHaveCount(0);
    await expect(rowOf(page, 'train-llm')).toContainText(/2 jobs · 1 to release/);
    await expect(rowOf(page, 'ci')).toContainText('No jobs');
    await expect(rowOf(page, 'ci').getByRole('cell').nth(1)).toHaveText('Indivisible');
    await expect(page.getByText(/^6 clusters · 61 nodes · 1 dead/)).toBeVisible();

    const bar = rowOf(page, 'serving').getByRole('cell').nth(3).getByRole('img');
    await expect(bar).toHaveAccessibleName('1 used, 2 reserved, 5 idle, 1 dead');

    const free = page.getByRole('region', { name: 'Free nodes' });
    await expect(free.getByRole('listitem').filter({ hasText: '4c8g' })).toContainText('10 free of 24');
    await expect(free.getByRole('listitem').filter({ hasText: '8c16g' })).toContainText('7 free of 16');
    await expect(free.getByRole('listitem').filter({ hasText: 'gpu_a10' })).toContainText('none free of 7');

    // Another administrator's edit shows without a reload.
    await expect(rowOf(page, 'ci')).toContainText(/4c8g\s*3/);
    await simulator.editCluster('ci', { '4c8g': 5 });
    await expect(rowOf(page, 'ci')).toContainText(/4c8g\s*5/);
    await expect(free).toContainText('8 free of 24');
  });
  await test.step('a column sorts, which is announced to screen readers and kept in the URL', async () => {
    await visit(page, '/clusters');
    const ids = page.getByRole('table', { name: 'Virtual clusters' }).getByRole('row').getByRole('link');
    await expect(ids).toHaveText(['ci', 'etl-nightly', 'feature-store', 'notebooks', 'serving', 'train-llm']);
    await page.getByRole('button', { name: 'Nodes', exact: true }).click();
    await expect(page.getByRole('columnheader', { name: 'Nodes' })).toHaveAttribute('aria-sort', 'descending');
    await expect(ids.first()).toHaveText('serving');
    await expect(page).toHaveURL(/sort=nodes/);
    await page.goBack();
    await page.goForward();
    await page.reload();
    await expect(ids.first()).toHaveText('serving');
  });
  await test.step('where a column has no room for a head it is sorted by all the same, on a line that cuts no count', async () => {
    const ids = page.getByRole('table', { name: 'Virtual clusters' }).getByRole('row').getByRole('link');
    const sortBy = page.getByRole('combobox', { name: 'Sort by' });
    for (const width of [960, 1119, 1200, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await visit(page, '/clusters?in-use=1&nodes=dead%3Agpu_a10');
      await expect(ids).toHaveText(['serving']);
      await expect(sortBy).toBeInViewport({ ratio: 1 });
      const counts = page.getByRole('search', { name: 'Filter' }).getByText(/^1 of 6 clusters · 61 nodes · 1 dead/);
      const cut = await counts.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
        scrollWidth - clientWidth,
        scrollHeight - clientHeight,
      ]);
      expect(cut, String(width)).toEqual([0, 0]);
    }
    await page.setViewportSize({ width: 1024, height: 768 });
    await visit(page, '/clusters');
    await sortBy.selectOption('Owner');
    await expect(ids).toHaveText(['serving', 'etl-nightly', 'feature-store', 'notebooks', 'train-llm', 'ci']);
    await page.getByRole('button', { name: 'Ascending' }).click();
    await expect(ids.first()).toHaveText('notebooks');
    await page.setViewportSize({ width: 1440, height: 900 });
  });
  await test.step('a row copies its calls as curl', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await visit(page, '/clusters');
    await page.getByRole('button', { name: 'Actions for ci' }).click();
    await page.getByRole('menuitem', { name: 'POST it as it is' }).click();
    await expect(page.getByRole('menuitem', { name: 'POST it as it is' })).toContainText('Copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(server.address);
    expect(copied).toContain(`"revision":${(await simulator.cluster('ci'))?.revision ?? 'none'}`);
  });
});

test('the list is filtered, and opens what is below a row', async ({ page }) => {
  await test.step('text, kind, use and dead nodes filter the list, stand in the URL, survive a reload and are cleared in one click', async () => {
    await visit(page, '/clusters');
    const filter = page.getByRole('textbox', { name: 'Filter' });
    await filter.fill('gpu');
    await expect(page.getByRole('link', { name: 'ci', exact: true })).toBeHidden();
    await expect(rowOf(page, 'serving')).toBeVisible();
    await expect(page).toHaveURL(/[?&]q=gpu/);
    await page.reload();
    await expect(filter).toHaveValue('gpu');
    await expect(rowOf(page, 'train-llm')).toBeVisible();
    await expect(page.getByRole('link', { name: 'ci', exact: true })).toBeHidden();
    await filter.fill('nothing like it');
    await expect(page.getByText('Nothing matches “nothing like it”.')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await expect(rowOf(page, 'ci')).toBeVisible();
    await expect(page).toHaveURL(/\/clusters$/);

    await choose(page, 'Divisible');
    await expect(rowOf(page, 'ci')).toBeHidden();
    await expect(rowOf(page, 'serving')).toBeVisible();
    await page.getByRole('checkbox', { name: 'Dead nodes' }).check();
    await expect(rowOf(page, 'train-llm')).toBeHidden();
    await expect(rowOf(page, 'serving')).toBeVisible();
    await visit(page, '/clusters?in-use=1');
    await expect(rowOf(page, 'etl-nightly')).toBeVisible();
    await expect(rowOf(page, 'ci')).toBeHidden();
  });
  await test.step('job clusters are listed below their cluster when it is expanded, by a click or the right arrow', async () => {
    await visit(page, '/clusters');
    const opener = rowOf(page, 'train-llm').getByRole('button', { name: /2 jobs · 1 to release/ });
    const nested = page.getByRole('row').filter({ has: page.getByRole('link', { name: /^raysubmit_/ }) });
    await expect(opener).toHaveAttribute('aria-expanded', 'false');
    await opener.click();
    await expect(nested).toHaveCount(3);
    await expect(nested.filter({ hasText: 'To release' })).toContainText(/16c64g\s*1/);
    await expect(page.getByRole('table', { name: 'Virtual clusters' })).toHaveAttribute('aria-rowcount', '10');
    await page.getByRole('link', { name: 'train-llm', exact: true }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(nested).toHaveCount(0);
    await page.keyboard.press('ArrowRight');
    await nested.first().getByRole('link').click();
    await expect(page.getByRole('article', { name: 'train-llm' })).toBeVisible();
  });
});

/** Whether what scrolls or cuts around an element shows all of it. */
function isWhole(element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    const box = around.getBoundingClientRect();
    const isCutting = getComputedStyle(around).overflowX !== 'visible';
    if (isCutting && (left < box.left || right > box.right + 1 || top < box.top || bottom > box.bottom + 1))
      return false;
  }
  return true;
}

test('a row says how many nodes are dead on any screen, however many its templates and however long their names', async ({
  page,
  simulator,
}) => {
  await simulator.reset({
    templates: { '4c8g': 4, '8c16g': 4, '16c64g': 2, gpu_a100_80g: 2, a_template_with_a_very_long_name: 1 },
  });
  await simulator.createCluster('team', false, { gpu_a100_80g: 2 });
  await simulator.createCluster('other', false, { a_template_with_a_very_long_name: 1 });
  for (const id of ['team', 'other']) {
    for (const nodeId of (await simulator.cluster(id))?.nodeIds ?? []) await simulator.killNode(nodeId);
  }
  await simulator.editCluster('team', { '4c8g': 4, '8c16g': 4, '16c64g': 2, gpu_a100_80g: 2 });
  await page.goto('/clusters');
  for (const width of [1440, 768, 660, 360]) {
    await page.setViewportSize({ width, height: 1024 });
    for (const [id, dead] of [
      ['team', '2 dead ×'],
      ['other', '1 dead ×'],
    ] as const) {
      const count = rowOf(page, id).getByText(dead, { exact: true });
      await expect.poll(async () => count.evaluate(isWhole), `${id} at ${String(width)}`).toBe(true);
    }
  }
  // Nor does what is left of a long name push the others below the count of what has no room.
  await page.setViewportSize({ width: 768, height: 1024 });
  const more = rowOf(page, 'team').getByRole('button', { name: '+1 more' });
  await expect(more).toHaveAccessibleDescription('16c64g 2');
  for (const name of ['gpu_a100_80g', '4c8g', '8c16g'])
    expect(await rowOf(page, 'team').getByText(name, { exact: true }).evaluate(isWhole), name).toBe(true);
  await more.click();
  expect(await rowOf(page, 'team').getByText('16c64g', { exact: true }).evaluate(isWhole)).toBe(true);
});
