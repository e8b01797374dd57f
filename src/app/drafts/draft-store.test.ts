import { expect, test } from 'vitest';
import { clusterOf, poolOf } from '../testing/cluster-fixture.ts';
import { createDraftStore, type Draft } from './draft-store.ts';
import { editDraft, newDraft, saveRequestOf } from './draft.ts';

function storageWith(text: string | null = null) {
  let held = text;
  return { getItem: () => held, setItem: (_key: string, value: string) => void (held = value), text: () => held };
}

const draft = editDraft(clusterOf({ '4c8g': 12 }, { revision: '18446744073709551615' }), 1_000);

test('a draft survives a reload to the letter, with the change that was under way', () => {
  const storage = storageWith();
  const wanted = saveRequestOf(draft);
  const typed: Draft = {
    ...draft,
    fields: [{ templateId: '__proto__', typed: '1e5' }],
    sent: wanted === null ? null : { id: 'c1', wanted },
  };
  createDraftStore(storage).put(typed);
  expect(createDraftStore(storage).get('team')).toEqual(typed);
});

test('a draft of an earlier page comes back, without the telling of the fleet that it began in', () => {
  const storage = storageWith();
  createDraftStore(storage).put({ ...draft, fields: [{ templateId: '4c8g', typed: '14' }] });
  const older = (storage.text() ?? '').replace(',"epoch":null', '');
  expect(older).not.toContain('epoch');
  expect(createDraftStore(storageWith(older)).get('team')).toMatchObject({
    base: { epoch: null },
    fields: [{ typed: '14' }],
  });
});

test('each cluster has its own, and a new one has one, too', () => {
  const store = createDraftStore(storageWith());
  store.put(draft);
  store.put({ ...newDraft(poolOf({})), typedId: 'x' });
  expect([...store.clusterIds()]).toEqual(['team']);
  store.drop('team');
  expect(store.get('team')).toBeNull();
  expect(store.get(null)?.typedId).toBe('x');
});

test('who has a draft is told when one comes or goes, and stays the same object between', () => {
  const store = createDraftStore(storageWith());
  let notifications = 0;
  store.subscribe(() => (notifications += 1));
  store.put(draft);
  const ids = store.clusterIds();
  store.put({ ...draft, typedId: 'more' });
  expect(store.clusterIds()).toBe(ids);
  store.drop('other');
  expect(notifications).toBe(2);
});

test('one broken draft doesn’t take the others with it, and a broken storage is an empty one', () => {
  const storage = storageWith();
  createDraftStore(storage).put(draft);
  const whole: unknown = JSON.parse(storage.text() ?? '');
  const mixed = JSON.stringify([
    { clusterId: 'bad', base: { revision: 17, replicaSets: {}, openedAt: 1 } },
    ...(Array.isArray(whole) ? whole : []),
  ]);
  expect([...createDraftStore(storageWith(mixed)).clusterIds()]).toEqual(['team']);
  expect(createDraftStore(storageWith('<html>')).clusterIds().size).toBe(0);
  expect(createDraftStore(null).clusterIds().size).toBe(0);
});

test('a full storage loses nothing while the tab lives', () => {
  const store = createDraftStore({
    getItem: () => null,
    setItem: () => {
      throw new Error('quota');
    },
  });
  store.put(draft);
  expect(store.get('team')).toEqual(draft);
});
