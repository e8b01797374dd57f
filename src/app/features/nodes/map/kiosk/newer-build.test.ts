import { expect, test, vi } from 'vitest';
import { createHandClock } from '../../../../../testing/harness/hand-clock.ts';
import { BUILD_CHECK_MS, followBuilds, isAnotherBuild } from './newer-build.ts';

const own = ['https://console.example/vc/assets/preload-A1.js', 'https://console.example/vc/assets/index-B2.js'];
const pageOf = (...scripts: readonly string[]) =>
  scripts.map((name) => `<script type="module" src="/vc/assets/${name}"></script>`).join('');

test('another build is a page with a script that this one does not run', () => {
  expect(isAnotherBuild(own, pageOf('preload-A1.js', 'index-B2.js'))).toBe(false);
  expect(isAnotherBuild(own, pageOf('preload-A1.js', 'index-C3.js'))).toBe(true);
  // A proxy's sign-in page, and an error without a text.
  expect(isAnotherBuild(own, '<h1>Sign in</h1>')).toBe(false);
  expect(isAnotherBuild(own, '')).toBe(false);
});

test('the page is looked at again and again, also after a failure, and reloaded once', async () => {
  const clock = createHandClock();
  const reload = vi.fn<() => void>();
  const fetchPage = vi.fn<() => Promise<string>>();
  fetchPage.mockResolvedValueOnce(pageOf('index-B2.js')).mockRejectedValueOnce(new Error('away'));
  fetchPage.mockResolvedValue(pageOf('index-C3.js'));
  followBuilds({ clock, page: { ownScripts: () => own, fetchPage, reload } });
  await clock.advance(2 * BUILD_CHECK_MS - 1);
  expect([fetchPage.mock.calls.length, reload.mock.calls.length]).toEqual([2, 0]);
  await clock.advance(1);
  expect(reload).toHaveBeenCalledOnce();
  await clock.advance(10 * BUILD_CHECK_MS);
  expect(reload).toHaveBeenCalledOnce();
});

test('once it is stopped, an answer that was under way reloads nothing', async () => {
  const clock = createHandClock();
  const reload = vi.fn<() => void>();
  const stop = followBuilds({
    clock,
    page: { ownScripts: () => own, fetchPage: () => Promise.resolve(pageOf('index-C3.js')), reload },
  });
  stop();
  await clock.advance(BUILD_CHECK_MS);
  expect(reload).not.toHaveBeenCalled();
  expect(clock.waiting()).toBe(0);
});
