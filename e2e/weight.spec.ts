import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

const built = join(import.meta.dirname, '..', 'dist', 'app');
const MOST_BYTES = 150_000;

/** The paths of the scripts that the page requested. */
function isScript(path: string): boolean {
  return path.endsWith('.js');
}

test('at most 150 kB of JavaScript, brotli, until the list is usable; nothing is loaded from elsewhere', async ({
  page,
  server,
}) => {
  await expectLightList(page, server.address);
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('no more either, and none of the English words', async ({ page, server }) => {
    const scripts = await expectLightList(page, server.address);
    const code = await Promise.all(scripts.map(async (path) => readFile(join(built, path), 'utf8')));
    expect(code.join('').includes('新建虚拟集群')).toBe(true);
    expect(code.join('').includes('New virtual cluster')).toBe(false);
  });
});

/** Opens the list, and tells which scripts it needed. */
async function expectLightList(page: Page, address: string): Promise<readonly string[]> {
  const asked: URL[] = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  await page.goto('/clusters');
  await expect(page.getByRole('link', { name: 'train-llm', exact: true })).toBeVisible();

  const scripts = [...new Set(asked.map(({ pathname }) => pathname).filter(isScript))];
  expect(scripts.length).toBeGreaterThan(0);
  const sizes = await Promise.all(
    scripts.map(async (path) => brotliCompressSync(await readFile(join(built, path))).byteLength),
  );
  const all = sizes.reduce((sum, size) => sum + size, 0);
  test
    .info()
    .annotations.push({ type: 'weight', description: `${String(all)} bytes in ${String(scripts.length)} scripts` });
  expect(all, scripts.map((path, index) => `${path}: ${String(sizes[index])}`).join('\n')).toBeLessThanOrEqual(
    MOST_BYTES,
  );

  expect(
    asked
      .filter(({ origin, protocol }) => protocol !== 'data:' && protocol !== 'blob:' && origin !== address)
      .map(String),
  ).toEqual([]);
  return scripts;
}

test('rarely used screens are loaded when they are opened, from the console itself', async ({ page, server }) => {
  await page.goto('/clusters');
  await expect(page.getByRole('link', { name: 'train-llm', exact: true })).toBeVisible();
  const asked: URL[] = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  await page.getByRole('link', { name: 'Journal' }).click();
  await expect(page.getByRole('heading', { name: 'Journal' })).toBeVisible();
  expect(asked.some(({ pathname }) => isScript(pathname))).toBe(true);
  expect(asked.every(({ origin }) => origin === server.address)).toBe(true);
});
