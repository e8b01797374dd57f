import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, rowOf } from './support/fixtures.ts';
import { field, saveButton } from './support/editor.ts';
import { StubRay } from './support/stub-ray.ts';
import { startServer, type RunningServer } from './support/console-server.ts';

/** A console whose Ray and journal survive its restart. */
interface Restartable {
  readonly ray: StubRay;
  readonly address: string;
  /** Stops it and starts it again at the same address. */
  restart(): Promise<void>;
}

const test = base.extend<{ readonly console: Restartable }>({
  console: async ({ page }, provide) => {
    const ray = await StubRay.start();
    ray.addFree('4c8g', 3);
    ray.addCluster('team', '1734141542694433731', '4c8g', 2);
    const data = await mkdtemp(join(tmpdir(), 'virtual-cluster-console-e2e-restart-'));
    const start = (...more: readonly string[]) =>
      startServer('--ray-address', ray.address, '--data-dir', data, ...more);
    let server: RunningServer = await start();
    const { address } = server;
    await provide({
      ray,
      address,
      async restart() {
        await server.stop();
        server = await start('--port', new URL(address).port);
      },
    });
    await page.close();
    await server.stop();
    await ray.stop();
    await rm(data, { recursive: true, force: true });
  },
});

test('a change and a waiting deletion outlive a restart of the console', async ({ page, request, console }) => {
  await test.step('one change id is one write, over a restart of the console too', async () => {
    await page.goto(`${console.address}/clusters/team/edit`);
    await field(page, '4c8g').fill('3');
    // The console and Ray carry it out, but the page never gets the reply.
    let sent: { readonly url: string; readonly body: string } | null = null;
    await page.route('**/api/changes/*', async (route) => {
      if (route.request().method() === 'PUT') {
        sent = { url: route.request().url(), body: route.request().postData() ?? '' };
        await route.fetch();
      }
      await route.abort();
    });
    await saveButton(page).click();
    const region = page.getByRole('region', { name: 'Not known yet' });
    await expect(region).toBeVisible();
    await console.restart();
    // A client or a proxy sends the identical request again.
    const { url, body } = sent ?? { url: '', body: '' };
    const again = await request.put(url, {
      headers: { 'Content-Type': 'application/json', Origin: console.address, 'X-Virtual-Cluster-Console': '1' },
      data: body,
    });
    expect(await again.json()).toMatchObject({ result: { kind: 'applied' } });
    await page.unroute('**/api/changes/*');
    await region.getByRole('button', { name: 'Check again' }).click();
    await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
    expect(console.ray.saves).toHaveLength(1);
  });
  await test.step('a deletion that waits is still there after a restart of the console, and is cancelled there', async () => {
    await page.goto(`${console.address}/clusters/team`);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete team' });
    await dialog.getByRole('textbox').fill('team');
    await dialog.getByRole('button', { name: 'Delete when idle' }).click();
    const notice = page.getByRole('region', { name: 'Will be deleted when idle' });
    await expect(notice).toBeVisible();
    await console.restart();
    await page.goto(`${console.address}/clusters/team`);
    await notice.getByRole('button', { name: 'Cancel' }).click();
    await expect(notice).toHaveCount(0);
    await expect(rowOf(page, 'team')).not.toContainText('Will be deleted');
    await expect(page.getByRole('region', { name: 'History' })).toContainText('Cancelled');
  });
  await test.step('a change of which nobody can know any more what became of it needs attention, and Look leads to it', async () => {
    await page.goto(`${console.address}/clusters/team/edit`);
    await field(page, '4c8g').fill('4');
    console.ray.say('POST /virtual_clusters', { body: '', status: 502 });
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'Not known yet' })).toBeVisible();
    // Another session: that Ray knows nothing of what was sent to the one before.
    console.ray.say('GET /api/version', { body: '{"ray_version": "2.44.1.1", "session_name": "another_session"}' });
    await console.restart();
    const asked: string[] = [];
    page.on('request', (each) => asked.push(new URL(each.url()).pathname));
    await page.goto(`${console.address}/clusters`);
    const attention = page.getByRole('region', { name: 'Needs attention' });
    await expect(
      attention.getByRole('listitem').filter({ hasText: /team 1 change whose outcome can't be known/ }),
    ).toBeVisible();
    expect(asked.filter((path) => path === '/api/changes')).toHaveLength(1);
    await attention.getByRole('link', { name: 'Look at the changes of team in the journal' }).click();
    await expect(page.getByRole('combobox', { name: 'Outcome' })).toHaveValue('cannot-be-known');
    await expect(page.getByRole('row').filter({ hasText: "Can't be known" })).toHaveCount(1);
    await page.goBack();
    await expect(attention.getByRole('link', { name: 'Look at the changes of team in the journal' })).toBeFocused();
  });
});
