import { beforeEach, describe, expect, test } from 'vitest';
import { change as changeSchema, type Change } from '../../contract/change.ts';
import { paths } from '../../contract/paths.ts';
import type { DeleteChange, SaveChange } from '../../domain/change.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { ReplicaSets } from '../../domain/replica-sets.ts';
import type { Revision } from '../../domain/revision.ts';
import { changeIn, consolePerTest, uuid } from '../../testing/harness/test-console.ts';

const sets: ReplicaSets = { '4c8g': 2, '8c16g': 1 };
const unknown: Outcome = { kind: 'unknown', cause: 'traceback' };
const on = consolePerTest(sets);

function save(want: ReplicaSets, base: Revision | null = on.revision, clusterId = 'vc'): SaveChange {
  return {
    kind: 'save',
    clusterId,
    divisible: false,
    base: base === null ? null : { revision: base, replicaSets: sets },
    want,
  };
}

const remove: DeleteChange = { kind: 'delete', clusterId: 'vc', base: null };

async function send(n: number, wanted: SaveChange | DeleteChange, status: number): Promise<Change> {
  const reply = await on.console.during(on.console.change(n, wanted));
  expect(reply.status).toBe(status);
  const change = await changeIn(reply);
  expect(changeSchema.safeParse(change).success).toBe(true);
  return change;
}

const latestOf = (id: string) => on.ray.clusters.get(id)?.revision;

describe('a save that Ray takes', () => {
  test('is applied, with the state before it and the nodes that came and went', async () => {
    const change = await send(1, save({ '4c8g': 3, '8c16g': 0 }), 200);
    expect(change).toMatchObject({
      by: 'page',
      who: 'local administrator',
      attempts: 1,
      before: { revision: on.revision, replicaSets: sets, divisible: false },
      result: { kind: 'applied', revision: latestOf('vc'), seen: 'reply', retries: 0 },
      moved: { arrivedCount: 1, leftCount: 1, left: [{ templateId: '8c16g' }], arrived: [{ templateId: '4c8g' }] },
    });
  });

  test('shows in the fleet at once, before the next reading', async () => {
    on.ray.failing.list = null;
    await send(1, save({ '4c8g': 3 }), 200);
    on.ray.failing.list = 'timed-out';
    const fleet = await on.console.fleet();
    expect(fleet.clusters[0]).toMatchObject({
      revision: latestOf('vc'),
      templates: [{ templateId: '4c8g', count: 3 }],
    });
  });

  test('a creation is sent on revision 0, and all its nodes have come', async () => {
    const change = await send(1, save({ '4c8g': 2 }, null, 'new'), 200);
    expect(on.ray.saved[0]).toMatchObject({ revision: '0', clusterId: 'new' });
    expect(change).toMatchObject({ before: null, moved: { arrivedCount: 2, leftCount: 0 } });
  });

  test('sent twice it is one change, also while it is on its way', async () => {
    const twice = await Promise.all([send(1, save({ '4c8g': 3 }), 200), send(1, save({ '4c8g': 3 }), 200)]);
    expect(twice[0]).toEqual(twice[1]);
    // The keys of a body may come in any order.
    const { kind, clusterId, divisible, base, want } = save({ '4c8g': 3 });
    const again = await on.console.write('PUT', paths.change(uuid(1)), { want, base, divisible, clusterId, kind });
    expect(again.status).toBe(200);
    expect(on.ray.saved.length).toBe(1);
  });

  test('the same id for another request is refused', async () => {
    await send(1, save({ '4c8g': 3 }), 200);
    const other = await on.console.change(1, save({ '4c8g': 4 }));
    expect(other.status).toBe(409);
    expect(on.ray.saved.length).toBe(1);
  });
});

describe('silent retry', () => {
  const bump = () => {
    const there = on.ray.clusters.get('vc');
    if (there === undefined) return;
    const moved = on.ray.put('vc', sets);
    on.ray.clusters.set('vc', { ...there, revision: moved });
  };

  test('only the revision moved, as when a job starts: it is sent again, and says so', async () => {
    bump();
    const change = await send(1, save({ '4c8g': 3 }), 200);
    expect(change).toMatchObject({ attempts: 2, result: { kind: 'applied', retries: 1 } });
  });

  test('at most three times', async () => {
    for (let times = 0; times < 9; times++) {
      on.ray.scriptedOutcomes.push({ outcome: { kind: 'conflict', latest: on.revision }, before: bump });
    }
    const change = await send(1, save({ '4c8g': 3 }), 200);
    expect(change).toMatchObject({ attempts: 4, result: { kind: 'conflict' } });
  });

  test('never when the replica sets moved', async () => {
    on.ray.put('vc', { '4c8g': 4, '8c16g': 1 });
    const change = await send(1, save({ '4c8g': 3 }), 200);
    expect(change).toMatchObject({
      attempts: 1,
      result: { kind: 'conflict', latest: latestOf('vc'), theirs: { replicaSets: { '4c8g': 4, '8c16g': 1 } } },
    });
  });

  test('never when only the members moved', async () => {
    on.ray.put('vc', { '4c8g': 0, '8c16g': 1 });
    on.ray.put('vc', sets);
    expect(await send(1, save({ '4c8g': 3 }), 200)).toMatchObject({ attempts: 1, result: { kind: 'conflict' } });
  });

  test('never after an unknown outcome, though the revision moved since', async () => {
    on.ray.scriptedOutcomes.push({ outcome: unknown, before: bump });
    expect(await send(1, save({ '4c8g': 3 }), 202)).toMatchObject({ attempts: 1, result: { kind: 'unknown' } });
    await on.clock.advance(60_000);
    expect(on.ray.saved.length).toBe(1);
  });

  test('never for a creation', async () => {
    const change = await send(1, save({ '4c8g': 2, '8c16g': 1 }, null), 200);
    expect(change).toMatchObject({ attempts: 1, result: { kind: 'conflict', theirs: { revision: on.revision } } });
  });
});

describe('a save that Ray rejects', () => {
  test('a cluster that someone deleted is not brought back', async () => {
    on.ray.clusters.delete('vc');
    expect(await send(1, save({ '4c8g': 3 }), 200)).toMatchObject({
      attempts: 0,
      result: { kind: 'conflict', theirs: null },
    });
    expect(on.ray.saved).toEqual([]);
  });

  test('a shortage says which revision and replica sets it was judged on', async () => {
    on.ray.scriptedOutcomes.push({
      outcome: { kind: 'shortage', direction: 'grow', suggestion: { '4c8g': 1 }, unmatched: [] },
    });
    expect(await send(1, save({ '4c8g': 9, '8c16g': 1 }), 200)).toMatchObject({
      result: {
        kind: 'shortage',
        direction: 'grow',
        suggestion: { '4c8g': 1 },
        judgedOn: { revision: on.revision, replicaSets: sets },
      },
    });
  });

  test('a shortage of a creation was judged on nothing', async () => {
    on.ray.scriptedOutcomes.push({
      outcome: { kind: 'shortage', direction: 'grow', suggestion: {}, unmatched: ['myNode'] },
    });
    expect(await send(1, save({ my_node: 9 }, null, 'new'), 200)).toMatchObject({
      result: { unmatched: ['myNode'], judgedOn: { revision: null, replicaSets: {} } },
    });
  });

  test.each<Outcome>([
    { kind: 'mismatch', divisible: true },
    { kind: 'invalid', message: 'why' },
    { kind: 'blocked' },
    { kind: 'unreachable' },
  ])('$kind is passed on as it is', async (outcome) => {
    on.ray.scriptedOutcomes.push({ outcome });
    expect((await send(1, save({ '4c8g': 3 }), 200)).result).toEqual(outcome);
  });

  test('nothing is sent while the list can not be read', async () => {
    on.ray.failing.list = 'timed-out';
    expect(await send(1, save({ '4c8g': 3 }), 200)).toMatchObject({
      attempts: 0,
      result: { kind: 'not-applied', evidence: 'never-sent' },
    });
    on.ray.failing.list = 'unreachable';
    expect(await send(2, save({ '4c8g': 3 }), 200)).toMatchObject({ attempts: 0, result: { kind: 'unreachable' } });
    expect(on.ray.saved).toEqual([]);
  });
});

describe('an unknown outcome', () => {
  test('is looked for at once, and is applied if Ray shows it', async () => {
    on.ray.scriptedOutcomes.push({ outcome: unknown, acts: true });
    const change = await send(1, save({ '4c8g': 3 }), 200);
    expect(change).toMatchObject({
      result: { kind: 'applied', seen: 'looked', revision: latestOf('vc') },
      moved: { arrivedCount: 1, leftCount: 1 },
    });
  });

  test('is never called failed: while it is not seen, each check looks for it again', async () => {
    on.ray.scriptedOutcomes.push({ outcome: unknown });
    const change = await send(1, save({ '4c8g': 3 }), 202);
    expect(change.result).toMatchObject({ kind: 'unknown', cause: 'traceback' });
    expect(change.settledAt).toBeNull();
    on.ray.put('vc', { '4c8g': 3 });
    const again = await on.console.ask(paths.change(uuid(1)));
    expect(again.status).toBe(200);
    expect(await changeIn(again)).toMatchObject({ result: { kind: 'applied', seen: 'looked' } });
  });

  test('settles by itself when a reading shows it', async () => {
    on.ray.scriptedOutcomes.push({ outcome: unknown });
    await send(1, save({ '4c8g': 3 }), 202);
    await on.console.fleet();
    on.ray.put('vc', { '4c8g': 3 });
    await on.clock.advance(5_000);
    const list: { changes: Change[] } = await (await on.console.ask(paths.changes)).json();
    expect(list.changes[0]).toMatchObject({ result: { kind: 'applied', seen: 'looked' } });
  });

  test('had no effect when a later write on the same base went through', async () => {
    on.ray.scriptedOutcomes.push({ outcome: unknown });
    await send(1, save({ '4c8g': 3 }), 202);
    await send(2, save({ '4c8g': 5 }), 200);
    const first = await on.console.ask(paths.change(uuid(1)));
    expect(await changeIn(first)).toMatchObject({
      result: { kind: 'not-applied', evidence: 'later-write-on-same-base' },
    });
  });

  test('stays unknown while the list can not be read', async () => {
    on.ray.scriptedOutcomes.push({ outcome: unknown, acts: true, before: () => (on.ray.failing.list = 'failed') });
    expect(await send(1, save({ '4c8g': 3 }), 202)).toMatchObject({ result: { kind: 'unknown', lookedAt: null } });
    on.ray.failing.list = null;
    expect((await on.console.ask(paths.change(uuid(1)))).status).toBe(200);
  });

  test('a delete is applied once its cluster is absent', async () => {
    on.ray.scriptedOutcomes.push({ outcome: { kind: 'unknown', cause: 'cut' }, acts: true });
    expect(await send(1, remove, 200)).toMatchObject({ result: { kind: 'applied', seen: 'looked' } });
  });
});

describe('delete and release', () => {
  test('a deleted cluster is gone from the fleet at once, and its nodes have left', async () => {
    const change = await send(1, remove, 200);
    expect(change).toMatchObject({
      result: { kind: 'applied', revision: null },
      moved: { leftCount: 3, arrivedCount: 0 },
    });
    expect((await on.console.fleet()).clusters).toEqual([]);
  });

  test('in use is passed on', async () => {
    on.ray.scriptedOutcomes.push({ outcome: { kind: 'in-use' } });
    expect((await send(1, remove, 200)).result).toEqual({ kind: 'in-use' });
  });

  test("a job's cluster is released by its whole id", async () => {
    const id = 'team##raysubmit_X';
    on.ray.jobClusters = [{ id, divisible: false, jobClusterIds: [], nodes: new Map(), undivided: {} }];
    const reply = await on.console.during(
      on.console.write('PUT', paths.change(uuid(1)), { kind: 'release', clusterId: id }),
    );
    expect(await changeIn(reply)).toMatchObject({ result: { kind: 'applied' } });
    expect(on.ray.removed).toEqual([id]);
    const ofTeam: { changes: Change[] } = await (await on.console.ask(`${paths.changes}?cluster=team`)).json();
    expect(ofTeam.changes.length).toBe(1);
  });
});

test('an unanswered release is looked for in the state API, which alone shows job clusters', async () => {
  const id = 'team##raysubmit_X';
  const release = { kind: 'release', clusterId: id } as const;
  on.ray.jobClusters = [{ id, divisible: false, jobClusterIds: [], nodes: new Map(), undivided: {} }];
  on.ray.scriptedOutcomes.push({ outcome: unknown }, { outcome: unknown, acts: true });
  expect((await on.console.during(on.console.change(1, release))).status).toBe(202);
  expect(await changeIn(await on.console.during(on.console.change(2, release)))).toMatchObject({
    result: { kind: 'applied', seen: 'looked' },
  });
});

describe('a released job cluster, while the state API is down (fact 18)', () => {
  const id = 'team##raysubmit_X';
  const shown = async () => {
    const { usedBy } = (await on.console.fleet()).clusters.find((each) => each.id === 'team') ?? {};
    return usedBy?.known === true ? usedBy.value.jobClusters.map((each) => each.id) : usedBy;
  };
  const release = async (n: number) =>
    changeIn(await on.console.during(on.console.change(n, { kind: 'release', clusterId: id })));

  beforeEach(async () => {
    on.ray.put('team', { '8c16g': 1 }, true);
    on.ray.jobClusters = [{ id, divisible: false, jobClusterIds: [], nodes: new Map(), undivided: {} }];
    await on.clock.advance(31_000);
  });

  test('is gone at once, before the next reading', async () => {
    on.ray.failing.state = 'node-full';
    await on.clock.advance(5_000);
    expect(await shown()).toEqual([id]);
    expect((await release(1)).result).toMatchObject({ kind: 'applied' });
    expect(await shown()).toEqual([]);
  });

  test('is gone when somebody else had released it', async () => {
    on.ray.failing.state = 'node-full';
    await on.clock.advance(5_000);
    on.ray.jobClusters = [];
    expect((await release(1)).result).toEqual({ kind: 'not-found' });
    expect(await shown()).toEqual([]);
  });

  test('stays when it is in use', async () => {
    on.ray.failing.state = 'node-full';
    await on.clock.advance(5_000);
    on.ray.scriptedOutcomes.push({ outcome: { kind: 'in-use' } });
    expect((await release(1)).result).toEqual({ kind: 'in-use' });
    expect(await shown()).toEqual([id]);
  });
});

describe('another Ray (fact 27)', () => {
  const becomesAnother = async () => {
    on.ray.sessionName = 'session_2';
    on.ray.clusters.clear();
    await on.clock.advance(31_000);
  };

  test('does not settle what was sent to the previous one', async () => {
    on.ray.scriptedOutcomes.push({ outcome: unknown });
    expect((await send(1, remove, 202)).result).toMatchObject({ kind: 'unknown' });
    await becomesAnother();
    const reply = await on.console.ask(paths.change(uuid(1)));
    expect(reply.status).toBe(202);
    expect((await changeIn(reply)).result).toMatchObject({ kind: 'unknown' });
  });

  test('does not show what the previous one answered late', async () => {
    let answer: (outcome: Outcome) => void = () => undefined;
    on.ray.save = () => new Promise((resolve) => (answer = resolve));
    const reply = on.console.change(1, save({ '4c8g': 1 }, null, 'late'));
    await becomesAnother();
    on.ray.failing.list = 'failed';
    answer({ kind: 'applied', revision: on.revision, members: new Map() });
    await on.clock.advance(1_000);
    expect((await reply).status).toBe(202);
    expect(await changeIn(await on.console.ask(paths.change(uuid(1))))).toMatchObject({ result: { kind: 'applied' } });
    expect((await on.console.fleet()).clusters).toEqual([]);
  });
});

test('changes of one cluster take turns, those of different clusters run side by side', async () => {
  const waiting: (() => void)[] = [];
  on.ray.hold = () => new Promise((resolve) => waiting.push(resolve));
  const all = [
    on.console.change(1, save({ '4c8g': 1 }, null, 'a')),
    on.console.change(2, save({ '4c8g': 2 }, null, 'a')),
    on.console.change(3, save({ '4c8g': 3 }, null, 'b')),
  ];
  await on.clock.settle();
  expect(on.ray.saved.map(({ clusterId }) => clusterId)).toEqual(['a', 'b']);
  on.ray.hold = () => Promise.resolve();
  for (const go of waiting) go();
  await on.console.during(Promise.all(all));
  expect(on.ray.saved.length).toBe(3);
});

test('a page that waits too long gets an intermediate state, and can check again', async () => {
  let go: () => void = () => undefined;
  on.ray.hold = () => new Promise((resolve) => (go = resolve));
  const reply = await on.console.during(on.console.change(1, save({ '4c8g': 1 }, null, 'a')));
  expect(reply.status).toBe(202);
  expect(await changeIn(reply)).toMatchObject({ result: null, attempts: 1 });
  on.ray.hold = () => Promise.resolve();
  go();
  await on.clock.settle();
  expect((await on.console.ask(paths.change(uuid(1)))).status).toBe(200);
});
