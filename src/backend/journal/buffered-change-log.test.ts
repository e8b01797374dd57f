import { describe, expect, test } from 'vitest';
import type { Change } from '../../contract/change.ts';
import { changeList } from '../../contract/journal.ts';
import { paths } from '../../contract/paths.ts';
import { problem } from '../../contract/problem.ts';
import type { SaveChange } from '../../domain/change.ts';
import { JournalUnwritable, type ChangeLog } from './change-log.ts';
import { createInMemoryChangeLog } from './in-memory-change-log.ts';
import { applied, recordOf } from '../../testing/harness/change-log-contract.ts';
import { changeIn, createTestConsole, uuid } from '../../testing/harness/test-console.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createScriptedRay } from '../../testing/harness/scripted-ray.ts';

/** A console over a store whose writes fail while a test says so, as on a full disk. */
async function onFullDisk() {
  const clock = createHandClock();
  const ray = createScriptedRay(clock);
  const revision = ray.put('vc', { '4c8g': 2 });
  const memory = createInMemoryChangeLog({ clock, days: 400, most: 100 });
  const disk = { fails: (_what: 'add' | 'update'): boolean => false };
  const failing = (what: 'add' | 'update') =>
    disk.fails(what) ? Promise.reject(new JournalUnwritable('database or disk is full')) : null;
  const store: ChangeLog = {
    ...memory,
    add: async (record) => (await failing('add')) ?? memory.add(record),
    update: async (record) => (await failing('update')) ?? memory.update(record),
  };
  const console = createTestConsole({ ray, clock, store });
  await clock.settle();
  const save: SaveChange = {
    kind: 'save',
    clusterId: 'vc',
    divisible: false,
    base: { revision, replicaSets: { '4c8g': 2 } },
    want: { '4c8g': 3 },
  };
  return { clock, ray, memory, disk, console, save };
}

const refusal = { problem: 'journal-unwritable', detail: expect.stringContaining('nothing was sent to Ray') };

describe('a journal that can not be written', () => {
  test.each(['add', 'update'] as const)('nothing is sent to Ray, and the page is told so (%s fails)', async (what) => {
    const { console, disk, ray, save } = await onFullDisk();
    disk.fails = (each) => each === what;
    const reply = await console.during(console.change(1, save));
    expect(reply.status).toBe(503);
    expect(problem.parse(await reply.json())).toEqual(refusal);
    const removed = await console.during(console.change(2, { kind: 'delete', clusterId: 'vc', base: null }));
    expect(removed.status).toBe(503);
    expect(ray.saved).toEqual([]);
    expect(ray.removed).toEqual([]);
    await console.close();
  });

  test('a script gets the refusal in Ray’s format', async () => {
    const { console, disk, ray } = await onFullDisk();
    disk.fails = () => true;
    const reply = await console.during(console.write('DELETE', paths.virtualCluster('vc')));
    expect(reply.status).toBe(503);
    expect(await reply.json()).toEqual({ result: false, msg: expect.stringContaining('nothing was sent'), data: {} });
    expect(ray.forwarded).toEqual([]);
    await console.close();
  });

  test('a change whose intent could not be written is not applied, and stays so under its id', async () => {
    const { console, disk, memory, save, clock, ray } = await onFullDisk();
    disk.fails = (what) => what === 'update';
    expect((await console.during(console.change(1, save))).status).toBe(503);
    disk.fails = () => false;
    const again = await console.during(console.change(1, save));
    expect(again.status).toBe(200);
    expect(await changeIn(again)).toMatchObject({
      attempts: 0,
      result: { kind: 'not-applied', evidence: 'never-sent' },
    });
    await clock.advance(6_000);
    expect((await memory.get(uuid(1)))?.change.result).toMatchObject({ kind: 'not-applied' });
    expect(ray.saved).toEqual([]);
    await console.close();
  });

  test('what came of a change that went out is told all the same, and written as soon as that is possible', async () => {
    const { console, disk, ray, memory, save, clock } = await onFullDisk();
    let updates = 0;
    disk.fails = (what) => what === 'update' && (updates += 1) > 1;
    const reply = await console.during(console.change(1, save));
    expect(reply.status).toBe(200);
    expect(await changeIn(reply)).toMatchObject({ result: { kind: 'applied' } });
    expect((await memory.get(uuid(1)))?.change).toMatchObject({ attempts: 1, result: null });
    expect(changeList.parse(await (await console.ask(paths.changes)).json()).changes[0]).toMatchObject({
      result: { kind: 'applied' },
    });
    disk.fails = () => false;
    await clock.advance(6_000);
    expect((await memory.get(uuid(1)))?.change).toMatchObject({ result: { kind: 'applied' } });
    expect(ray.saved).toHaveLength(1);
    await console.close();
  });

  test('a silent retry that could not be recorded is not sent: Ray’s first answer stands', async () => {
    const { console, disk, ray, save } = await onFullDisk();
    const there = ray.clusters.get('vc');
    const moved = ray.put('vc', { '4c8g': 2 });
    if (there !== undefined) ray.clusters.set('vc', { ...there, revision: moved });
    let updates = 0;
    disk.fails = (what) => what === 'update' && (updates += 1) === 2;
    const reply = await console.during(console.change(1, save));
    expect(await changeIn(reply)).toMatchObject({ attempts: 1, result: { kind: 'conflict', latest: moved } });
    expect(ray.saved).toHaveLength(1);
    await console.close();
  });
});

describe('reading the journal', () => {
  async function withChanges(count: number) {
    const clock = createHandClock();
    const store = createInMemoryChangeLog({ clock, days: 400, most: 1_000 });
    for (let n = 1; n <= count; n++) {
      await store.add(
        recordOf(uuid(n), {
          askedAt: clock.now() + n,
          who: n % 2 === 0 ? 'even' : 'odd',
          result: n === 3 ? { kind: 'in-use' } : applied,
        }),
      );
    }
    return { clock, console: createTestConsole({ ray: createScriptedRay(clock), clock, store }) };
  }

  test('filters by person, outcome and time, a page at a time, with the total', async () => {
    const { console, clock } = await withChanges(250);
    const list = async (query: string) =>
      changeList.parse(await (await console.ask(`${paths.changes}?${query}`)).json());
    expect(await list('who=odd&offset=100')).toMatchObject({ total: 125, kept: { durable: false, days: 400 } });
    expect((await list('who=odd&offset=100')).changes).toHaveLength(25);
    expect((await list('outcome=in-use,open')).changes.map(({ id }) => id)).toEqual([uuid(3)]);
    expect(
      (await list(`since=${String(clock.now() + 2)}&until=${String(clock.now() + 5)}`)).changes.map(({ id }) => id),
    ).toEqual([4, 3, 2].map(uuid));
    await console.close();
  });

  test.each(['outcome=done', 'since=yesterday', 'until=-1', 'offset=x'])(
    '%s is refused with an explanation',
    async (query) => {
      const { console } = await withChanges(1);
      const reply = await console.ask(`${paths.changes}?${query}`);
      expect(reply.status).toBe(400);
      expect(problem.parse(await reply.json()).detail).toMatch(/^(outcome|since|offset) .*\.$/);
      await console.close();
    },
  );

  test('exports everything, oldest first, one change a line', async () => {
    const { console } = await withChanges(250);
    const reply = await console.ask(paths.changesExport);
    expect(reply.headers.get('Content-Disposition')).toContain('changes.jsonl');
    const lines = (await reply.text()).split('\n');
    expect(lines.pop()).toBe('');
    const changes: Change[] = lines.map((line) => JSON.parse(line));
    expect(changes.map(({ id }) => id)).toEqual(Array.from({ length: 250 }, (_, n) => uuid(n + 1)));
    expect(await (await console.ask(`${paths.changesExport}?who=nobody`)).text()).toBe('');
    expect((await console.ask(`${paths.changesExport}?outcome=x`)).status).toBe(400);
    expect((await console.write('POST', paths.changesExport, {})).headers.get('Allow')).toBe('GET, HEAD');
    await console.close();
  });
});
