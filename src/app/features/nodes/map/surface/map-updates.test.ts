import { expect, test, vi } from 'vitest';
import type { MapUpdate } from '../../../../../contract/map.ts';
import { codeOf } from '../layout/map-model.ts';
import { RETRY_DELAY_MS, createMapUpdates } from './map-updates.ts';

const section = { key: 's', clusterId: null, jobClusterId: null, templateId: '4c8g' };
const whole: MapUpdate = {
  version: 'e-1',
  whole: true,
  removed: [],
  sections: [{ ...section, cells: 'ib', slots: 2, changed: [] }],
};
const oneDied: MapUpdate = {
  version: 'e-2',
  whole: false,
  removed: [],
  sections: [{ ...section, cells: null, slots: 2, changed: [[1, 'd']] }],
};

function feedOver(...answers: readonly (MapUpdate | Error)[]) {
  const left = [...answers];
  const ask = vi.fn<(since: string | null) => Promise<MapUpdate>>(async () => {
    const next = left.shift();
    if (next === undefined) throw new Error('asked too often');
    if (next instanceof Error) throw next;
    return next;
  });
  const later: { ms: number; callBack: () => void }[] = [];
  const feed = createMapUpdates({
    fetchUpdate: ask,
    clock: { now: () => 0, after: (ms, callBack) => (later.push({ ms, callBack }), () => undefined) },
  });
  feed.start();
  return { feed, ask, later };
}

test('the first request is for the whole map, later ones for the changes since', async () => {
  const { feed, ask } = feedOver(whole, oneDied);
  feed.follow('e-1');
  await vi.waitFor(() => expect(feed.model.version).toBe('e-1'));
  feed.follow('e-2');
  await vi.waitFor(() => expect(feed.model.version).toBe('e-2'));
  expect(ask.mock.calls.map(([since]) => since)).toEqual([null, 'e-1']);
  expect([...(feed.model.sections.get('s')?.cells.subarray(0, 2) ?? [])]).toEqual([codeOf('free'), codeOf('dead')]);
});

test('the current version is not requested again', async () => {
  const { feed, ask } = feedOver(whole);
  feed.follow('e-1');
  await vi.waitFor(() => expect(feed.model.version).toBe('e-1'));
  feed.follow('e-1');
  feed.follow('e-1');
  expect(ask).toHaveBeenCalledTimes(1);
});

test('a reply newer than requested is not requested again', async () => {
  const { feed, ask } = feedOver({ ...whole, version: 'e-7' });
  feed.follow('e-5');
  await vi.waitFor(() => expect(feed.model.version).toBe('e-7'));
  expect(ask).toHaveBeenCalledTimes(1);
});

test('after a restart it continues from the version that it has', async () => {
  const { feed, ask } = feedOver(whole, oneDied, oneDied);
  feed.follow('e-1');
  await vi.waitFor(() => expect(feed.model.version).toBe('e-1'));
  const stop = feed.start();
  feed.follow('e-2');
  stop();
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  expect(feed.model.version).toBe('e-1');
  feed.start();
  await vi.waitFor(() => expect(feed.model.version).toBe('e-2'));
});

test('a failed request reports why, leaves the map unchanged, and is retried', async () => {
  const { feed, later } = feedOver(whole, new Error('no answer'), oneDied);
  feed.follow('e-1');
  await vi.waitFor(() => expect(feed.model.version).toBe('e-1'));
  feed.follow('e-2');
  await vi.waitFor(() => expect(feed.failure()?.message).toBe('no answer'));
  expect(feed.model.version).toBe('e-1');
  expect(later.map(({ ms }) => ms)).toEqual([RETRY_DELAY_MS]);
  later[0]?.callBack();
  await vi.waitFor(() => expect(feed.model.version).toBe('e-2'));
  expect(feed.failure()).toBeNull();
});
