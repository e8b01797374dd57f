import { axeViolations } from './support/axe.ts';
import { startServer, type RunningServer } from './support/console-server.ts';
import { expect, test as base } from './support/fixtures.ts';

/** A console of several Rays, one of which is not there. */
const test = base.extend<object, { readonly several: RunningServer }>({
  several: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the dependencies from it.
    async ({}, provide) => {
      const rays = ['prod=simulator', 'lab=simulator', 'gone=http://127.0.0.1:9'].flatMap((ray) => ['--ray', ray]);
      const server = await startServer(...rays, '--usage-days', '0');
      await provide(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

test('from the cards to a Ray, from there to the same screen of another one, and back by the palette', async ({
  page,
  several,
}) => {
  await page.goto(several.address);
  const cards = page.getByRole('list', { name: 'Rays of this console' }).getByRole('listitem');
  await expect(cards.filter({ hasText: 'prod' })).toContainText('6 virtual clusters');
  await expect(cards.filter({ hasText: 'gone' })).toContainText(/Ray can't be reached since \d\d:\d\d/);
  expect(await axeViolations(page)).toEqual([]);

  await page.getByRole('link', { name: 'lab' }).click();
  await expect(page).toHaveURL(`${several.address}/rays/lab/`);
  await page.getByRole('link', { name: 'Journal', exact: true }).click();
  // It takes the focus when it has loaded, which would close the menu.
  await expect(page.getByRole('heading', { name: 'Journal', level: 1 })).toBeFocused();
  await page.getByRole('button', { name: 'Ray: lab. Switch' }).click();
  await page.getByRole('link', { name: 'prod' }).click();
  await expect(page).toHaveURL(`${several.address}/rays/prod/journal`);
  await expect(page).toHaveTitle(/ · prod$/);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').getByRole('combobox').fill('all rays');
  await page.getByRole('option', { name: 'All Rays' }).click();
  await expect(page.getByRole('heading', { name: 'Rays', level: 1 })).toBeFocused();

  // Whoever reads Chinese is met by the same page, and chooses for all Rays at once.
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { name: '所有 Ray', level: 1 })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'gone' })).toContainText('无法连接 Ray');
  await page.getByRole('link', { name: 'lab' }).click();
  await expect(page.getByRole('heading', { name: '虚拟集群', level: 1 })).toBeVisible();
});

test('an old link to a Ray that is no longer there leads to those that are, and says so', async ({ page, several }) => {
  const reply = await page.goto(`${several.address}/rays/nowhere/clusters/ci`);
  expect(reply?.status()).toBe(404);
  await expect(page.getByText('This console has no Ray named nowhere.')).toBeVisible();
  await page.getByRole('link', { name: 'lab' }).click();
  await expect(page).toHaveURL(`${several.address}/rays/lab/`);
});
