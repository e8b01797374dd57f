import { describe, expect, test } from 'vitest';
import type { Attempt, AttemptEvent, AttemptState, RemoteReading } from './change-attempt.ts';
import { nextStep } from './change-machine.ts';
import type { ChangeRequest } from './change.ts';
import type { Outcome } from './outcome.ts';
import { NO_REVISION, parseRevision } from './revision.ts';
import type { Member } from './sources.ts';

const older = parseRevision('1795469080484243902') ?? NO_REVISION;
const newer = parseRevision('1795469080484243903') ?? NO_REVISION;
const replicaSets = { '4c8g': 1 };
const base = { revision: older, replicaSets };
const requests = {
  edit: { kind: 'save', clusterId: 'team', divisible: false, base, want: { '4c8g': 2 } },
  creation: { kind: 'save', clusterId: 'team', divisible: false, base: null, want: { '4c8g': 2 } },
  delete: { kind: 'delete', clusterId: 'team', base: null },
  'delete-when-idle': { kind: 'delete-when-idle', clusterId: 'team', base: { ...base, divisible: false } },
  release: { kind: 'release', clusterId: 'team##raysubmit_1' },
  'stop-job': { kind: 'stop-job', clusterId: 'team', submissionId: 'raysubmit_1' },
} satisfies Record<string, ChangeRequest>;
const page = (name: keyof typeof requests): Attempt => ({ request: requests[name], origin: 'page' });
const script = (name: keyof typeof requests): Attempt => ({ request: requests[name], origin: 'script' });
const deferred: Attempt = { request: requests['delete-when-idle'], origin: 'deferred' };

const ready: AttemptState = { phase: 'ready', attempts: 0 };
const members = new Map<string, Member>([['n1', { hostname: 'vm1', templateId: '4c8g' }]]);
const found = {
  kind: 'found' as const,
  cluster: { revision: newer, replicaSets, divisible: false },
  members,
  membersOfBase: members,
} satisfies RemoteReading;
const conflict = { kind: 'conflict', latest: newer } as const;
const started: AttemptEvent = { kind: 'started' };
const read = (remote: RemoteReading): AttemptEvent => ({ kind: 'remote-read', remote });
const answered = (outcome: Outcome): AttemptEvent => ({ kind: 'answered', outcome, replicaSetsSentOn: null });
const settle = (result: object) => ({ kind: 'settle', result, membersAfter: null });
const readRemote = { kind: 'read-remote' };
const refresh = { kind: 'refresh' };

describe('ready', () => {
  test('an edit reads its cluster first', () => {
    expect(nextStep(page('edit'), ready, started)).toEqual({
      state: { phase: 'reading-base', attempts: 0 },
      effects: [readRemote],
    });
  });

  test.each([
    [page('creation'), NO_REVISION, ['capture-before']],
    [page('delete'), null, ['mark-removal', 'capture-before']],
    [page('release'), null, ['capture-before']],
    [page('stop-job'), null, []],
    [script('creation'), NO_REVISION, ['capture-before']],
    [script('delete'), null, ['mark-removal', 'capture-before']],
    [deferred, null, ['mark-removal', 'capture-before']],
  ])('everything else records its intent at once (%j)', (attempt, sentOn, before) => {
    expect(nextStep(attempt, ready, started)).toEqual({
      state: { phase: 'recording-intent', sentOn, rejection: null, attempts: 0 },
      effects: [...before.map((kind) => ({ kind })), { kind: 'record-intent', sentOn }],
    });
  });
});

describe("a script's edit", () => {
  const state: AttemptState = { phase: 'checking-removal', attempts: 0 };

  test('is first asked whether the console deleted its cluster', () => {
    expect(nextStep(script('edit'), ready, started)).toEqual({
      state,
      effects: [{ kind: 'check-removal' }],
    });
  });

  test('then it is a conflict, and nothing is sent', () => {
    expect(nextStep(script('edit'), state, { kind: 'removal-checked', removal: { kind: 'removed' } })).toEqual({
      state: { phase: 'settled', attempts: 0 },
      effects: [settle({ kind: 'conflict', latest: NO_REVISION, theirs: null })],
    });
  });

  test('not known, nothing is said of it, and nothing is sent', () => {
    const unread = (isUnreachable: boolean) =>
      nextStep(script('edit'), state, { kind: 'removal-checked', removal: { kind: 'unread', isUnreachable } });
    expect([unread(true), unread(false)]).toEqual([
      { state: { phase: 'settled', attempts: 0 }, effects: [settle({ kind: 'unreachable' })] },
      {
        state: { phase: 'settled', attempts: 0 },
        effects: [settle({ kind: 'not-applied', evidence: 'never-sent' })],
      },
    ]);
  });

  test('else its intent is recorded', () => {
    expect(nextStep(script('edit'), state, { kind: 'removal-checked', removal: { kind: 'not-removed' } })).toEqual({
      state: { phase: 'recording-intent', sentOn: older, rejection: null, attempts: 0 },
      effects: [{ kind: 'capture-before' }, { kind: 'record-intent', sentOn: older }],
    });
  });
});

describe('reading the base of an edit', () => {
  const state: AttemptState = { phase: 'reading-base', attempts: 0 };

  test('found: the intent is recorded, on the revision that the person saw', () => {
    expect(nextStep(page('edit'), state, read(found))).toEqual({
      state: { phase: 'recording-intent', sentOn: older, rejection: null, attempts: 0 },
      effects: [{ kind: 'capture-before' }, { kind: 'record-intent', sentOn: older }],
    });
  });

  test.each<[RemoteReading, object]>([
    [{ kind: 'gone' }, { kind: 'conflict', latest: NO_REVISION, theirs: null }],
    [{ kind: 'unread', isUnreachable: true }, { kind: 'unreachable' }],
    [
      { kind: 'unread', isUnreachable: false },
      { kind: 'not-applied', evidence: 'never-sent' },
    ],
  ])('%j: it settles, and nothing is sent', (remote, result) => {
    expect(nextStep(page('edit'), state, read(remote))).toEqual({
      state: { phase: 'settled', attempts: 0 },
      effects: [settle(result)],
    });
  });
});

describe('recording the intent', () => {
  const recording: AttemptState = { phase: 'recording-intent', sentOn: older, rejection: null, attempts: 0 };
  const error = new Error('full disk');
  const failed: AttemptEvent = { kind: 'intent-failed', error };

  test('recorded: it is sent', () => {
    expect(nextStep(page('edit'), recording, { kind: 'intent-recorded' })).toEqual({
      state: { phase: 'sending', sentOn: older, attempts: 1 },
      effects: [{ kind: 'send', sentOn: older }],
    });
  });

  test('failed: it settles as never sent, and the caller is told', () => {
    expect(nextStep(page('edit'), recording, failed)).toEqual({
      state: { phase: 'settled', attempts: 0 },
      effects: [settle({ kind: 'not-applied', evidence: 'never-sent' }), { kind: 'fail', error }],
    });
  });

  test('failed for a retry: what Ray answered first stands', () => {
    const retrying: AttemptState = { ...recording, rejection: conflict, attempts: 1 };
    expect(nextStep(page('edit'), retrying, failed)).toEqual({
      state: { phase: 'reading-conflict', rejection: conflict, attempts: 1 },
      effects: [readRemote],
    });
  });

  test('failed for a deferred deletion that was refused before: it waits again', () => {
    expect(nextStep(deferred, { ...recording, sentOn: null, attempts: 1 }, failed)).toEqual({
      state: { phase: 'waiting', attempts: 1 },
      effects: [{ kind: 'wait-again', wasRefused: false }],
    });
  });
});

describe('answered', () => {
  const sending: AttemptState = { phase: 'sending', sentOn: older, attempts: 2 };
  const reply = { kind: 'applied', revision: newer, members } as const;

  test('a save that Ray took rules out earlier ones, cancels deferred deletions, and is shown before it settles', () => {
    const cluster = { id: 'team', divisible: false, revision: newer, members };
    expect(nextStep(page('edit'), sending, answered(reply))).toEqual({
      state: { phase: 'settled', attempts: 2 },
      effects: [
        { kind: 'rule-out-earlier-writes', sentOn: older },
        { kind: 'cancel-deferred-deletions', now: { revision: newer, replicaSets, divisible: false } },
        { kind: 'fold-in', cluster, onlyAsSent: false },
        {
          kind: 'settle',
          result: { kind: 'applied', revision: newer, seen: 'reply', retries: 1 },
          membersAfter: members,
        },
        refresh,
      ],
    });
  });

  test('a save whose reply says nothing of its cluster just settles', () => {
    const { effects } = nextStep(page('edit'), sending, answered({ ...reply, revision: null, members: null }));
    expect(effects.map(({ kind }) => kind)).toEqual(['rule-out-earlier-writes', 'settle', 'refresh']);
  });

  test.each([
    ['delete', page('delete'), true],
    ['release', page('release'), false],
    ['deferred deletion', deferred, false],
  ])('a %s that Ray took is gone', (_, attempt, onlyAsSent) => {
    const gone = answered({ kind: 'applied', revision: null, members: null });
    expect(nextStep(attempt, { ...sending, sentOn: null }, gone)).toEqual({
      state: { phase: 'settled', attempts: 2 },
      effects: [
        { kind: 'fold-in', cluster: null, onlyAsSent },
        {
          kind: 'settle',
          result: { kind: 'applied', revision: null, seen: 'reply', retries: 0 },
          membersAfter: new Map(),
        },
        refresh,
      ],
    });
  });

  test('a stopped job moves no cluster', () => {
    const { effects } = nextStep(
      page('stop-job'),
      { ...sending, sentOn: null },
      answered({ kind: 'applied', revision: null, members: null }),
    );
    expect(effects).toEqual([settle({ kind: 'applied', revision: null, seen: 'reply', retries: 0 }), refresh]);
  });

  test.each([
    [page('edit'), 'judging-retry'],
    [page('creation'), 'reading-conflict'],
    [script('edit'), 'reading-conflict'],
    [page('delete'), 'reading-conflict'],
  ] as const)('a conflict is read; only an edit of a page may be sent again (%j)', (attempt, phase) => {
    expect(nextStep(attempt, sending, answered(conflict))).toEqual({
      state: { phase, rejection: conflict, attempts: 2 },
      effects: [readRemote],
    });
  });

  const shortage = { kind: 'shortage', direction: 'grow', suggestion: { '4c8g': 1 }, unmatched: [] } as const;
  test.each([
    [
      'an edit, on what its revision held',
      page('edit'),
      { '4c8g': 7 },
      { revision: older, replicaSets: { '4c8g': 7 } },
    ],
    ['an edit, else on its base', page('edit'), null, { revision: older, replicaSets }],
    ['a creation, on nothing', page('creation'), null, { revision: null, replicaSets: {} }],
  ])('a shortage was judged: %s', (_, attempt, replicaSetsSentOn, judgedOn) => {
    expect(nextStep(attempt, sending, { kind: 'answered', outcome: shortage, replicaSetsSentOn })).toEqual({
      state: { phase: 'settled', attempts: 2 },
      effects: [refresh, settle({ ...shortage, judgedOn })],
    });
  });

  test.each(['edit', 'delete', 'release', 'stop-job'] as const)('an unknown outcome of a %s is looked for', (name) => {
    expect(nextStep(page(name), sending, answered({ kind: 'unknown', cause: 'cut' }))).toEqual({
      state: { phase: 'unknown', attempts: 2 },
      effects: [{ kind: 'watch-for', cause: 'cut' }, refresh],
    });
  });

  test.each<Outcome>([
    { kind: 'mismatch', divisible: true },
    { kind: 'invalid', message: 'why' },
    { kind: 'blocked' },
    { kind: 'in-use' },
    { kind: 'already-ended' },
    { kind: 'not-found' },
  ])('$kind settles as it is', (outcome) => {
    expect(nextStep(page('delete'), sending, answered(outcome))).toEqual({
      state: { phase: 'settled', attempts: 2 },
      effects: [refresh, settle(outcome)],
    });
  });

  test('unreachable: nothing was sent, so there is nothing to read', () => {
    const { effects } = nextStep(page('delete'), sending, answered({ kind: 'unreachable' }));
    expect(effects).toEqual([settle({ kind: 'unreachable' })]);
  });

  test('a job cluster that somebody else released is gone at once', () => {
    const { effects } = nextStep(page('release'), sending, answered({ kind: 'not-found' }));
    expect(effects).toEqual([
      { kind: 'fold-in', cluster: null, onlyAsSent: false },
      refresh,
      settle({ kind: 'not-found' }),
    ]);
  });

  test.each([
    ['in-use', true],
    ['unreachable', false],
  ] as const)('a deferred deletion waits again: %s', (kind, wasRefused) => {
    expect(nextStep(deferred, sending, answered({ kind }))).toEqual({
      state: { phase: 'waiting', attempts: 2 },
      effects: [{ kind: 'wait-again', wasRefused }, refresh],
    });
  });

  test('a deferred deletion whose cluster is gone is cancelled', () => {
    const { effects } = nextStep(deferred, sending, answered({ kind: 'not-found' }));
    expect(effects).toEqual([settle({ kind: 'cancelled', why: { reason: 'gone' } })]);
  });
});

describe('judging a retry', () => {
  const judging: AttemptState = { phase: 'judging-retry', rejection: conflict, attempts: 1 };

  test('only the revision moved: it is sent again on the newer one', () => {
    expect(nextStep(page('edit'), judging, read(found))).toEqual({
      state: { phase: 'recording-intent', sentOn: newer, rejection: conflict, attempts: 1 },
      effects: [{ kind: 'capture-before' }, { kind: 'record-intent', sentOn: newer }],
    });
  });

  const moved = { ...found.cluster, replicaSets: { '4c8g': 3 } };
  test.each<[string, RemoteReading]>([
    ['the replica sets moved', { ...found, cluster: moved }],
    ['it is of the other kind', { ...found, cluster: { ...found.cluster, divisible: true } }],
    ['the members moved', { ...found, members: new Map([['n2', { hostname: 'vm2', templateId: '4c8g' }]]) }],
    ['the members of the base are forgotten', { ...found, membersOfBase: null }],
    ['it is gone', { kind: 'gone' }],
    ['nothing could be read', { kind: 'unread', isUnreachable: false }],
  ])('%s: the person decides', (_, remote) => {
    expect(nextStep(page('edit'), judging, read(remote))).toEqual({
      state: { phase: 'reading-conflict', rejection: conflict, attempts: 1 },
      effects: [readRemote],
    });
  });

  test('sent four times: the person decides', () => {
    expect(nextStep(page('edit'), { ...judging, attempts: 4 }, read(found)).state.phase).toBe('reading-conflict');
  });
});

test.each([
  [found, found.cluster],
  [{ kind: 'gone' }, null],
  [{ kind: 'unread', isUnreachable: true }, 'unread'],
] as const)('a conflict settles with what Ray has now (%j)', (remote, theirs) => {
  const state: AttemptState = { phase: 'reading-conflict', rejection: conflict, attempts: 1 };
  expect(nextStep(page('edit'), state, read(remote))).toEqual({
    state: { phase: 'settled', attempts: 1 },
    effects: [settle({ kind: 'conflict', latest: newer, theirs })],
  });
});
