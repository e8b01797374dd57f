import type { BrowserContext, Page, Request } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';

/** Counts the fleet requests of all pages of one browser. */
function recordRequests(context: BrowserContext) {
  const requests = { streams: [] as Request[], fleets: [] as Request[] };
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/api/fleet/events') requests.streams.push(request);
    if (pathname === '/api/fleet') requests.fleets.push(request);
  });
  return requests;
}

/** A tab whose visibility the test controls: in a headless browser every page is visible. */
async function openTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    let isHidden = false;
    Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });
    document.addEventListener('test:hide', () => {
      isHidden = !isHidden;
      document.dispatchEvent(new Event('visibilitychange'));
    });
  });
  await page.goto('/clusters');
  await expect(rowOf(page, 'ci')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^Live$/ })).toHaveCount(1);
  return page;
}

const turn = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('test:hide')));

test('tabs share one stream, which another tab takes over when its own is closed or hidden, and go on after being offline', async ({
  context,
  simulator,
}) => {
  const requests = recordRequests(context);
  const first = await openTab(context);
  await expect.poll(() => requests.streams.length).toBe(1);
  const [second, third] = [await openTab(context), await openTab(context)];
  const fleets = requests.fleets.length;
  await simulator.editCluster('ci', { '4c8g': 5 });
  for (const page of [first, second, third]) await expect(rowOf(page, 'ci')).toContainText(/4c8g\s*5/);
  // The tabs without a stream got the change without a request.
  expect([requests.streams.length, requests.fleets.length]).toEqual([1, fleets]);
  await first.close();
  await expect.poll(() => requests.streams.length).toBe(2);
  await simulator.editCluster('ci', { '4c8g': 6 });
  for (const page of [second, third]) await expect(rowOf(page, 'ci')).toContainText(/4c8g\s*6/);
  expect(requests.streams.length).toBe(2);

  const [holder, other] = requests.streams[1]?.frame().page() === second ? [second, third] : [third, second];
  await turn(holder);
  await expect.poll(() => requests.streams.length).toBe(3);
  expect(requests.streams[2]?.frame().page()).toBe(other);
  const hidden: string[] = [];
  holder.on('request', (request) => hidden.push(request.url()));
  await simulator.editCluster('ci', { '4c8g': 5 });
  await expect(rowOf(other, 'ci')).toContainText(/4c8g\s*5/);
  await expect(rowOf(holder, 'ci')).toContainText(/4c8g\s*6/);
  expect(hidden).toEqual([]);
  await turn(holder);
  await expect(rowOf(holder, 'ci')).toContainText(/4c8g\s*5/);
  expect(requests.streams.length).toBe(3);

  await holder.close();
  await context.setOffline(true);
  // Playwright keeps open connections when it goes offline: only the next request fails.
  await turn(other);
  await turn(other);
  await expect(other.getByRole('region', { name: /^The console has not answered since/ })).toBeVisible();
  await simulator.editCluster('ci', { '4c8g': 6 });
  await context.setOffline(false);
  await expect(rowOf(other, 'ci')).toContainText(/4c8g\s*6/);
  await expect(other.getByRole('status').filter({ hasText: /^Live$/ })).toHaveCount(1);
});

test('a browser without locks polls instead, and shows the same', async ({ context, simulator }) => {
  await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks'));
  const requests = recordRequests(context);
  const page = await openTab(context);
  await simulator.editCluster('ci', { '4c8g': 5 });
  await expect(rowOf(page, 'ci')).toContainText(/4c8g\s*5/);
  expect(requests.streams).toEqual([]);
});
