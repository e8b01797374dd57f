// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { sessionStorageOrNull } from '../browser-storage.ts';
import { createDraftStore } from '../drafts/draft-store.ts';
import { chooseLanguage } from './choose-language.ts';

afterEach(() => {
  document.head.replaceChildren();
  window.sessionStorage.clear();
  vi.restoreAllMocks();
});

function live(content: string) {
  document.head.replaceChildren(Object.assign(document.createElement('meta'), { name: 'base-path', content }));
}

test.each([
  ['the only Ray, at the root', '/', '/'],
  ['the only Ray, below a path', '/vc/', '/vc/'],
  ['one of several', '/rays/prod/', '/'],
  ['one of several, below a path', '/vc/rays/prod/', '/vc/'],
  ['the page above them', '/vc/', '/vc/'],
])('a language is chosen for the whole console: %s', (_, base, path) => {
  live(base);
  const kept = vi.spyOn(document, 'cookie', 'set').mockImplementation(() => undefined);
  const reload = vi.fn<() => void>();
  vi.stubGlobal('location', { reload });
  chooseLanguage('zh-CN');
  expect(kept.mock.calls[0]?.[0]).toContain(`=zh-CN; Path=${path};`);
  expect(reload).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});

test('what is typed in one Ray is there again after the switch, and what is typed in another one, too', () => {
  const stores = () =>
    ['/rays/prod/', '/rays/lab/'].map((base) => {
      live(base);
      const storage = sessionStorageOrNull();
      // The storage reads where the page lives at each call.
      return { base, storage, drafts: createDraftStore(storage) };
    });
  const typed = (id: string) => ({
    clusterId: null,
    typedId: id,
    divisible: false,
    base: null,
    fields: [],
    sent: null,
  });
  for (const { base, drafts } of stores()) {
    live(base);
    drafts.put(typed(`of ${base}`));
    drafts.putText('note', base);
    drafts.prepareReload();
    expect(drafts.mayLeave()).toBe(true);
  }
  for (const { base, drafts } of stores()) {
    live(base);
    expect(drafts.get(null)?.typedId).toBe(`of ${base}`);
    expect(drafts.textOf('note')).toBe(base);
  }
});
