import { expect, rowOf, test } from './support/fixtures.ts';
import { startServer } from './support/console-server.ts';
import { visit } from './support/visit.ts';

test('while Ray is away, what was known stays, and the next try is told and can be brought forward', async ({
  page,
  simulator,
}) => {
  await test.step('the next try is counted down, and Try now asks the console not to wait for it', async () => {
    await page.goto('/clusters');
    await expect(rowOf(page, 'ci')).toBeVisible();
    await simulator.setAway(true);
    const banner = page.getByRole('region', { name: /^Ray unreachable since/ });
    await expect(banner).toContainText(/Next try in \d+ s|Trying now/);
    const tried = page.waitForResponse((reply) => reply.url().endsWith('/api/fleet/read'));
    await banner.getByRole('button', { name: 'Try now' }).click();
    expect((await tried).status()).toBe(204);
    await expect(banner).toBeVisible();
    await simulator.setAway(false);
    await expect(banner).toBeHidden();
    await expect(rowOf(page, 'ci')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText('10 free of 24');
  });
  await test.step('while Ray is away, what was known stays with its time on every screen, also in a page opened then', async () => {
    await visit(page, '/clusters');
    await expect(rowOf(page, 'train-llm')).toContainText('2 jobs');
    const banner = page.getByRole('region', { name: /^Ray unreachable since \d\d:\d\d/ });
    const free = page.getByRole('region', { name: 'Free nodes' });
    await simulator.setAway(true);
    await expect(banner).toBeVisible();
    await page.reload();
    await expect(banner).toContainText(/What you see is from \d\d:\d\d\./);
    await expect(banner).toContainText('saving needs Ray');
    await expect(free).toContainText('10 free of 24');
    await expect(free).toContainText(/As of \d\d:\d\d\./);
    await expect(rowOf(page, 'serving')).toContainText(/gpu_a10\s*4\s*1 dead/);
    await expect(page.getByText(/^6 clusters · 61 nodes.* · 1 dead.* · as of \d\d:\d\d$/)).toBeVisible();
    for (const screen of ['Node map', 'Journal']) {
      await page.getByRole('link', { name: screen, exact: true }).click();
      await expect(page.getByRole('heading', { name: screen, level: 1 })).toBeVisible();
      await expect(banner).toBeVisible();
    }
    await page.getByRole('link', { name: 'Node map', exact: true }).click();
    const legend = page.getByRole('group', { name: 'States' });
    await expect(legend.getByRole('button', { name: /^Unknown/ })).toContainText(/\b0\b/);
    await expect(page.getByText(/^as of \d\d:\d\d$/)).toBeVisible();
  });
});

test('away from the start: nothing is shown as empty, and the banner names the address and what the console met there', async ({
  page,
}) => {
  const server = await startServer('--ray-address', 'http://127.0.0.1:9');
  try {
    await page.goto(`${server.address}/clusters`);
    await expect(page.getByText("Ray's virtual clusters are not known yet.")).toBeVisible();
    await expect(page.getByText('No virtual clusters yet.')).toBeHidden();
    await visit(page, '/nodes');
    await expect(page.getByRole('region', { name: /^Ray unreachable since/ })).toContainText(
      'http://127.0.0.1:9 refuses connections. Nothing has been read yet.',
    );
  } finally {
    await server.stop();
  }
});
