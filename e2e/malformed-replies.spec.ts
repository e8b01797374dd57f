import { test as base, expect, rowOf } from './support/fixtures.ts';
import { field, saveButton } from './support/editor.ts';
import { StubRay, type StubReply } from './support/stub-ray.ts';
import { startServer, type RunningServer } from './support/console-server.ts';
import { visit } from './support/visit.ts';

const R = '1734141542694433731';

interface Odd {
  readonly ray: StubRay;
  /** Starts the console over it; its address. */
  readonly start: () => Promise<string>;
}

/** A stub Ray with scripted replies, and a console over it. */
const test = base.extend<{ readonly odd: Odd }>({
  odd: async ({ page }, provide) => {
    const ray = await StubRay.start();
    ray.addFree('4c8g', 3);
    ray.addCluster('team', R, '4c8g', 2);
    let server: RunningServer | null = null;
    const start = async () => {
      server = await startServer('--ray-address', ray.address);
      return server.address;
    };
    await provide({ ray, start });
    await page.close();
    await stopped(server);
    await ray.stop();
  },
});

const stopped = (server: RunningServer | null) => server?.stop();

const list = 'GET /virtual_clusters';
const row = (changed: string) => ({
  body: `{"result": true, "msg": "All virtual clusters fetched.", "data": {"virtualClusters": [{"virtualClusterId": "team", "divisible": "false", "isRemoved": false, "nodeInstances": {}, "revision": ${R}, ${changed}}]}}`,
});

// Which replies are unreadable is tested with the decoder, `src/ray/decode/sources.test.ts`; here, what the page makes of each sort.
const nonsense: Readonly<Record<string, readonly StubReply[]>> = {
  'what is no JSON': [
    { status: 502, contentType: 'text/html', body: '<html><body><h1>502 Bad Gateway</h1></body></html>' },
  ],
  'what was cut': [{ body: '{"result": true, "msg": "All', cut: true }],
  'a wrong type': [row('"nodeInstances": [1, 2]')],
  'a revision beyond 64 bits': [row('"revision": 18446744073709551616')],
  'more than its limit': [
    { body: '{"result": true, "msg": "", "data": {"virtualClusters": []}}', announced: 65 * 1024 * 1024 },
  ],
};

test('a malformed list: it is reported, the last data stays, and the page recovers', async ({ page, request, odd }) => {
  test.setTimeout(180_000);
  const address = await odd.start();
  await page.goto(`${address}/clusters`);
  await expect(rowOf(page, 'team')).toContainText(/4c8g\s*2/);
  const message = page.getByRole('region', {
    name: /^(Ray's list can't be read|Ray fails|Ray unreachable) since \d\d:\d\d/,
  });
  const live = page.getByRole('status').filter({ hasText: /^Live$/ });
  // A write makes the console read at once, even a source that it polls rarely because of its size.
  const look = () => request.delete(`${address}/virtual_clusters/none`, { maxRetries: 2 });
  const meets = async (answer: StubReply, notice: () => Promise<unknown>) => {
    odd.ray.say(list, answer);
    await notice();
    await expect(message).toBeVisible();
    await expect(message).toContainText('What you see is from');
    await expect(rowOf(page, 'team')).toContainText(/4c8g\s*2/);
    await expect(page.getByText('No virtual clusters yet.')).toHaveCount(0);
    odd.ray.say(list, null);
    await notice();
    // A costly source is polled again after ten times its cost, and on a busy machine every read is costly.
    await expect(message).toBeHidden({ timeout: 90_000 });
    await expect(live).toHaveCount(1);
  };
  for (const [what, answers] of Object.entries(nonsense)) {
    await test.step(what, async () => {
      for (const answer of answers) await meets(answer, look);
    });
  }
  await test.step('found, and left, by its own looking', () => meets({ body: '' }, () => Promise.resolve()));
});

test('malformed from the start, the list or all the rest: nothing is shown as empty, and what is missing is unknown', async ({
  page,
  odd,
}) => {
  await test.step('malformed from the start: nothing is shown as empty, and nothing is offered as if it were known', async () => {
    const html = { status: 502, contentType: 'text/html', body: '<html>Bad Gateway</html>' };
    for (const call of otherCalls) odd.ray.say(call, html);
    odd.ray.say(list, { body: '<html>', contentType: 'text/html' });
    await page.goto(`${await odd.start()}/clusters`);
    await expect(page.getByRole('region', { name: /^Ray's list can't be read since/ })).toBeVisible();
    await expect(page.getByText("Ray's virtual clusters are not known yet.")).toBeVisible();
    odd.ray.say(list, null);
    await expect(rowOf(page, 'team')).toBeVisible();
  });
  await test.step('the other sources are malformed: the list still works, and missing values are unknown, never zero', async () => {
    await expect(rowOf(page, 'team')).toContainText(/4c8g\s*2/);
    await expect(rowOf(page, 'team')).toContainText('unknown');
    await expect(page.getByRole('region', { name: 'Free nodes' })).not.toContainText(/\b(0|none) free/);
    for (const call of otherCalls) odd.ray.say(call, null);
    await expect(page.getByRole('region', { name: 'Free nodes' })).toContainText('3 free of 5');
    await expect(rowOf(page, 'team')).toContainText('No jobs');
  });
});

/** How the console reads Ray beside its list. */
const otherCalls = [
  'GET /api/v0/vclusters',
  'GET /api/v0/nodes',
  'GET /nodes',
  'GET /api/v0/actors',
  'GET /api/jobs/',
  'GET /api/version',
] as const;

test('a malformed reply to a save, and markup in any reply', async ({ page, odd }) => {
  await test.step('a malformed reply to a save: unknown, the form unchanged, and found once Ray replies properly', async () => {
    await page.goto(`${await odd.start()}/clusters/team/edit`);
    await field(page, '4c8g').fill('4');
    odd.ray.say('POST /virtual_clusters', { body: '{"result": true, "data": ' });
    await saveButton(page).click();
    const region = page.getByRole('region', { name: 'Not known yet' });
    await expect(region).toBeVisible();
    await expect(region).not.toContainText(/fail/i);
    await expect(field(page, '4c8g')).toHaveValue('4');
    odd.ray.say('POST /virtual_clusters', null);
    await region.getByRole('button', { name: 'Go on editing' }).click();
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: 'team is saved' })).toBeVisible();
  });
  await test.step('markup in Ray’s replies stays text', async () => {
    odd.ray.addCluster('<img src=x onerror=alert(1)>', R, '<b>4c8g</b>', 1);
    let alerted = false;
    page.on('dialog', (dialog) => {
      alerted = true;
      void dialog.dismiss();
    });
    await visit(page, '/clusters');
    await page.getByRole('link', { name: '<img src=x onerror=alert(1)>', exact: true }).click();
    await expect(
      page.getByRole('article', { name: '<img src=x onerror=alert(1)>' }).getByRole('region', { name: 'Replica sets' }),
    ).toContainText('<b>4c8g</b>');
    expect(alerted).toBe(false);
  });
});

test('a nightly whose every virtual-cluster route fails: read-only, with the reason', async ({ page, odd }) => {
  const traceback = `{"result": false, "msg": "Traceback (most recent call last):\\n  File \\"x.py\\", line 1\\nTypeError: rest_response() missing 1 required positional argument: 'status_code'", "data": {}}`;
  odd.ray.say(list, { status: 500, body: traceback });
  await page.goto(`${await odd.start()}/clusters`);
  await expect(page.getByRole('region', { name: "Read-only: this Ray's list can't be read" })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New virtual cluster' }).first()).toBeDisabled();
  await expect(page.getByText('Traceback')).toHaveCount(0);
});
