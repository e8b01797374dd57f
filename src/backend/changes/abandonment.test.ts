import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { NO_REVISION } from '../../domain/revision.ts';
import { createHandClock, type HandClock } from '../../testing/harness/hand-clock.ts';
import { createScriptedRay, type ScriptedRay } from '../../testing/harness/scripted-ray.ts';
import { createTestConsole, uuid } from '../../testing/harness/test-console.ts';
import { JournalUnwritable, type ChangeLog } from '../journal/change-log.ts';
import { createInMemoryChangeLog } from '../journal/in-memory-change-log.ts';

let clock: HandClock;
let ray: ScriptedRay;
let store: ChangeLog;
let console: ReturnType<typeof createTestConsole>;

beforeEach(async () => {
  clock = createHandClock();
  ray = createScriptedRay(clock);
  ray.put('vc', { '4c8g': 2 });
  store = createInMemoryChangeLog({ clock, days: 400, most: 100 });
  console = createTestConsole({ ray, clock, store: { ...store, close: async () => undefined } });
  await clock.settle();
});
afterEach(() => console.close());

const remove: ChangeRequest = { kind: 'delete', clusterId: 'vc', base: null };
const abandon = (n: number, clusterId = 'vc') => console.write('PUT', paths.abandonment(uuid(n)), { clusterId });
const sentToRay = () => [ray.saved, ray.removed, ray.stopped].flat();

describe('a change that did not arrive before its page gave it up', () => {
  const idle: ChangeRequest = {
    kind: 'delete-when-idle',
    clusterId: 'vc',
    base: { revision: NO_REVISION, replicaSets: { '4c8g': 2 }, divisible: false },
  };
  const requests: readonly ChangeRequest[] = [
    { kind: 'save', clusterId: 'vc', divisible: false, base: null, want: { '4c8g': 3 } },
    remove,
    idle,
    { kind: 'release', clusterId: 'vc##raysubmit_1' },
    { kind: 'stop-job', clusterId: 'vc', submissionId: 'raysubmit_1' },
  ];

  test.each(requests)('is refused however often it arrives later, and says what to do ($kind)', async (request) => {
    const given = await abandon(1, request.clusterId);
    expect([given.status, await given.json()]).toEqual([200, { change: null }]);
    for (let times = 0; times < 2; times++) {
      const late = await console.during(console.change(1, request));
      expect([late.status, await late.json()]).toEqual([
        409,
        { problem: 'abandoned', detail: expect.stringMatching(/not sent to Ray\. Send it again as a new change/) },
      ]);
    }
    expect(sentToRay()).toEqual([]);
    expect((await console.ask(paths.change(uuid(1)))).status).toBe(404);
  });

  test('is refused by the next console on the same journal, too', async () => {
    await abandon(1);
    await console.close();
    console = createTestConsole({ ray, clock, store });
    expect((await console.during(console.change(1, remove))).status).toBe(409);
    expect(sentToRay()).toEqual([]);
  });

  test('goes through under a new id', async () => {
    await abandon(1);
    expect((await console.during(console.change(2, remove))).status).toBe(200);
    expect(ray.removed).toEqual(['vc']);
  });
});

test('a change that has arrived is not given up: its result is the reply', async () => {
  await console.during(console.change(1, remove));
  const reply = await console.during(abandon(1));
  expect(await reply.json()).toMatchObject({ change: { id: uuid(1), result: { kind: 'applied' } } });
  expect((await console.change(1, remove)).status).toBe(200);
});

test('a change that is on its way is not given up: the reply waits for it', async () => {
  const sent = console.change(1, remove);
  const given = abandon(1);
  expect(await (await console.during(given)).json()).toMatchObject({ change: { result: { kind: 'applied' } } });
  expect((await sent).status).toBe(200);
  expect(ray.removed).toEqual(['vc']);
});

test('while the journal can not be written nothing is given up, and the page is told so', async () => {
  const full = { ...store, abandon: () => Promise.reject(new JournalUnwritable('the disk is full')) };
  await console.close();
  console = createTestConsole({ ray, clock, store: full });
  expect((await abandon(1)).status).toBe(503);
});

test.each([
  ['x', { clusterId: 'vc' }],
  [uuid(1), {}],
  [uuid(1), { clusterId: '' }],
  [uuid(1), { clusterId: 7 }],
  [uuid(1), 'no json'],
])('nothing but the id and the virtual cluster of a change gives it up (%s, %j)', async (id, body) => {
  expect((await console.write('PUT', paths.abandonment(id), body)).status).toBe(400);
});
