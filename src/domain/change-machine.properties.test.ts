import fc from 'fast-check';
import { expect, test } from 'vitest';
import type {
  Attempt,
  AttemptEffect,
  AttemptEvent,
  AttemptState,
  RemoteReading,
  RemovalReading,
} from './change-attempt.ts';
import { nextStep } from './change-machine.ts';
import type { ChangeRequest } from './change.ts';
import type { Outcome } from './outcome.ts';
import { NO_REVISION, parseRevision, type Revision } from './revision.ts';
import type { Member } from './sources.ts';

const revisions = ['1795469080484243902', '1795469080484243903', '1795469080484243904'].map(
  (digits) => parseRevision(digits) ?? NO_REVISION,
);
const revision = fc.constantFrom(...revisions);
const replicaSets = { '4c8g': 1 };
const base = { revision: revisions[0] ?? NO_REVISION, replicaSets };
const members = new Map<string, Member>([['n1', { hostname: 'vm1', templateId: '4c8g' }]]);

const edit: ChangeRequest = { kind: 'save', clusterId: 'team', divisible: false, base, want: { '4c8g': 2 } };
const deletion = { clusterId: 'team', base: { ...base, divisible: false } };
const requestOfPage = fc.constantFrom<ChangeRequest>(
  edit,
  { ...edit, base: null },
  { kind: 'delete', ...deletion },
  { kind: 'release', clusterId: 'team##raysubmit_1' },
  { kind: 'stop-job', clusterId: 'team', submissionId: 'raysubmit_1' },
);
const attempts = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Attempt>({ request: edit, origin: 'page' }) },
  { weight: 2, arbitrary: requestOfPage.map((request): Attempt => ({ request, origin: 'page' })) },
  fc.constantFrom<Attempt>(
    { request: edit, origin: 'script' },
    { request: { kind: 'delete', ...deletion }, origin: 'script' },
  ),
  fc.constant<Attempt>({ request: { kind: 'delete-when-idle', ...deletion }, origin: 'deferred' }),
);

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 6, arbitrary: revision.map((latest): Outcome => ({ kind: 'conflict', latest })) },
  { weight: 2, arbitrary: fc.constant<Outcome>({ kind: 'unknown', cause: 'timed-out' }) },
  fc.constantFrom<Outcome>(
    { kind: 'applied', revision: revisions[1] ?? NO_REVISION, members },
    { kind: 'applied', revision: null, members: null },
    { kind: 'shortage', direction: 'grow', suggestion: {}, unmatched: [] },
    { kind: 'mismatch', divisible: true },
    { kind: 'in-use' },
    { kind: 'not-found' },
    { kind: 'already-ended' },
    { kind: 'invalid', message: 'why' },
    { kind: 'blocked' },
    { kind: 'unreachable' },
  ),
);
const remote: fc.Arbitrary<RemoteReading> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({ at: revision, moved: fc.nat(9).map((n) => n === 0) })
      .map(({ at, moved }): RemoteReading => ({
        kind: 'found',
        cluster: { revision: at, replicaSets: moved ? { '4c8g': 9 } : replicaSets, divisible: false },
        members,
        membersOfBase: members,
      })),
  },
  fc.constantFrom<RemoteReading>({ kind: 'gone' }, { kind: 'unread', isUnreachable: false }),
);

const removal = fc.constantFrom<RemovalReading>(
  { kind: 'removed' },
  { kind: 'not-removed' },
  { kind: 'unread', isUnreachable: true },
  { kind: 'unread', isUnreachable: false },
);

/** What the world answers, each time that it is asked. */
const world = fc.record({
  remotes: fc.infiniteStream(remote),
  removals: fc.infiniteStream(removal),
  intents: fc.infiniteStream(fc.nat(9).map((n) => n > 0)),
  outcomes: fc.infiniteStream(outcome),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** One thing that happened: an effect that was performed, or the event that it led to. */
type Trace = readonly (AttemptEffect | AttemptEvent)[];

function answerTo(effect: AttemptEffect, { remotes, removals, intents, outcomes }: World): AttemptEvent | null {
  switch (effect.kind) {
    case 'read-remote':
      return { kind: 'remote-read', remote: take(remotes) };
    case 'check-removal':
      return { kind: 'removal-checked', removal: take(removals) };
    case 'record-intent':
      return take(intents) ? { kind: 'intent-recorded' } : { kind: 'intent-failed', error: 'full disk' };
    case 'send':
      return { kind: 'answered', outcome: take(outcomes), replicaSetsSentOn: null };
    case 'mark-removal':
    case 'capture-before':
    case 'rule-out-earlier-writes':
    case 'cancel-deferred-deletions':
    case 'fold-in':
    case 'settle':
    case 'wait-again':
    case 'watch-for':
    case 'refresh':
    case 'fail':
      return null;
  }
}

function take<T>(stream: fc.Stream<T>): T {
  const next = stream.next();
  if (next.done === true) throw new Error('the stream has ended');
  return next.value;
}

/** Plays an attempt to its end; it must come within so many steps. */
function play(attempt: Attempt, answers: World): { readonly trace: Trace; readonly state: AttemptState } {
  let state: AttemptState = { phase: 'ready', attempts: 0 };
  let event: AttemptEvent | null = { kind: 'started' };
  const trace: (AttemptEffect | AttemptEvent)[] = [];
  for (let steps = 0; event !== null; steps++) {
    if (steps > 100) throw new Error('the attempt does not end');
    trace.push(event);
    const step = nextStep(attempt, state, event);
    state = step.state;
    event = null;
    for (const effect of step.effects) {
      // An effect that leads to an event is the last of its step.
      expect(event).toBeNull();
      trace.push(effect);
      event = answerTo(effect, answers);
    }
  }
  return { trace, state };
}

const checkEach = (check: (played: ReturnType<typeof play>) => void) =>
  fc.assert(fc.property(attempts, world, (attempt, answers) => check(play(attempt, answers))));

const kindsOf = (trace: Trace) => trace.map(({ kind }) => kind);

test('nothing is sent unless its intent was recorded immediately before, on the same revision', () => {
  checkEach(({ trace }) => {
    trace.forEach((each, index) => {
      if (each.kind !== 'send') return;
      expect(trace[index - 1]?.kind).toBe('intent-recorded');
      expect(trace[index - 2]).toEqual({ kind: 'record-intent', sentOn: each.sentOn });
    });
  });
});

test('nothing is sent again after an unknown outcome, nor after anything but a conflict', () => {
  checkEach(({ trace }) => {
    const lastSend = kindsOf(trace).lastIndexOf('send');
    const before = trace.slice(0, Math.max(0, lastSend));
    const outcomes = before.flatMap((each) => (each.kind === 'answered' ? [each.outcome.kind] : []));
    expect(outcomes.filter((kind) => kind !== 'conflict')).toEqual([]);
  });
});

test('at most three silent retries, each on the revision that was just read, and none by a script', () => {
  fc.assert(
    fc.property(attempts, world, (attempt, answers) => {
      const { trace } = play(attempt, answers);
      let lastRead: Revision | null = null;
      let sent = 0;
      for (const each of trace) {
        if (each.kind === 'remote-read') lastRead = each.remote.kind === 'found' ? each.remote.cluster.revision : null;
        if (each.kind !== 'send') continue;
        sent += 1;
        if (sent > 1) expect(each.sentOn).toBe(lastRead);
      }
      expect(sent).toBeLessThanOrEqual(attempt.request === edit && attempt.origin === 'page' ? 4 : 1);
    }),
  );
});

test('every attempt ends settled, unknown or waiting, and says so exactly once', () => {
  const saysSo = { settled: 'settle', unknown: 'watch-for', waiting: 'wait-again' } as const;
  checkEach(({ trace, state }) => {
    if (state.phase !== 'settled' && state.phase !== 'unknown' && state.phase !== 'waiting') {
      throw new Error(`ended as ${state.phase}`);
    }
    const endings = kindsOf(trace).filter((kind) => kind === 'settle' || kind === 'watch-for' || kind === 'wait-again');
    expect(endings).toEqual([saysSo[state.phase]]);
  });
});

test('what was never sent is said to have had no effect, and what is unknown never to have failed', () => {
  checkEach(({ trace, state }) => {
    const isUnknown = trace.some((each) => each.kind === 'answered' && each.outcome.kind === 'unknown');
    expect(state.phase === 'unknown').toBe(isUnknown);
    if (kindsOf(trace).includes('send')) return;
    const results = trace.flatMap((each) => (each.kind === 'settle' ? [each.result.kind] : []));
    expect(['not-applied', 'unreachable', 'conflict']).toContain(results[0]);
  });
});

test('an event that nothing waits for is refused, so a late or doubled answer sends nothing', () => {
  const event = fc.oneof(
    fc.constantFrom<AttemptEvent>(
      { kind: 'started' },
      { kind: 'intent-recorded' },
      { kind: 'intent-failed', error: 'full disk' },
    ),
    remote.map((each): AttemptEvent => ({ kind: 'remote-read', remote: each })),
    removal.map((each): AttemptEvent => ({ kind: 'removal-checked', removal: each })),
    outcome.map((each): AttemptEvent => ({ kind: 'answered', outcome: each, replicaSetsSentOn: null })),
  );
  const awaited: Record<AttemptState['phase'], readonly AttemptEvent['kind'][]> = {
    ready: ['started'],
    'reading-base': ['remote-read'],
    'checking-removal': ['removal-checked'],
    'recording-intent': ['intent-recorded', 'intent-failed'],
    sending: ['answered'],
    'judging-retry': ['remote-read'],
    'reading-conflict': ['remote-read'],
    settled: [],
    unknown: [],
    waiting: [],
  };
  fc.assert(
    fc.property(attempts, fc.array(event, { maxLength: 40 }), (attempt, events) => {
      let state: AttemptState = { phase: 'ready', attempts: 0 };
      for (const each of events) {
        if (awaited[state.phase].includes(each.kind)) state = nextStep(attempt, state, each).state;
        else expect(() => nextStep(attempt, state, each)).toThrow(/waits for no event/);
      }
    }),
  );
});
