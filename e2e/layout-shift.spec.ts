import type { Page } from '@playwright/test';
import { field, saveButton } from './support/editor.ts';
import { expect, rowOf, test } from './support/fixtures.ts';

declare global {
  interface Window {
    layoutShifts: string[];
  }
}

/** Records every shift that no key or press just before it explains, with what moved from where to where. */
async function recordShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Shift extends PerformanceEntry {
      readonly value: number;
      readonly hadRecentInput: boolean;
      readonly sources: readonly { readonly node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
    }
    const isShift = (entry: PerformanceEntry): entry is Shift => entry.entryType === 'layout-shift';
    const place = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(',');
    window.layoutShifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries().filter(isShift)) {
        if (entry.hadRecentInput) continue;
        // No jump: a text at the right of its cell that gets shorter or longer, a part of a bar whose numbers change, older
        // lines below a new one in a list of news, and what appears or goes itself.
        const isDrawn = (node: Node | null) =>
          node instanceof Element && node.closest('[data-part], [data-log] li') !== null;
        const isSeen = ({ width, height }: DOMRect) => width > 0 && height > 0;
        const jumped = entry.sources.filter(
          ({ node, previousRect: was, currentRect: is }) =>
            !isDrawn(node) &&
            isSeen(was) &&
            isSeen(is) &&
            (Math.abs(was.y - is.y) >= 2 || (Math.abs(was.x - is.x) >= 2 && Math.abs(was.right - is.right) >= 2)),
        );
        if (jumped.length === 0) continue;
        const moved = jumped.map(({ node, previousRect, currentRect }) => {
          const element = node instanceof Element ? node : (node?.parentElement ?? null);
          const name = `${element?.tagName ?? '?'}.${String(element?.getAttribute('class'))}`;
          return `${name} "${(node?.textContent ?? '').slice(0, 40)}" ${place(previousRect)} → ${place(currentRect)}`;
        });
        window.layoutShifts.push(`${entry.value.toFixed(4)}: ${moved.join('; ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The shifts since the last call, once what has just changed is painted. */
async function shifts(page: Page): Promise<readonly string[]> {
  return await page.evaluate(
    () =>
      new Promise<string[]>((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => setTimeout(() => resolve(window.layoutShifts.splice(0)))),
        ),
      ),
  );
}

test('nothing moves by itself in a busy time: nodes, jobs, a panel, a save, a deletion, an outage and its end', async ({
  page,
  simulator,
}) => {
  await recordShifts(page);
  await page.goto('/clusters');
  await expect(rowOf(page, 'train-llm')).toContainText('2 jobs');
  expect(await shifts(page), 'the list is opened').toEqual([]);

  const job = await simulator.startJob('ci', { cpus: 1 });
  await expect(rowOf(page, 'ci')).toContainText('1 job');
  await simulator.addNodes('4c8g', 2);
  await simulator.editCluster('notebooks', { '4c8g': 3 });
  const [node = ''] = (await simulator.cluster('etl-nightly'))?.nodeIds ?? [];
  await simulator.killNode(node);
  await expect(page.getByText(/[1-9] dead/).first()).toBeVisible();
  expect(await shifts(page), 'nodes and jobs come and go').toEqual([]);

  const panelOf = (id: string) => page.getByRole('article', { name: id, exact: true });
  const firstNode = (id: string) =>
    panelOf(id)
      .getByRole('table', { name: `Nodes of ${id}` })
      .getByRole('row')
      .nth(1);
  await page.getByRole('link', { name: 'serving', exact: true }).click();
  await expect(firstNode('serving')).toContainText('8c16g');
  await expect(panelOf('serving').getByRole('slider')).toBeVisible();
  expect(await shifts(page), 'a panel is opened').toEqual([]);

  const outage = page.getByRole('region', { name: /^Ray unreachable since/ });
  await simulator.setAway(true);
  await expect(outage).toBeVisible();
  await expect(panelOf('serving').getByRole('region', { name: 'Used by' })).toContainText('Running');
  expect(await shifts(page), 'an outage').toEqual([]);
  await simulator.setAway(false);
  await expect(outage).toBeHidden();
  await expect(rowOf(page, 'ci')).toContainText('1 job');
  expect(await shifts(page), 'the end of an outage').toEqual([]);

  await page.getByRole('link', { name: 'notebooks', exact: true }).click();
  await expect(firstNode('notebooks')).toContainText('4c8g');
  expect(await shifts(page), 'another panel').toEqual([]);
  await panelOf('notebooks').getByRole('button', { name: 'Edit', exact: true }).click();
  // By a key: a value that is set by itself is no input, and what the form says of it would count as a shift on a busy machine.
  await field(page, '4c8g').press('ArrowUp');
  await expect(field(page, '4c8g')).toHaveValue('4');
  await saveButton(page).click();
  await expect(page.getByRole('region', { name: 'notebooks is saved' })).toBeVisible();
  await simulator.finishJob(job);
  await expect(rowOf(page, 'ci')).not.toContainText('1 job');
  expect(await shifts(page), 'a save').toEqual([]);

  await panelOf('notebooks').getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete notebooks' });
  await dialog.getByRole('textbox').fill('notebooks');
  await dialog.getByRole('button', { name: 'Delete virtual cluster' }).click();
  await expect(page.getByRole('region', { name: 'notebooks was deleted' })).toBeVisible();
  await expect(rowOf(page, 'notebooks')).toBeHidden();
  expect(await shifts(page), 'a deletion').toEqual([]);
});

test('the pages have their final shape at once: the journal, the nodes as a table, a wide list', async ({
  page,
  simulator,
}) => {
  for (const id of ['aa', 'bb', 'cc']) await simulator.createCluster(id, false, { '4c8g': 1 });
  await recordShifts(page);
  await page.goto('/journal');
  await expect(page.getByRole('table').getByRole('row').nth(2)).toBeVisible();
  expect(await shifts(page), 'the journal').toEqual([]);
  await page.goto('/nodes?view=table');
  await expect(page.getByRole('table', { name: 'Nodes', exact: true }).getByRole('row').nth(3)).toContainText(/c/);
  expect(await shifts(page), 'the nodes').toEqual([]);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto('/clusters');
  const squares = page.getByRole('region', { name: 'Nodes', exact: true });
  await expect(page.getByRole('region', { name: 'Last 7 days' }).getByRole('slider')).toBeVisible();
  await expect(squares.getByRole('listitem').filter({ hasText: 'aa' })).toContainText('4c8g 1');
  expect(await shifts(page), 'the overview at the edge of a wide list').toEqual([]);
  await simulator.startJob('aa', { cpus: 1 });
  await expect(rowOf(page, 'aa')).toContainText('1 job');
  await simulator.addNodes('4c8g', 2);
  await expect(page.getByRole('region', { name: 'What changed lately' })).toContainText('2 4c8g nodes joined');
  expect(await shifts(page), 'a job and nodes come').toEqual([]);
  await page.goto('/clusters?view=matrix');
  await expect(squares.getByRole('listitem').filter({ hasText: 'aa' })).toContainText('4c8g 1');
  expect(await shifts(page), 'the nodes below the matrix').toEqual([]);
});
