import type { Locator, Page } from '@playwright/test';
import { choose, expect, test } from './support/fixtures.ts';
import { visit } from './support/visit.ts';

/** The map, once its cells are drawn. */
async function openMap(page: Page, query = ''): Promise<Locator> {
  await page.goto(`/nodes${query}`);
  const map = page.getByRole('application', { name: 'Map of all nodes' });
  await expect(map).toHaveAttribute('data-drawn', /./);
  return map;
}

/** The legend's count of nodes in a state. */
function inLegend(page: Page, state: string): Locator {
  return page.getByRole('group', { name: 'States' }).getByRole('button', { name: new RegExp(`^${state} `) });
}

test('the map is opened from the bar, loaded only then, counts every node by its state, and is walked by keyboard', async ({
  page,
}) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.js')) scripts.push(request.url());
  });
  await page.goto('/clusters');
  await expect(page.getByRole('link', { name: 'ci', exact: true })).toBeVisible();
  expect(scripts.filter((url) => /nodes-screen/.test(url))).toEqual([]);
  await page.getByRole('link', { name: 'Node map', exact: true }).click();
  await expect(page.getByRole('application')).toHaveAttribute('data-drawn', /./);
  await expect(inLegend(page, 'Dead')).toHaveText('Dead 1');
  await expect(inLegend(page, 'Unknown')).toHaveText('Unknown 0');
  expect(scripts.filter((url) => /nodes-screen/.test(url))).not.toEqual([]);
  expect(await page.locator('*').count()).toBeLessThan(2_500);

  const map = page.getByRole('application', { name: 'Map of all nodes' });
  await map.press('ArrowRight');
  const message = page.getByRole('status').filter({ hasText: /Free pool/ });
  await expect(message).toHaveText(/^Free, 4c8g, Free pool, node [0-9a-f]{8}, on worker-/);
  const first = await message.textContent();
  await map.press('ArrowRight');
  await expect(message).toHaveText(/^Free, 4c8g, Free pool, node /);
  expect(await message.textContent()).not.toBe(first);
  await map.press('PageDown');
  await expect(message).toHaveText(/^Free, 8c16g, Free pool/);
  await map.press('Enter');
  const card = page.getByRole('region', { name: /^Node [0-9a-f]{8}$/ });
  await expect(card.getByRole('heading')).toBeFocused();
  await expect(card).toContainText('8c16g');
  await expect(card).toContainText(/\d GiB/);
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(map).toBeFocused();
});

test('a click opens the details of a node, or of a card, beside the map; the map stays where it is', async ({
  page,
}) => {
  const map = await openMap(page);
  // The free pool's first cell is below its card's head.
  await map.click({ position: { x: 50, y: 100 } });
  const card = page.getByRole('region', { name: /^Node / });
  await expect(card).toContainText('4c8g');
  await expect(card).toContainText('Free pool');
  await expect(page).toHaveURL(/node=[0-9a-f]+/);
  await card.getByRole('button', { name: 'Close' }).click();
  await expect(page).not.toHaveURL(/node=/);
  await map.click({ position: { x: 50, y: 18 } });
  const pool = page.getByRole('region', { name: 'Free pool' });
  await expect(pool.getByRole('row', { name: '8c16g 7 0 0 7 0' })).toBeVisible();
  await expect(page).toHaveURL(/pool=/);
  await expect(page).not.toHaveURL(/z=/);
  await page.keyboard.press('Escape');
  await expect(pool).toBeHidden();
  // By keyboard: from a node to its card, to the next card, and into that.
  await map.press('ArrowRight');
  await map.press('Escape');
  const message = page.getByRole('status').filter({ hasText: /:/ });
  await expect(message).toHaveText(/^Free pool: \d+ free/);
  await map.press('ArrowRight');
  await expect(message).toHaveText(/: \d+ held · /);
  await map.press(' ');
  await expect(page).toHaveURL(/cluster=/);
  await expect(page.getByRole('link', { name: 'Edit', exact: true })).toBeVisible();
});

test('a link selects a virtual cluster or a node, and says what of it is there', async ({ page, simulator }) => {
  await test.step('a link to a virtual cluster selects its card and says which jobs hold what', async () => {
    await openMap(page, '?cluster=train-llm&colour=state');
    const card = page.getByRole('region', { name: 'train-llm' });
    await expect(card.getByRole('row', { name: 'gpu_a10 4 2 1 1 0' })).toBeVisible();
    await expect(card).toContainText('python train.py --config llm-13b.yaml');
    await expect(page.getByRole('radio', { name: 'State' })).toBeChecked();
    await card.getByRole('link', { name: 'Open' }).click();
    await expect(page).toHaveURL(/clusters\/train-llm$/);
  });
  await test.step('a link to a node opens its card, which says when the node dies; one to a node that is gone says so', async () => {
    const [nodeId] = (await simulator.cluster('ci'))?.nodeIds ?? [];
    if (nodeId === undefined) throw new Error('ci has no node');
    await openMap(page, `?node=${nodeId}`);
    const card = page.getByRole('region', { name: /^Node / });
    await expect(card).toHaveAccessibleName(`Node ${nodeId.slice(0, 8)}`);
    await expect(card).toContainText(nodeId);
    await expect(card).toContainText('Idle');
    // A node that somebody gives to it is seen moving, unless no motion is wanted, as in all other tests.
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await simulator.editCluster('ci', { '4c8g': 4 });
    await expect(page.getByRole('application')).toHaveAttribute('data-moved', '1');
    await simulator.killNode(nodeId);
    await expect(inLegend(page, 'Dead')).toHaveText(/Dead [2-9]/);
    await expect(card).toContainText('Dead');
    await visit(page, '/nodes?node=0123456789');
    await expect(page.getByRole('region', { name: 'Node 01234567' })).toContainText(
      'Ray tells of no node with this ID.',
    );
  });
});

test('the map is searched, zoomed and filtered', async ({ page, simulator }) => {
  await test.step('search results are highlighted, counted, brought into view and stepped through', async () => {
    const map = await openMap(page);
    const [nodeId] = (await simulator.cluster('train-llm'))?.nodeIds ?? [];
    if (nodeId === undefined) throw new Error('train-llm has no node');
    // At the first node of the free pool, at the left, from where train-llm is out of view.
    await map.press('ArrowRight');
    for (let times = 0; times < 4; times++) await map.press('+');
    await map.press('Home');
    const placeIn = () => ['x', 'y'].map((name) => Number(new URL(page.url()).searchParams.get(name) ?? 1));
    await expect.poll(() => placeIn()[0]).toBeLessThan(0.35);
    const before = placeIn();
    await page.keyboard.press('/');
    const find = page.getByRole('searchbox', { name: 'Find a node by ID, host or template' });
    await expect(find).toBeFocused();
    await find.fill(nodeId);
    const search = page.getByRole('search');
    await expect(search.getByRole('status')).toHaveText('1 node found');
    await expect.poll(placeIn).not.toEqual(before);
    await find.fill('gpu_a10');
    await expect(search.getByRole('status')).toHaveText(/^1 of \d+$/);
    await search.getByRole('button', { name: 'Next found node' }).click();
    await expect(search.getByRole('status')).toHaveText(/^2 of \d+$/);
    await find.fill('no-such-thing');
    await expect(search.getByRole('status')).toHaveText('No node found');
    await find.press('Escape');
    await expect(find).toHaveValue('');
    await expect(page).not.toHaveURL(/q=/);
  });
  await test.step('wheel and buttons zoom, the legend filters, and a link keeps the whole selection', async () => {
    await visit(page, '/nodes');
    await expect(page).toHaveURL(/nodes$/);
    const map = page.getByRole('application', { name: 'Map of all nodes' });
    await map.hover({ position: { x: 400, y: 200 } });
    await page.mouse.wheel(0, -400);
    await expect(page).toHaveURL(/z=/);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(page).not.toHaveURL(/z=/);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect(page).toHaveURL(/z=/);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await expect(page).not.toHaveURL(/z=/);

    await inLegend(page, 'Dead').click();
    await expect(inLegend(page, 'Dead')).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'Clear highlight' }).click();
    await expect(inLegend(page, 'Dead')).toHaveAttribute('aria-pressed', 'false');
    await inLegend(page, 'Dead').click();
    await choose(page, 'Template');
    await map.press('+');
    await map.press('+');
    await expect(page).toHaveURL(/z=[\d.]+/);
    const { search } = new URL(page.url());
    await page.reload();
    await expect(map).toHaveAttribute('data-drawn', /./);
    await expect(page.getByRole('radio', { name: 'Template' })).toBeChecked();
    await expect(inLegend(page, 'Dead')).toHaveAttribute('aria-pressed', 'true');
    expect(new URL(page.url()).search).toBe(search);
    await map.press('0');
    await expect(page).not.toHaveURL(/z=/);
  });
});
