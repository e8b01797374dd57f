import { expect, test, vi } from 'vitest';
import type { RayNotice } from '../../contract/fleet.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createFleetStore } from './fleet-store.ts';
import { createShownFleet } from './shown-fleet.ts';

function setUp() {
  const clock = createHandClock();
  let epochs = 0;
  const store = createFleetStore({ clock, ids: () => `e${String((epochs += 1))}`, startedReadOnly: false });
  const state: { notice: RayNotice | null } = { notice: null };
  const shown = createShownFleet({ store, clock, pending: () => [], notice: () => state.notice });
  return { store, shown, state };
}

test('a notice makes a new version without a new join, once it is refreshed', () => {
  const { store, shown, state } = setUp();
  const listener = vi.fn<() => void>();
  shown.subscribe(listener);
  const fleet = store.fleet();
  const before = shown.version();
  state.notice = { id: 'n', kind: 'emptied', at: 1, lastSeen: [] };
  shown.refresh();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(shown.version()).not.toBe(before);
  expect(shown.updateSince(before)).toMatchObject({ whole: false, notice: { id: 'n' } });
  expect(store.fleet()).toBe(fleet);
});

test('a refresh that changes nothing makes no version', () => {
  const { shown } = setUp();
  shown.refresh();
  const before = shown.version();
  shown.refresh();
  expect(shown.version()).toBe(before);
});

test('another Ray starts another epoch of versions, for which everything is new', () => {
  const { store, shown } = setUp();
  const before = shown.version();
  store.reset();
  expect(shown.version()).toBe('e2-1');
  expect(shown.updateSince(before).whole).toBe(true);
});
