import { askedBeforeList, noteWhenListIsThere } from './support/before-list.ts';
import { expect, test } from './support/fixtures.ts';
import type { Page } from '@playwright/test';
import type { SimulatorClient } from './support/simulator-client.ts';
import { visit } from './support/visit.ts';

/** What must not grow with the fleet: bytes, requests, DOM elements. Times are measured by the bench only. */
const most = { elements: 2_500, dataBytes: 150_000, requests: 30, quietBytes: 1_200 } as const;

/** A fleet of nodes of four templates, nine tenths of them in virtual clusters. */
async function fill(simulator: SimulatorClient, nodes: number, clusters: number): Promise<void> {
  await simulator.reset({
    templates: { '4c8g': nodes * 0.4, '8c16g': nodes * 0.3, '16c64g': nodes * 0.2, gpu_a10: nodes * 0.1 },
  });
  const each = (share: number) => Math.floor((nodes * 0.9 * share) / clusters);
  for (let index = 0; index < clusters; index += 1) {
    await simulator.createCluster(`team-${String(index).padStart(3, '0')}`, index % 3 === 0, {
      '4c8g': each(0.4),
      '8c16g': each(0.3),
      '16c64g': each(0.2),
      gpu_a10: each(0.1),
    });
  }
}

/** The compressed bytes that the page received from `/api/`, and the number of its requests. */
async function countOn(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  const urls = new Map<string, string>();
  const bytes = new Map<string, number>();
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  let words = 0;
  cdp.on('Network.eventSourceMessageReceived', () => (words += 1));
  cdp.on('Network.dataReceived', ({ requestId, encodedDataLength }) =>
    bytes.set(requestId, (bytes.get(requestId) ?? 0) + encodedDataLength),
  );
  await cdp.send('Network.enable');
  return {
    /** The number of stream events. */
    words: () => words,
    requests: () => [...urls.values()],
    data: () =>
      [...bytes].reduce(
        (sum, [id, size]) => (new URL(urls.get(id) ?? 'http://none').pathname.startsWith('/api/') ? sum + size : sum),
        0,
      ),
  };
}

test('10,000 nodes: few bytes, few requests, few elements on every screen, and only heartbeats while nothing changes', async ({
  page,
  simulator,
}) => {
  await fill(simulator, 10_000, 100);
  const counted = await countOn(page);
  await noteWhenListIsThere(page);
  await page.goto('/clusters');
  await expect(page.getByRole('link', { name: 'team-000', exact: true })).toBeVisible();
  await expect.poll(() => page.locator('*').count()).toBeGreaterThan(100);
  const asked = await askedBeforeList(page);
  expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(most.requests);
  expect(counted.data()).toBeLessThanOrEqual(most.dataBytes);

  const elements = () => page.locator('*').count();
  await expect.poll(elements, 'the list').toBeLessThanOrEqual(most.elements);
  await expect(page.getByRole('heading', { name: 'Needs attention' })).toBeVisible();
  await expectOnlyHeartbeats(counted);

  await page.getByRole('link', { name: 'team-000', exact: true }).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('link', { name: 'team-099', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('article', { name: 'team-099' }).getByRole('region', { name: 'Nodes', exact: true }),
  ).toContainText('90 nodes');
  await expect.poll(elements, 'the last virtual cluster').toBeLessThanOrEqual(most.elements);

  for (const [path, name] of [
    ['/clusters?view=matrix', 'Virtual clusters'],
    ['/clusters/team-000', 'team-000'],
    ['/clusters/team-000/edit', 'team-000'],
    ['/nodes', 'Node map'],
    ['/nodes?view=table', 'Node map'],
  ] as const) {
    await visit(page, path);
    await expect(page.getByRole('heading', { name }).first()).toBeVisible();
    await expect.poll(elements, path).toBeLessThanOrEqual(most.elements);
  }
  const table = page.getByRole('table', { name: 'Nodes', exact: true });
  await expect(table).toHaveAttribute('aria-rowcount', '10002');
  await page.getByRole('region', { name: 'Nodes', exact: true }).press('End');
  await expect(table.locator('[aria-rowindex="10002"]')).toContainText(/[0-9a-f]{8}/);
});

/**
 * While nothing changes, the stream sends only ages, and the page no request: from one heartbeat to the next. What the page loads after
 * the list may come after the first on a busy machine, and then the next ones count.
 */
async function expectOnlyHeartbeats(counted: Awaited<ReturnType<typeof countOn>>): Promise<void> {
  const found: { readonly requests: readonly string[]; readonly bytes: number }[] = [];
  while (found.length < 3) {
    const [words, requests, data] = [counted.words(), counted.requests().length, counted.data()];
    await expect.poll(counted.words, { timeout: 30_000 }).toBeGreaterThan(words);
    const since = {
      requests: counted.requests().slice(requests),
      bytes: (counted.data() - data) / (counted.words() - words),
    };
    if (since.requests.length === 0 && since.bytes <= most.quietBytes) return;
    found.push(since);
  }
  expect(found, 'requests, and bytes of each event, between heartbeats').toEqual([]);
}
