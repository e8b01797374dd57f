import type { Locator, Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { expect, rowOf, test } from './support/fixtures.ts';
import { saveButton } from './support/editor.ts';
import { startSignInServer, type SignInServer } from './support/sign-in-server.ts';
import { visit } from './support/visit.ts';

// One worker runs them all: another would start a console, too.
test.describe.configure({ mode: 'default' });

let server: SignInServer;
test.beforeAll(async () => {
  server = await startSignInServer();
});
test.afterAll(() => server.stop());

const linkField = (within: Page | Locator) => within.getByRole('textbox', { name: 'Sign-in link' });
const signInHeading = (page: Page) => page.getByRole('heading', { name: 'Sign in', exact: true });

/** Ends the page's session on the server, as signing out in another tab would. */
async function endSession(page: Page): Promise<void> {
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const reply = await fetch(`${server.address}/api/sign-out`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: cookie, 'X-Virtual-Cluster-Console': '1' },
    body: '{}',
  });
  expect(reply.status).toBe(204);
}

test('a session: by a link, once, over reloads, until it ends, also while somebody types', async ({
  page,
  context,
}) => {
  await test.step('a link leads to the list, once; a reload keeps the session; signing out ends it', async () => {
    await page.goto(`${server.address}/clusters`);
    await expect(signInHeading(page)).toBeVisible();
    await expect(linkField(page)).toBeFocused();
    const link = server.link('--name', 'anna');
    await page.goto(link);
    await expect(rowOf(page, 'ci')).toBeVisible();
    expect(page.url()).toBe(`${server.address}/clusters`);
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', expires: -1 });
    await page.reload();
    await expect(rowOf(page, 'ci')).toBeVisible();
    await expect(page.getByText('anna', { exact: true })).toBeVisible();

    const other = await context.browser()?.newPage();
    await other?.goto(link);
    await expect(other?.getByRole('region', { name: /was used before/ }) ?? page.locator('none')).toBeVisible();
    await other?.close();

    await page.getByRole('button', { name: 'Account: anna' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(signInHeading(page)).toBeVisible();
    await page.goto(`${server.address}/clusters`);
    await expect(signInHeading(page)).toBeVisible();
    const old = await fetch(`${server.address}/api/fleet`, {
      headers: { Cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}` },
    });
    expect(old.status).toBe(401);
  });
  await test.step('a session that ends while typing: the page asks to sign in again, and nothing typed is lost', async () => {
    await page.goto(server.link('--name', 'berta'));
    await expect(rowOf(page, 'ci')).toBeVisible();
    await visit(page, '/clusters/ci/edit');
    const typed = page.getByRole('spinbutton').first();
    await typed.fill('7');
    await endSession(page);
    // Nothing has to be pressed: the stream ends with the session.
    const again = page.getByRole('dialog', { name: 'Sign in again' });
    await expect(again).toBeVisible();
    await expect(linkField(again)).toBeFocused();
    await linkField(again).fill(server.link('--name', 'berta'));
    await again.getByRole('button', { name: 'Sign in' }).click();
    await expect(again).toBeHidden();
    await expect(typed).toHaveValue('7');
    await expect(saveButton(page)).toBeEnabled();
  });
});

test('the sign-in screen is accessible in both themes; a pasted link signs in, and a wrong one is rejected', async ({
  page,
}) => {
  await page.goto(`${server.address}/clusters/ci`);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    // Axe must not read the colours of a frame between two themes.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await expect(signInHeading(page)).toBeVisible();
    expect(await axeViolations(page), colorScheme).toEqual([]);
  }
  await linkField(page).fill('http://somewhere/sign-in#wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('region', { name: /is no sign-in link/ })).toBeVisible();
  await linkField(page).fill(server.link());
  await linkField(page).press('Enter');
  await expect(page.getByRole('heading', { name: 'ci', exact: true })).toBeVisible();
  expect(page.url()).toBe(`${server.address}/clusters/ci`);
  await endSession(page);
  await page.reload();
  await expect(signInHeading(page)).toBeVisible();
});

test('rights: an operator of some virtual clusters, and a script by its name', async ({ page }) => {
  await test.step('an operator of some virtual clusters can see the others but not change them, with the reason', async () => {
    await page.goto(server.link('--name', 'carl', '--clusters', 'ci,train-*'));
    await expect(rowOf(page, 'ci')).toBeVisible();
    await visit(page, '/clusters/serving');
    await expect(
      page.getByText('Read-only for you. You may change only virtual clusters named ci or train-*.'),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeDisabled();
    await visit(page, '/clusters/ci');
    await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeEnabled();
    await visit(page, '/new');
    await page.getByRole('textbox', { name: 'Virtual cluster ID' }).fill('mine');
    await expect(page.getByText('You may change only virtual clusters named ci or train-*.')).toBeVisible();
    const refused = await page.evaluate(async () => {
      const headers = { 'Content-Type': 'application/json', 'X-Virtual-Cluster-Console': '1' };
      return (await fetch('/virtual_clusters/serving', { method: 'DELETE', headers })).status;
    });
    expect(refused).toBe(403);
  });
  await test.step("a script's token is its name in the journal", async () => {
    const token = await server.token('--name', 'nightly', '--clusters', 'from-script');
    const reply = await fetch(`${server.address}/virtual_clusters`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({
        virtualClusterId: 'from-script',
        divisible: false,
        replicaSets: { '4c8g': 1 },
        revision: 0,
      }),
    });
    expect(await reply.text()).toContain('from-script');
    await page.goto(server.link('--role', 'viewer'));
    await expect(rowOf(page, 'ci')).toBeVisible();
    await visit(page, '/journal');
    await expect(page.getByRole('row').filter({ hasText: 'nightly' }).first()).toBeVisible();
  });
});

test('under a base path every screen works, reloads included', async ({ page }) => {
  const below = await startSignInServer('--base-path', '/tools/vc/');
  try {
    expect(below.address).toMatch(/\/tools\/vc$/);
    const missing: string[] = [];
    page.on('response', (reply) => {
      if (reply.status() === 404) missing.push(reply.url());
    });
    await page.goto(below.link());
    await rowOf(page, 'ci').getByRole('link', { name: 'ci', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'ci', exact: true })).toBeVisible();
    expect(page.url()).toBe(`${below.address}/clusters/ci`);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'ci', exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Journal', exact: true }).first().click();
    await expect(page.getByRole('heading', { name: 'Journal' })).toBeVisible();
    expect(page.url()).toBe(`${below.address}/journal`);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ path: '/tools/vc/' });
    expect(missing).toEqual([]);
    expect((await fetch(`${new URL(below.address).origin}/api/session`)).status).toBe(404);
  } finally {
    await below.stop();
  }
});
