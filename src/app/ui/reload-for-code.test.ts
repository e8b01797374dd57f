import { expect, test } from 'vitest';
import { RELOAD_INTERVAL_MS, reloadForCode, type ReloadedPage } from './reload-for-code.ts';

/** A page that counts its reloads; `now` and `isServed` may be changed. */
function createPage() {
  const kept = new Map<string, string>();
  const page = {
    time: 1_000_000,
    isServed: true,
    reloads: 0,
    now: () => page.time,
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    } satisfies ReloadedPage['storage'],
    fetchHead: () => (page.isServed ? Promise.resolve() : Promise.reject(new Error('away'))),
    reload: () => (page.reloads += 1),
  };
  return page;
}

test('a page reloads by itself at most once a minute, and whenever a person asks', async () => {
  const page = createPage();
  await reloadForCode(false, page);
  await reloadForCode(false, page);
  expect(page.reloads).toBe(1);
  await reloadForCode(true, page);
  expect(page.reloads).toBe(2);
  page.time += RELOAD_INTERVAL_MS;
  await reloadForCode(false, page);
  expect(page.reloads).toBe(3);
});

test('while nobody serves the page it is not reloaded, which would lose it, and that does not count', async () => {
  const page = createPage();
  page.isServed = false;
  await reloadForCode(false, page);
  await reloadForCode(true, page);
  expect(page.reloads).toBe(0);
  page.isServed = true;
  await reloadForCode(false, page);
  expect(page.reloads).toBe(1);
});

test('without storage a page never reloads by itself', async () => {
  const page = createPage();
  await reloadForCode(false, { ...page, storage: null });
  expect(page.reloads).toBe(0);
});
