import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { field } from './support/editor.ts';
import { expect, test } from './support/fixtures.ts';
import { serveFolder } from './support/file-server.ts';

const root = join(import.meta.dirname, '..');

/** The demonstration in each language, built now, on a server of files alone, in a folder of its own. */
async function serveDemo() {
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'build-demo.mjs')]);
  return serveFolder(join(root, 'dist', 'demo'), '/some/folder/');
}

test('the console, its Ray and a month of its past run in the page, in any folder, and nothing leaves it', async ({
  page,
}) => {
  // It is built twice first, which takes a busy machine minutes.
  test.setTimeout(300_000);
  const host = await serveDemo();
  const wrong: string[] = [];
  page.on('pageerror', ({ message }) => wrong.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  await page.goto(host.address);
  await expect(page.getByText('Demonstration.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Live' })).toBeVisible();
  const icon = page.getByRole('banner').locator('img');
  await expect.poll(() => icon.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);

  // A save goes through the console and its simulated Ray, and comes back by the stream.
  await page.getByRole('button', { name: 'New virtual cluster' }).click();
  await page.getByRole('textbox', { name: 'Virtual cluster ID' }).fill('tried');
  await field(page, '4c8g').fill('2');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByRole('region', { name: 'tried is created' })).toContainText('2 nodes added');
  await expect(page.getByRole('link', { name: 'tried', exact: true })).toBeVisible();

  // A place survives a reload; what was changed does not.
  await page.getByRole('link', { name: 'ci', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'ci', exact: true })).toBeVisible();
  expect(page.url()).toBe(`${host.address}#/clusters/ci`);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'ci', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'tried', exact: true })).toBeHidden();

  // The past, and a file that the console would send.
  await page.getByRole('link', { name: 'Usage' }).click();
  await expect(page.getByText(/^Simulated past until/)).toBeVisible();
  for (const [name, head] of [
    ['Download chart (CSV)', 'time (UTC),virtual cluster,template,held'],
    ['Download summary (CSV)', 'virtual cluster,template,'],
  ] as const) {
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name }).click();
    expect(await readFile(await (await saved).path(), 'utf8')).toContain(head);
  }

  // The other language stands in a folder of its own; the place stays.
  await page.getByRole('button', { name: 'Account and theme' }).click();
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByText('演示。')).toBeVisible();
  await expect(page.getByRole('heading', { name: '用量', level: 1 })).toBeVisible();
  expect(page.url()).toContain(`${host.address}zh-CN/#/usage`);

  expect(wrong).toEqual([]);
  expect(host.asked.filter((path) => !/^\/some\/folder\/(zh-CN\/)?(assets\/[\w.-]+|icon\.svg|)$/.test(path))).toEqual(
    [],
  );
  await page.close();
  await host.close();
});
