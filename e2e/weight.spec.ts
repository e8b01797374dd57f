import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { askedBeforeList, noteWhenListIsThere } from './support/before-list.ts';
import { expect, test } from './support/fixtures.ts';

const built = join(import.meta.dirname, '..', 'dist', 'app');
const MAX_BYTES = 150_000;

function isScript(path: string): boolean {
  return path.endsWith('.js');
}

/** The paths of the scripts that were asked for before the list was there. */
async function scriptsBeforeList(page: Page): Promise<readonly string[]> {
  const urls = await askedBeforeList(page);
  return [...new Set(urls.map((url) => new URL(url).pathname).filter(isScript))];
}

test('at most 150 kB of JavaScript, brotli, until the list is usable; rarely used screens are loaded when they are opened; nothing comes from elsewhere', async ({
  page,
  server,
}) => {
  await expectLightList(page, server.address, 'Journal');
});

test('scripts import each other in no circle; the map and the journal come without charts, and they and usage without menus', async () => {
  const scripts = (await readdir(join(built, 'assets'))).filter(isScript);
  const imports = new Map(
    await Promise.all(
      scripts.map(async (name) => {
        const code = await readFile(join(built, 'assets', name), 'utf8');
        return [name, [...code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map(([, to = '']) => to)] as const;
      }),
    ),
  );
  /** All that a script needs before it runs; a script that needs itself is in a circle. */
  const neededBy = (name: string) => {
    const needed = new Set<string>();
    const todo = [...(imports.get(name) ?? [])];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (!needed.has(next)) todo.push(...(imports.get(next) ?? []));
      needed.add(next);
    }
    return [...needed];
  };
  expect(scripts.filter((name) => neededBy(name).includes(name))).toEqual([]);
  const needs = (page: string, what: RegExp) => {
    const names = scripts.filter((name) => name.startsWith(page));
    expect(names).not.toEqual([]);
    return names.flatMap(neededBy).filter((name) => what.test(name));
  };
  expect(needs('nodes-screen', /^(?:overlays|charts)-/)).toEqual([]);
  expect(needs('journal-page', /^(?:overlays|charts)-/)).toEqual([]);
  expect(needs('usage-page', /^overlays-/)).toEqual([]);
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('no more either, and none of the English words', async ({ page, server }) => {
    const scripts = await expectLightList(page, server.address, '变更日志');
    const code = await Promise.all(scripts.map(async (path) => readFile(join(built, path), 'utf8')));
    expect(code.join('').includes('新建虚拟集群')).toBe(true);
    expect(code.join('').includes('New virtual cluster')).toBe(false);
  });
});

/** Opens the list, then the journal by the name of its link, and tells which scripts the list needed. */
async function expectLightList(page: Page, address: string, journal: string): Promise<readonly string[]> {
  const asked: URL[] = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  await noteWhenListIsThere(page);
  await page.goto('/clusters');
  await expect(page.getByRole('link', { name: 'train-llm', exact: true })).toBeVisible();

  const scripts = await scriptsBeforeList(page);
  expect(scripts.length).toBeGreaterThan(0);
  const sizes = await Promise.all(
    scripts.map(async (path) => brotliCompressSync(await readFile(join(built, path))).byteLength),
  );
  const all = sizes.reduce((sum, size) => sum + size, 0);
  test
    .info()
    .annotations.push({ type: 'weight', description: `${String(all)} bytes in ${String(scripts.length)} scripts` });
  expect(all, scripts.map((path, index) => `${path}: ${String(sizes[index])}`).join('\n')).toBeLessThanOrEqual(
    MAX_BYTES,
  );

  const before = new Set(asked.map(({ pathname }) => pathname));
  await page.getByRole('link', { name: journal, exact: true }).click();
  await expect(page.getByRole('heading', { name: journal })).toBeVisible();
  expect(asked.some(({ pathname }) => isScript(pathname) && !before.has(pathname))).toBe(true);

  expect(
    asked
      .filter(({ origin, protocol }) => protocol !== 'data:' && protocol !== 'blob:' && origin !== address)
      .map(String),
  ).toEqual([]);
  return scripts;
}
