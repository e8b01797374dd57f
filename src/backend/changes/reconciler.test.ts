import { beforeEach, describe, expect, test } from 'vitest';
import { change as changeSchema, type Change } from '../../contract/change.ts';
import { paths } from '../../contract/paths.ts';
import type { SaveChange } from '../../domain/change.ts';
import type { Result } from '../../domain/result.ts';
import { NO_REVISION, type Revision } from '../../domain/revision.ts';
import type { ChangeLog, ChangeRecord } from '../journal/change-log.ts';
import { createInMemoryChangeLog } from '../journal/in-memory-change-log.ts';
import { recordOf } from '../../testing/harness/change-log-contract.ts';
import { changeIn, createTestConsole, uuid } from '../../testing/harness/test-console.ts';
import { createHandClock, type HandClock } from '../../testing/harness/hand-clock.ts';
import { createScriptedRay, type ScriptedRay } from '../../testing/harness/scripted-ray.ts';

const sets = { '4c8g': 2 };
let clock: HandClock;
let ray: ScriptedRay;
let store: ChangeLog;
let base: Revision;

beforeEach(() => {
  clock = createHandClock();
  ray = createScriptedRay(clock);
  store = createInMemoryChangeLog({ clock, days: 400, most: 100 });
  base = ray.put('vc', sets);
});

const save = (want: Record<string, number>): SaveChange => ({
  kind: 'save',
  clusterId: 'vc',
  divisible: false,
  base: { revision: base, replicaSets: sets },
  want,
});

/** What a killed console left open: by default, a save of `vc` that was sent on its base. */
function left(n: number, given: Partial<Change> = {}, rest: Partial<ChangeRecord> = {}) {
  const change = { wanted: save({ '4c8g': 3 }), attempts: 1, result: null, ...given };
  return store.add(recordOf(uuid(n), change, { sentOn: base, session: 'session_1', ...rest }));
}

/** Starts the next console; no page is open. */
function start() {
  const console = createTestConsole({ ray, clock, store });
  return {
    ...console,
    async result(n: number): Promise<Result | null> {
      const change = (await store.get(uuid(n)))?.change ?? null;
      expect(changeSchema.safeParse(change).success).toBe(true);
      return change?.result ?? null;
    },
  };
}

describe('what an earlier console process left open', () => {
  test('never sent: not applied', async () => {
    await left(1, { attempts: 0 }, { sentOn: null, session: null });
    const console = start();
    await clock.settle();
    expect(await console.result(1)).toEqual({ kind: 'not-applied', evidence: 'never-sent' });
    await console.close();
  });

  test('sent, and Ray shows it on a newer revision: applied', async () => {
    await left(1);
    const made = ray.put('vc', { '4c8g': 3 });
    const console = start();
    await clock.settle();
    expect(await console.result(1)).toEqual({ kind: 'applied', revision: made, seen: 'looked', retries: 0 });
    expect(ray.saved).toEqual([]);
    await console.close();
  });

  test('sent, and another save on its revision went through before the end: not applied', async () => {
    const made = ray.put('vc', { '4c8g': 3 });
    await left(1, { wanted: save({ '4c8g': 3 }) });
    const before = { revision: base, replicaSets: sets, divisible: false };
    await left(2, {
      wanted: save({ '4c8g': 3 }),
      before,
      result: { kind: 'applied', revision: made, seen: 'reply', retries: 0 },
    });
    const console = start();
    await clock.settle();
    expect(await console.result(1)).toEqual({ kind: 'not-applied', evidence: 'later-write-on-same-base' });
    await console.close();
  });

  test('sent, and another save on its revision brought the cluster back: that rules nothing out (fact 5)', async () => {
    const between = ray.put('vc', { '4c8g': 3 });
    const made = ray.put('vc', { '4c8g': 5 });
    await left(1);
    const before = { revision: between, replicaSets: { '4c8g': 3 }, divisible: false };
    await left(2, {
      wanted: save({ '4c8g': 5 }),
      before,
      result: { kind: 'applied', revision: made, seen: 'reply', retries: 0 },
    });
    const console = start();
    await clock.advance(91_000);
    expect(await console.result(1)).toMatchObject({ kind: 'cannot-be-known', evidence: { why: 'not-shown' } });
    await console.close();
  });

  test('sent, and a save on its revision goes through now: not applied', async () => {
    await left(1);
    const console = start();
    await clock.settle();
    expect((await console.during(console.change(2, save({ '4c8g': 5 })))).status).toBe(200);
    expect(await console.result(1)).toEqual({ kind: 'not-applied', evidence: 'later-write-on-same-base' });
    await console.close();
  });

  test('Ray shows what was requested, but another change produced it: that is no evidence', async () => {
    await left(1);
    const between = ray.put('vc', { '4c8g': 9 });
    const made = ray.put('vc', { '4c8g': 3 });
    const other = { ...save({ '4c8g': 3 }), base: { revision: between, replicaSets: { '4c8g': 9 } } };
    await left(
      2,
      { wanted: other, result: { kind: 'applied', revision: made, seen: 'reply', retries: 0 } },
      { sentOn: between },
    );
    const console = start();
    await clock.settle();
    await clock.advance(91_000);
    expect(await console.result(1)).toMatchObject({
      kind: 'cannot-be-known',
      evidence: { why: 'not-shown', shown: { revision: made } },
    });
    await console.close();
  });

  test('two unanswered changes requested the same: which one did it can not be known', async () => {
    await left(1);
    await left(2);
    ray.put('vc', { '4c8g': 3 });
    const console = start();
    await clock.settle();
    await clock.advance(91_000);
    const results = [await console.result(1), await console.result(2)];
    expect(results[0]).toMatchObject({ kind: 'cannot-be-known', evidence: { why: 'asked-more-than-once' } });
    expect(results.map((result) => result?.kind)).not.toContain('unknown');
    await console.close();
  });

  test('not seen for a minute of good readings: it can not be known, and what Ray showed is kept', async () => {
    await left(1);
    const console = start();
    await clock.settle();
    const reply = await console.ask(paths.change(uuid(1)));
    expect(reply.status).toBe(202);
    expect((await changeIn(reply)).result).toEqual({ kind: 'unknown', cause: 'console-ended', lookedAt: clock.now() });
    await clock.advance(59_000);
    expect((await changeIn(await console.ask(paths.change(uuid(1))))).result?.kind).toBe('unknown');
    await clock.advance(2_000);
    expect(await console.result(1)).toEqual({
      kind: 'cannot-be-known',
      evidence: {
        why: 'still-on-its-base',
        shown: { revision: base, replicaSets: sets, divisible: false },
        at: expect.any(Number),
      },
    });
    expect((await console.ask(paths.change(uuid(1)))).status).toBe(200);
    expect(ray.saved).toEqual([]);
    await console.close();
  });

  test('seen late, within that minute: applied', async () => {
    await left(1);
    const console = start();
    await clock.advance(30_000);
    ray.put('vc', { '4c8g': 3 });
    await clock.advance(31_000);
    expect(await console.result(1)).toMatchObject({ kind: 'applied', seen: 'looked' });
    await console.close();
  });

  test('the minute begins with the first good reading, however long Ray is away', async () => {
    await left(1);
    ray.failing.list = 'unreachable';
    const console = start();
    await clock.advance(600_000);
    expect((await changeIn(await console.ask(paths.change(uuid(1))))).result?.kind).toBe('unknown');
    ray.failing.list = null;
    await clock.advance(121_000);
    expect(await console.result(1)).toMatchObject({ kind: 'cannot-be-known' });
    await console.close();
  });

  test('another session of Ray: it can not be known, whatever that one shows (fact 27)', async () => {
    await left(1);
    ray.sessionName = 'session_2';
    ray.put('vc', { '4c8g': 3 });
    const console = start();
    await clock.settle();
    expect(await console.result(1)).toMatchObject({
      kind: 'cannot-be-known',
      evidence: { why: 'another-ray', shown: 'unread' },
    });
    await console.close();
  });

  test('sent before the session of Ray was known: it can not be known', async () => {
    await left(1, {}, { session: null });
    const console = start();
    await clock.settle();
    expect(await console.result(1)).toMatchObject({ kind: 'cannot-be-known', evidence: { why: 'ray-not-told' } });
    await console.close();
  });

  test('a delete is applied once its cluster is absent; otherwise it can not be known, and what is there is kept', async () => {
    await left(1, { wanted: { kind: 'delete', clusterId: 'gone', base: null } }, { sentOn: null });
    await left(2, { wanted: { kind: 'delete', clusterId: 'vc', base: null } }, { sentOn: null });
    const console = start();
    await clock.settle();
    expect(await console.result(1)).toMatchObject({ kind: 'applied', seen: 'looked' });
    await clock.advance(91_000);
    expect(await console.result(2)).toMatchObject({
      kind: 'cannot-be-known',
      evidence: { why: 'not-shown', shown: { revision: base } },
    });
    await console.close();
  });

  test('a creation that Ray does not show can not be known, and its absence is kept', async () => {
    const wanted: SaveChange = { ...save({ '4c8g': 1 }), clusterId: 'new', base: null };
    await left(1, { wanted }, { sentOn: NO_REVISION });
    const console = start();
    await clock.settle();
    await clock.advance(91_000);
    expect(await console.result(1)).toMatchObject({
      kind: 'cannot-be-known',
      evidence: { why: 'not-shown', shown: null },
    });
    await console.close();
  });

  test('submitted again under its id it is returned as it is, and never sent', async () => {
    await left(1);
    const console = start();
    await clock.settle();
    const reply = await console.during(console.change(1, save({ '4c8g': 3 })));
    expect(reply.status).toBe(202);
    expect(await changeIn(reply)).toMatchObject({
      id: uuid(1),
      attempts: 1,
      result: { kind: 'unknown', cause: 'console-ended' },
    });
    expect((await console.during(console.change(1, save({ '4c8g': 4 })))).status).toBe(409);
    expect(ray.saved).toEqual([]);
    await console.close();
  });

  test('no timer is left once the console is closed', async () => {
    await left(1);
    const console = start();
    await clock.settle();
    await console.close();
    expect(clock.waiting()).toBe(0);
  });
});

test('two unanswered changes that requested the same are not both called applied', async () => {
  const console = start();
  await clock.settle();
  ray.scriptedOutcomes.push(
    { outcome: { kind: 'unknown', cause: 'cut' } },
    { outcome: { kind: 'unknown', cause: 'cut' }, acts: true },
  );
  await console.during(console.change(1, save({ '4c8g': 3 })));
  await console.during(console.change(2, save({ '4c8g': 3 })));
  await clock.advance(200_000);
  const kinds = await Promise.all(
    [1, 2].map(async (n) => (await changeIn(await console.ask(paths.change(uuid(n))))).result?.kind),
  );
  expect(kinds).toEqual(['unknown', 'unknown']);
  await console.close();
});

test('a save on the same base that brought a deleted cluster back does not make the earlier one not applied (fact 5)', async () => {
  const console = start();
  await clock.settle();
  ray.scriptedOutcomes.push({
    outcome: { kind: 'unknown', cause: 'cut' },
    acts: true,
    before: () => void (ray.failing.list = 'failed'),
  });
  await console.during(console.change(1, save({ '4c8g': 3 })));
  ray.put('vc', { '4c8g': 9 });
  ray.failing.list = null;
  // It is there when the next one looks, and gone when that one arrives.
  const rayHolds = ray.hold;
  ray.hold = () => {
    if (ray.saved.length === 2) ray.clusters.delete('vc');
    return rayHolds();
  };
  await console.during(console.change(2, save({ '4c8g': 5 })));
  const [first, second] = await Promise.all(
    [1, 2].map(async (n) => (await changeIn(await console.ask(paths.change(uuid(n))))).result),
  );
  expect(second).toMatchObject({ kind: 'applied' });
  expect(first?.kind).toBe('unknown');
  await console.close();
});

test('two unanswered deletes are both applied once the cluster is gone, whichever of them did it', async () => {
  const console = start();
  await clock.settle();
  const remove = { kind: 'delete', clusterId: 'vc', base: null } as const;
  ray.scriptedOutcomes.push(
    { outcome: { kind: 'unknown', cause: 'cut' } },
    { outcome: { kind: 'unknown', cause: 'cut' }, acts: true },
  );
  await console.during(console.change(1, remove));
  await console.during(console.change(2, remove));
  const results = await Promise.all(
    [1, 2].map(async (n) => (await changeIn(await console.ask(paths.change(uuid(n))))).result),
  );
  const gone = { kind: 'applied', revision: null, seen: 'looked', retries: 0 };
  expect(results).toEqual([gone, gone]);
  await console.close();
});
