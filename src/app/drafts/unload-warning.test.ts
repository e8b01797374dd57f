import { expect, test } from 'vitest';
import { warnBeforeUnload } from './unload-warning.ts';
import { createDraftStore, type Draft } from './draft-store.ts';

const newOne: Draft = { clusterId: null, typedId: 'half-ty', divisible: false, base: null, fields: [], sent: null };

/** Whether closing the page now would ask. */
function asks(page: EventTarget): boolean {
  const closing = new Event('beforeunload', { cancelable: true });
  page.dispatchEvent(closing);
  return closing.defaultPrevented;
}

test('closing asks exactly while something typed is unsaved, of a cluster or of a new one', () => {
  const page = new EventTarget();
  const drafts = createDraftStore(null);
  const end = warnBeforeUnload(drafts, page);
  expect(asks(page)).toBe(false);
  drafts.put(newOne);
  drafts.put({ ...newOne, clusterId: 'team' });
  expect(asks(page)).toBe(true);
  drafts.drop('team');
  expect(asks(page)).toBe(true);
  drafts.drop(null);
  expect(asks(page)).toBe(false);
  drafts.put(newOne);
  end();
  expect(asks(page)).toBe(false);
});

test('a draft that an earlier life of the tab left asks from the start', () => {
  const page = new EventTarget();
  const drafts = createDraftStore(null);
  drafts.put(newOne);
  warnBeforeUnload(drafts, page);
  expect(asks(page)).toBe(true);
});

test('a reload asks nobody where all is stored, and asks where it is not', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
  const full = {
    ...storage,
    setItem() {
      throw new Error('QuotaExceededError');
    },
  };
  const asksBeforeReload = (of: typeof storage | null) => {
    const page = new EventTarget();
    const drafts = createDraftStore(of);
    warnBeforeUnload(drafts, page);
    drafts.put(newOne);
    expect(asks(page)).toBe(true);
    drafts.prepareReload();
    return asks(page);
  };
  expect([asksBeforeReload(storage), asksBeforeReload(full), asksBeforeReload(null)]).toEqual([false, true, true]);
});
