import type { APIRequestContext } from '@playwright/test';
import { expect, rowOf, test } from './support/fixtures.ts';
import { field, openEditor, saveButton } from './support/editor.ts';
import { visit } from './support/visit.ts';

// Each test has a virtual cluster of its own, since the journal also holds the other tests' changes.
let id = '';

test.beforeEach(async ({ simulator }, { testId }) => {
  id = `lost-${testId.slice(-8)}`;
  await simulator.reset({ templates: { '4c8g': 6 } });
  await simulator.createCluster(id, false, { '4c8g': 2 });
});

/** The results of the page's changes to the virtual cluster, newest first. */
async function outcomes(request: APIRequestContext): Promise<readonly (string | null)[]> {
  const { changes }: { changes: { by: string; result: { kind: string } | null }[] } = await (
    await request.get(`/api/changes?cluster=${id}`)
  ).json();
  return changes.filter(({ by }) => by === 'page').map(({ result }) => result?.kind ?? null);
}

test('a save that never arrived is sent again as a new change, and one that arrives late is refused', async ({
  page,
  context,
  request,
  simulator,
}) => {
  await test.step('offline: never called failed, the form as typed; online again it is found that nothing was sent, and sent as a new change', async () => {
    // The panel that shows the result, too, has loaded its code: a browser never loads again what failed once.
    await visit(page, `/clusters/${id}`);
    await page.getByRole('heading', { name: id, exact: true }).waitFor();
    await openEditor(page, id);
    await field(page, '4c8g').fill('4');
    await context.setOffline(true);
    await saveButton(page).click();
    const region = page.getByRole('region', { name: 'Not known yet' });
    await expect(region).toBeVisible();
    await expect(region).not.toContainText(/fail/i);
    await expect(field(page, '4c8g')).toHaveValue('4');
    await context.setOffline(false);
    await region.getByRole('button', { name: 'Check again' }).click();
    const notSent = page.getByRole('region', { name: 'Not sent' });
    await notSent.getByRole('button', { name: 'Send again' }).click();
    await expect(page.getByRole('region', { name: `${id} is saved` })).toBeVisible();
    expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 4 });
    expect(await outcomes(request)).toEqual(['applied']);
  });
  await test.step('a save that arrives after it was given up is refused, and nothing is sent to Ray', async () => {
    id = `${id}-late`;
    await simulator.createCluster(id, false, { '4c8g': 1 });
    await openEditor(page, id);
    let late = (): Promise<number> => Promise.reject(new Error('nothing was sent'));
    await page.route('**/api/changes/*', async (route) => {
      const sent = route.request();
      if (sent.method() !== 'PUT') return route.continue();
      const [headers, data] = [await sent.allHeaders(), sent.postData() ?? ''];
      late = async () => (await request.put(sent.url(), { headers, data })).status();
      await route.abort('connectionreset');
    });
    await field(page, '4c8g').fill('2');
    await saveButton(page).click();
    await page.getByRole('region', { name: 'Not known yet' }).getByRole('button', { name: 'Check again' }).click();
    await expect(page.getByRole('region', { name: 'Not sent' })).toContainText('nothing was or will be sent to Ray');
    expect([await late(), await late()]).toEqual([409, 409]);
    expect(await outcomes(request)).toEqual([]);
    expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 1 });
  });
});

test('an answer that is lost on its way to the page is looked for', async ({ page, request, simulator }) => {
  await test.step("a proxy's error page in place of the answer, after the console took it: found, told as done, and sent once", async () => {
    await openEditor(page, id);
    await page.route('**/api/changes/*', async (route) => {
      if (route.request().method() === 'PUT') await route.fetch();
      await route.fulfill({ status: 502, contentType: 'text/html', body: '<html><h1>502 Bad Gateway</h1></html>' });
    });
    await field(page, '4c8g').fill('4');
    await saveButton(page).click();
    const region = page.getByRole('region', { name: 'Not known yet' });
    await expect(region).toBeVisible();
    await expect(page.getByText('Bad Gateway')).toHaveCount(0);
    await page.unroute('**/api/changes/*');
    await region.getByRole('button', { name: 'Check again' }).click();
    await expect(page.getByRole('region', { name: `${id} is saved` })).toBeVisible();
    expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 4 });
    expect(await outcomes(request)).toEqual(['applied']);
  });
  await test.step('a connection that is reset after the console took it: the page looks by itself and finds it', async () => {
    id = `${id}-reset`;
    await simulator.createCluster(id, false, { '4c8g': 1 });
    await openEditor(page, id);
    await page.route(
      '**/api/changes/*',
      async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
    await field(page, '4c8g').fill('2');
    await saveButton(page).click();
    await expect(page.getByRole('region', { name: `${id} is saved` })).toBeVisible();
    expect(await outcomes(request)).toEqual(['applied']);
  });
});

test('a save on its way outlives a reload and a way back', async ({ page, request, simulator }) => {
  await test.step('a reload while a save is on its way: it is taken up under its id, and is one change', async () => {
    await openEditor(page, id);
    await field(page, '4c8g').fill('4');
    await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'delay', ms: 1_500, times: 1 });
    await saveButton(page).click();
    await expect(page.getByRole('button', { name: 'Saving…' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('region', { name: `${id} is saved` })).toBeVisible();
    expect((await simulator.cluster(id))?.replicaSets).toEqual({ '4c8g': 4 });
    expect(await outcomes(request)).toEqual(['applied']);
  });
  await test.step('back while a save is on its way, and forward again: it is one change, and no screen says otherwise', async () => {
    id = `${id}-back`;
    await simulator.createCluster(id, false, { '4c8g': 1 });
    await visit(page, `/clusters/${id}`);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await field(page, '4c8g').fill('2');
    await simulator.faults({ method: 'POST', path: '/virtual_clusters', kind: 'delay', ms: 1_500, times: 1 });
    await saveButton(page).click();
    await expect(page.getByRole('button', { name: 'Saving…' })).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(new RegExp(`/clusters/${id}$`));
    await expect(rowOf(page, id)).toContainText(/4c8g\s*2/);
    await page.goForward();
    await expect(
      page.getByRole('region', { name: `${id} is saved` }).or(page.getByRole('heading', { name: `Edit ${id}` })),
    ).toBeVisible();
    await expect(rowOf(page, id)).toContainText(/4c8g\s*2/);
    expect(await outcomes(request)).toEqual(['applied']);
  });
});
