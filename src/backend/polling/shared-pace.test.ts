import { expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createScriptedRay } from '../../testing/harness/scripted-ray.ts';
import { createFleetStore } from '../fleet/fleet-store.ts';
import { createPoller } from './poller.ts';
import { createSharedPace } from './shared-pace.ts';
import { createWritePriority } from './write-priority.ts';

const MINUTE = 60_000;

/** Rays that share a pace, each with a poller. `mb`: the size of each one's list. */
async function startRays(sizes: readonly number[]) {
  const clock = createHandClock();
  const sharedPace = createSharedPace();
  const all = sizes.map((mb) => {
    const ray = createScriptedRay(clock);
    ray.listBytes = mb * 1e6;
    ray.put('vc', { '4c8g': 2 });
    let ids = 0;
    const store = createFleetStore({ clock, ids: () => `id${String((ids += 1))}`, startedReadOnly: false });
    const poller = createPoller({ ray, store, clock, writePriority: createWritePriority(clock), sharedPace });
    const lists = () => ray.reads.filter(({ name }) => name === 'list').length;
    return { ray, poller, lists };
  });
  await clock.settle();
  return { clock, all };
}

test('many Rays together are read no more often than one as large, and each still after its writes', async () => {
  const { clock, all } = await startRays(Array.from({ length: 20 }, () => 1));
  for (const { poller } of all) poller.addWatcher();
  await clock.advance(MINUTE);
  const before = all.map(({ lists }) => lists());
  await clock.advance(MINUTE);
  // 19 MB of the others at 0.8 MB a second.
  for (const [index, { lists }] of all.entries()) expect(lists() - (before[index] ?? 0)).toBeLessThanOrEqual(4);
  const [first] = all;
  const read = first?.lists() ?? 0;
  first?.poller.refreshAfterWrite();
  await clock.advance(100);
  expect(first?.lists()).toBe(read + 1);
});

test('those that nobody watches slow nobody down who is watched, nor does one that fails', async () => {
  const { clock, all } = await startRays(Array.from({ length: 20 }, () => 1));
  const [watched, failing] = all;
  watched?.poller.addWatcher();
  await clock.advance(MINUTE);
  const before = watched?.lists() ?? 0;
  await clock.advance(MINUTE);
  expect((watched?.lists() ?? 0) - before).toBeGreaterThanOrEqual(19);
  if (failing !== undefined) failing.ray.failing.list = 'timed-out';
  failing?.poller.addWatcher();
  await clock.advance(MINUTE);
  const then = watched?.lists() ?? 0;
  await clock.advance(MINUTE);
  expect((watched?.lists() ?? 0) - then).toBeGreaterThanOrEqual(19);
});
