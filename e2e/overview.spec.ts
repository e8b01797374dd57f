import type { Locator } from '@playwright/test';
import { choose, expect, rowOf } from './support/fixtures.ts';
import { testWithOwnConsole } from './support/own-console.ts';
import { axeViolations } from './support/axe.ts';
import { visit } from './support/visit.ts';

const test = testWithOwnConsole();

/** What of a list's items is not read to its end. */
async function cutParts(list: Locator): Promise<readonly (string | null)[]> {
  return await list.getByRole('listitem').evaluateAll((items) =>
    items
      .flatMap(({ children }) => [...children])
      .filter((part) => part.scrollWidth > part.clientWidth)
      .map(({ textContent }) => textContent),
  );
}

test('the fleet at a glance: the overview, and the matrix', async ({ page, simulator }) => {
  await test.step('the overview answers who holds, what is idle and what waits; a part of a bar filters the list', async () => {
    await page.goto('/');
    const free = page.getByRole('region', { name: 'Free nodes' });
    const gpu = free.getByRole('listitem').filter({ hasText: 'gpu_a10' });
    await expect(gpu.getByRole('button')).toHaveCount(4);
    await expect(gpu.getByRole('button').nth(2)).toHaveAccessibleName('gpu_a10: 3 idle');
    await expect(gpu.getByRole('button').nth(3)).toHaveAccessibleName('gpu_a10: 1 dead');

    const attention = page.getByRole('region', { name: 'Needs attention' });
    await expect(attention.getByRole('listitem')).toHaveText([
      /serving 1 dead gpu_a10, none free/,
      /train-llm 1 job cluster left over, holds 1 node/,
    ]);
    const recentEvents = page.getByRole('region', { name: 'What changed lately' });
    await simulator.editCluster('feature-store', { '16c64g': 5 });
    await expect(recentEvents).toContainText('1 16c64g node moved from the free pool to feature-store');
    expect(await cutParts(recentEvents)).toEqual([]);

    // The bars are one stop of the Tab key; arrows move between their parts.
    await free.getByRole('button', { name: '4c8g: 14 idle' }).focus();
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await expect(gpu.getByRole('button', { name: '3 used' })).toBeFocused();
    await gpu.getByRole('button', { name: '1 dead' }).click();
    await expect(page).toHaveURL(/[?&]nodes=dead%3Agpu_a10/);
    await expect(rowOf(page, 'serving')).toBeVisible();
    await expect(rowOf(page, 'train-llm')).toBeHidden();
    await page.getByRole('button', { name: 'Remove the filter: dead gpu_a10' }).click();
    await expect(rowOf(page, 'train-llm')).toBeVisible();

    await page.getByRole('button', { name: 'Fold the overview' }).click();
    await expect(attention).toBeHidden();
    await page.reload();
    await expect(free).toContainText('4c8g 10 free of 24');
    await expect(attention).toBeHidden();
    await page.getByRole('button', { name: 'Unfold the overview' }).click();
    await attention.getByRole('link', { name: 'Release what is left over in train-llm' }).click();
    await expect(page.getByRole('article', { name: 'train-llm' })).toBeVisible();
    expect(await cutParts(attention)).toEqual([]);
  });
  await test.step('the matrix counts held, idle and dead by template, sorts by any column and is walked by keyboard', async () => {
    await visit(page, '/');
    await choose(page, 'Matrix');
    const grid = page.getByRole('grid', { name: 'Virtual clusters by template' });
    const rowsOf = () => grid.getByRole('rowheader').filter({ has: page.getByRole('link') });
    await expect(rowsOf()).toHaveText(['ci', 'etl-nightly', 'feature-store', 'notebooks', 'serving', 'train-llm']);
    await expect(grid.getByRole('columnheader', { name: /gpu_a10/ })).toContainText('none free');
    await expect(grid.getByTitle('serving: 4 held gpu_a10')).toHaveText('4');
    expect((await grid.getByRole('row').nth(3).boundingBox())?.height).toBe(24);

    await choose(page, 'Idle');
    await grid.getByRole('columnheader', { name: /4c8g/ }).click();
    await expect(grid.getByRole('columnheader', { name: /4c8g/ })).toHaveAttribute('aria-sort', 'descending');
    await expect(rowsOf().first()).toHaveText('etl-nightly');
    await expect(page).toHaveURL(/view=matrix&count=idle&desc=1&by=4c8g/);

    // The same filters as the list's.
    await page.getByRole('button', { name: 'gpu_a10: 1 dead' }).click();
    await expect(rowsOf()).toHaveText(['serving']);
    await grid.focus();
    await page.keyboard.press('Control+End');
    const last = grid.locator('[data-at="1 6"]');
    await expect(last).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('article', { name: 'serving' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(last).toBeFocused();
  });
});

test('much that needs attention stands by kind, and is worked through also on a phone', async ({ page, simulator }) => {
  await simulator.reset({ templates: { '4c8g': 12, gpu_a10: 8 } });
  for (const n of [1, 2, 3, 4]) {
    await simulator.createCluster(`waits-${String(n)}`, false, { gpu_a10: 2 });
    await simulator.createCluster(`left-${String(n)}`, true, { '4c8g': 2 });
    for (let jobs = 0; jobs < (n === 3 ? 2 : 1); jobs += 1) {
      await simulator.finishJob(await simulator.startJob(`left-${String(n)}`, { replicaSets: { '4c8g': 1 } }));
    }
  }
  // Only now that none is free: else Ray replaces them.
  for (const n of [1, 2, 3, 4]) {
    const [dying = ''] = (await simulator.cluster(`waits-${String(n)}`))?.nodeIds ?? [];
    await simulator.killNode(dying);
  }
  const attention = page.getByRole('region', { name: 'Needs attention' });
  const release = (n: number) =>
    attention.getByRole('link', { name: `Release what is left over in left-${String(n)}` });

  await test.step('a line for each kind says what it comes to, and opens over the list', async () => {
    await page.goto('/clusters');
    await expect(attention.getByRole('button')).toHaveText([
      /4 dead nodes, none free\s*4/,
      /5 nodes left over from jobs\s*4/,
    ]);
    const row = await rowOf(page, 'left-1').boundingBox();
    await attention.getByRole('button', { name: /dead nodes/ }).click();
    await expect(attention.getByRole('link')).toHaveText(['Open', 'Open', 'Open', 'Open']);
    expect(await rowOf(page, 'left-1').boundingBox()).toEqual(row);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeViolations(page, { within: '[aria-labelledby="needs-attention"]' })).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });
  await test.step('on a phone: the most first; Release… leads to what is left over, and the way back to where it was', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await attention.getByRole('button', { name: /left over/ }).click();
    await expect(attention.getByRole('link').first()).toHaveAccessibleName('Release what is left over in left-3');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await release(3).click();
    const used = page.getByRole('region', { name: 'Used by' });
    await expect(used.getByRole('listitem').first()).toBeFocused();
    await expect(used.getByRole('button', { name: 'Release all 2' })).toBeInViewport();
    await page.goBack();
    await expect(release(3)).toBeFocused();
    await expect(release(3)).toBeInViewport();
  });
});

test('the way back from the journal leads to the item that was looked at, however many there are', async ({
  page,
  simulator,
}) => {
  await simulator.reset({ templates: { '4c8g': 20 } });
  const ids = [1, 2, 3, 4, 5, 6, 7].map((n) => `team-${String(n)}`);
  for (const id of ids) await simulator.createCluster(id, false, { '4c8g': 2 });
  await page.goto('/clusters');
  await expect(rowOf(page, 'team-7')).toBeVisible();
  await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'loseRequest', times: null });
  const sent = await Promise.all(
    ids.map(async (clusterId) => {
      const base = { revision: (await simulator.cluster(clusterId))?.revision, replicaSets: { '4c8g': 2 } };
      const change = { kind: 'save', clusterId, divisible: false, base, want: { '4c8g': 3 } };
      return page.evaluate(async (body) => {
        const headers = { 'Content-Type': 'application/json', 'X-Virtual-Cluster-Console': '1' };
        return (await fetch(`/api/changes/${crypto.randomUUID()}`, { method: 'PUT', headers, body })).status;
      }, JSON.stringify(change));
    }),
  );
  expect(sent).toEqual(ids.map(() => 202));
  await page.reload();
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await attention.getByRole('button', { name: /^7 changes of unknown outcome/ }).click();
  const look = attention.getByRole('link', { name: 'Look at the changes of team-3 in the journal' });
  await look.click();
  await expect(page.getByRole('heading', { name: 'Journal', level: 1 })).toBeFocused();
  await page.goBack();
  await expect(look).toBeFocused();
  await expect(look).toBeInViewport();
});
