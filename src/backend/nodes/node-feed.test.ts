import { expect, test } from 'vitest';
import { createNodeFeed } from './node-feed.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { nodeOf, snapshotOf } from '../../testing/harness/fleet-snapshots.ts';

test('wakes once when a node stops arriving, and not after it was closed or reset', async () => {
  const clock = createHandClock();
  let woken = 0;
  const feed = createNodeFeed({ clock, wake: () => (woken += 1) });
  const take = (...ids: readonly string[]) =>
    feed.update(
      snapshotOf(
        ids.map((id) => nodeOf(id)),
        { at: clock.now() },
      ),
    );
  const start = () => {
    feed.reset('e');
    take('a');
    // Nobody needs to know before the map was asked for.
    feed.registry();
    take('a', 'b');
  };
  start();
  await clock.advance(59_999);
  take('a', 'b');
  expect(woken).toBe(0);
  await clock.advance(1);
  expect(woken).toBe(1);
  expect(take('a', 'b')).toEqual({ map: 3, lately: 1 });
  expect(clock.waiting()).toBe(0);

  start();
  expect(clock.waiting()).toBe(1);
  feed.reset('f');
  expect(clock.waiting()).toBe(0);
  expect(take('a', 'b')).toEqual({ map: 1, lately: 0 });

  start();
  feed.close();
  expect(clock.waiting()).toBe(0);
});
