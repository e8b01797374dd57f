import { describe, expect, test } from 'vitest';
import type { SaveChange } from '../../domain/change.ts';
import { consolePerTest } from '../../testing/harness/test-console.ts';

const sets = { '4c8g': 2 };
const on = consolePerTest(sets);

const create: SaveChange = { kind: 'save', clusterId: 'new', divisible: false, base: null, want: { '4c8g': 1 } };
const edit = (): SaveChange => ({
  kind: 'save',
  clusterId: 'vc',
  divisible: false,
  base: { revision: on.revision, replicaSets: sets },
  want: { '4c8g': 3 },
});

/** Sends a write that Ray takes `ms` for. */
function sendSlowly(ms: number): Promise<Response> {
  on.ray.hold = () => new Promise((resolve) => on.clock.after(ms, resolve));
  return on.console.change(1, create);
}

describe('while a write is under way', () => {
  test('a poll that falls due begins after it', async () => {
    await on.console.fleet();
    await on.clock.advance(2_960);
    const before = on.ray.reads.length;
    const begun = on.clock.now();
    const reply = sendSlowly(100);
    await on.clock.advance(104);
    expect(on.ray.reads.length).toBe(before);
    on.ray.hold = () => Promise.resolve();
    await on.clock.advance(1);
    expect(on.ray.reads.slice(before).map(({ name, at }) => [name, at - begun])).toContainEqual(['list', 105]);
    expect((await reply).status).toBe(200);
  });

  test('a poll does not wait for one that Ray takes long for', async () => {
    await on.console.fleet();
    await on.clock.advance(2_990);
    const before = on.ray.reads.length;
    const reply = sendSlowly(10_000);
    await on.clock.advance(250);
    expect(on.ray.reads.length).toBeGreaterThan(before);
    await on.clock.advance(20_000);
    expect((await reply).status).toBe(200);
  });

  test('what is refused holds nothing up', async () => {
    await on.console.fleet();
    await on.clock.advance(2_999);
    const before = on.ray.reads.length;
    expect((await on.console.change(1, { ...create, clusterId: 'no##good' })).status).toBe(400);
    await on.clock.advance(1);
    expect(on.ray.reads.length).toBeGreaterThan(before);
  });

  test('an edit reads the list for itself at once', async () => {
    let reply: Response | null = null;
    void on.console.change(1, edit()).then((came) => (reply = came));
    // No time goes by.
    await on.clock.settle();
    expect(reply).toMatchObject({ status: 200 });
    expect(on.ray.saved.length).toBe(1);
  });
});

test('after a write Ray is read when the answer is out: once for several', async () => {
  await on.clock.advance(1_000);
  const before = on.ray.listReads.length;
  for (const n of [1, 2, 3]) await on.console.change(n, { ...create, clusterId: `new-${String(n)}` });
  await on.clock.advance(49);
  expect(on.ray.listReads.length).toBe(before);
  await on.clock.advance(1);
  expect(on.ray.listReads.length).toBe(before + 1);
});
