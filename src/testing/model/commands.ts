import fc from 'fast-check';
import { noFault, type NetworkFault } from './network-faults.ts';

/** Pages 0 and 3 are two tabs of one administrator and page 1 is another's, all on the first back end; page 2 is on the second. */
export const PAGE_COUNT = 4;
const CLUSTERS = ['a', 'b', 'c'] as const;
export const TEMPLATES = ['4c8g', 'my_node_type'] as const;

/** The network faults of a change's write: from the page to the console (`put`), and from there to Ray (`writes`, one an attempt). */
interface WriteFaults {
  readonly put: NetworkFault;
  readonly writes: readonly NetworkFault[];
}

/** One user action or external event. A command that is impossible in the current state is skipped. Plain data, so that a sequence can be recorded. */
export type Command = { readonly wait: number } & (
  | ({
      readonly kind: 'edit';
      readonly page: number;
      readonly cluster: string;
      readonly counts: readonly string[];
    } & WriteFaults)
  | ({
      readonly kind: 'create';
      readonly page: number;
      readonly cluster: string;
      readonly divisible: boolean;
      readonly counts: readonly string[];
    } & WriteFaults)
  | { readonly kind: 'open'; readonly page: number; readonly cluster: string }
  | { readonly kind: 'type'; readonly page: number; readonly field: number; readonly text: string }
  | ({ readonly kind: 'save' | 'suggest' | 'recreate' | 'send-again' | 'twice'; readonly page: number } & WriteFaults)
  | ({ readonly kind: 'merge'; readonly page: number; readonly sides: readonly ('mine' | 'theirs')[] } & WriteFaults)
  /** Provokes a conflict: opens the editor, lets something else happen, then saves. */
  | ({
      readonly kind: 'edit-while';
      readonly page: number;
      readonly cluster: string;
      readonly counts: readonly string[];
      readonly other: InterleavedCommand;
    } & WriteFaults)
  /** Saves the replica sets that the cluster already has. */
  | ({ readonly kind: 'touch'; readonly page: number; readonly cluster: string } & WriteFaults)
  | {
      readonly kind:
        | 'look'
        | 'go-on'
        | 'start-from-now'
        | 'reload'
        | 'leave'
        | 'discard'
        | 'break-stream'
        | 'cancel'
        | 'release-all';
      readonly page: number;
    }
  | ({ readonly kind: 'stop-job'; readonly page: number; readonly which: number } & WriteFaults)
  /** `isLeft`: every page is hidden afterwards, as in `quiet`. */
  | {
      readonly kind: 'delete-when-idle';
      readonly page: number;
      readonly cluster: string;
      readonly isLeft: boolean;
      readonly put: NetworkFault;
    }
  | ({ readonly kind: 'delete'; readonly page: number; readonly cluster: string } & WriteFaults)
  | ({ readonly kind: 'release'; readonly page: number; readonly which: number } & WriteFaults)
  | {
      readonly kind: 'script-save';
      readonly cluster: string;
      readonly divisible: boolean;
      readonly counts: readonly number[];
    }
  | { readonly kind: 'script-delete'; readonly cluster: string }
  | ({
      readonly kind: 'console-script';
      readonly backend: number;
      readonly cluster: string;
      readonly counts: readonly number[] | null;
    } & WriteFaults)
  | { readonly kind: 'job'; readonly cluster: string; readonly count: number; readonly cpus: 0 | 1 | 'all' }
  | { readonly kind: 'end-job' | 'kill'; readonly which: number }
  | { readonly kind: 'add-node'; readonly template: number }
  /** `restart`: Ray restarts with a new session. `empty`: it loses its state within the same session. */
  | { readonly kind: 'restart' | 'empty' }
  /** The cluster gets different nodes of the same templates. */
  | { readonly kind: 'swap'; readonly cluster: string }
  | {
      readonly kind: 'console-restart';
      readonly backend: number;
      readonly how: 'close' | 'kill';
      readonly down: number;
    }
  /** After the console's next delete, this many reads of Ray's list still show the cluster. */
  | { readonly kind: 'lag'; readonly backend: number; readonly reads: number }
  /** All pages are hidden for longer than a cluster must be idle before its deferred deletion. */
  | { readonly kind: 'quiet' }
  | { readonly kind: 'away'; readonly isAway: boolean; readonly backend: number }
  | {
      readonly kind: 'trouble';
      readonly backend: number;
      readonly path: string;
      readonly fault: NetworkFault;
      readonly times: number;
    }
  | { readonly kind: 'page-trouble'; readonly page: number; readonly fault: NetworkFault; readonly times: number }
  | { readonly kind: 'slow-stream'; readonly page: number; readonly delay: number }
  | { readonly kind: 'hide'; readonly page: number; readonly isHidden: boolean }
  | { readonly kind: 'nothing' }
);

/** What happens to a cluster while its editor is open, in an `edit-while` command. */
export type InterleavedCommand = 'swap' | 'job' | 'script-save' | 'script-delete';

export interface CommandSequence {
  /** The seed of the simulated Ray. */
  readonly seed: number;
  /** Ray's list is so large that the back ends poll Ray's cached copy of it (fact 4). */
  readonly isListHeavy: boolean;
  /** Journal writes take a few milliseconds, during which a console can be killed. */
  readonly isDiskSlow: boolean;
  readonly steps: readonly Command[];
}

const times = (...ms: readonly number[]) => fc.constantFrom(...ms);
const delayed = fc.record({
  requestDelay: times(5, 5, 400, 2_500),
  replyDelay: times(5, 5, 400, 2_500, 6_000),
  failure: fc.constant('no' as const),
});
const failed = fc.oneof(
  fc.record({
    requestDelay: times(5, 800),
    replyDelay: times(5, 800),
    failure: fc.constantFrom('request', 'reply', 'page', 'page-after', 'traceback', 'cut', 'refused'),
  }),
  fc.record({
    requestDelay: times(5, 3_000, 12_000),
    replyDelay: fc.constant(5),
    failure: fc.constant('gave-up' as const),
  }),
);
const rayWriteFault: fc.Arbitrary<NetworkFault> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(noFault) },
  { weight: 7, arbitrary: delayed },
  { weight: 5, arbitrary: failed },
  // Longer than the back end's time-out: either the effect or only the reply comes too late.
  {
    weight: 1,
    arbitrary: fc.record({
      requestDelay: times(31_000, 40_000),
      replyDelay: fc.constant(5),
      failure: fc.constant('no' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      requestDelay: fc.constant(5),
      replyDelay: fc.constant(31_000),
      failure: fc.constant('no' as const),
    }),
  },
);
const consoleFault: fc.Arbitrary<NetworkFault> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(noFault) },
  { weight: 3, arbitrary: delayed },
  {
    weight: 2,
    arbitrary: fc.record({
      requestDelay: times(5, 800),
      replyDelay: times(5, 800),
      failure: fc.constantFrom('request', 'reply', 'page', 'page-after', 'refused'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      requestDelay: times(100, 6_000),
      replyDelay: fc.constant(5),
      failure: fc.constant('gave-up' as const),
    }),
  },
);
const writeFaults = { put: consoleFault, writes: fc.array(rayWriteFault, { maxLength: 3 }) };
const readFault: fc.Arbitrary<NetworkFault> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      requestDelay: times(5, 300, 1_200),
      replyDelay: times(5, 300, 1_200),
      failure: fc.constant('no' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      requestDelay: fc.constant(5),
      replyDelay: fc.constant(5),
      failure: fc.constantFrom('request', 'page', 'traceback', 'cut', 'refused'),
    }),
  },
  { weight: 1, arbitrary: fc.constant<NetworkFault>({ requestDelay: 5, replyDelay: 31_000, failure: 'no' }) },
);

const page = fc.nat({ max: PAGE_COUNT - 1 });
const backend = fc.nat({ max: 1 });
const cluster = fc.constantFrom(...CLUSTERS);
const which = fc.nat({ max: 7 });
const typedCount = fc.oneof(
  { weight: 12, arbitrary: fc.nat({ max: 4 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('', '1e5', '9', ' 2 ') },
);
const typedCounts = fc.array(typedCount, { minLength: 2, maxLength: 2 });
const counts = fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 2 });
const isTrue = fc.boolean();
const wait = times(0, 0, 0, 0, 0, 20, 20, 300, 300, 1_000, 1_000, 1_000, 2_500, 2_500, 4_000, 12_000);
const meanwhile = fc.constantFrom<InterleavedCommand[]>('swap', 'swap', 'job', 'script-save', 'script-delete');
const requestLost: NetworkFault = { requestDelay: 5, replyDelay: 5, failure: 'request' };

function command<const Kind extends Command['kind'], Fields extends object>(
  name: Kind,
  fields: { readonly [K in keyof Fields]: fc.Arbitrary<Fields[K]> },
): fc.Arbitrary<{ kind: Kind; wait: number } & Fields> {
  return fc.tuple(fc.record<Fields>(fields), wait).map(([rest, ms]) => ({ kind: name, wait: ms, ...rest }));
}

const commands = [
  { weight: 18, arbitrary: command('edit', { page, cluster, counts: typedCounts, ...writeFaults }) },
  {
    weight: 4,
    arbitrary: command('create', { page, cluster, divisible: isTrue, counts: typedCounts, ...writeFaults }),
  },
  {
    weight: 6,
    arbitrary: command('edit-while', { page, cluster, counts: typedCounts, other: meanwhile, ...writeFaults }),
  },
  {
    weight: 2,
    arbitrary: command('touch', {
      page,
      cluster,
      put: consoleFault,
      writes: fc.array(fc.oneof(fc.constant(requestLost), rayWriteFault), { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: command('open', { page, cluster }) },
  { weight: 2, arbitrary: command('type', { page, field: fc.nat({ max: 2 }), text: typedCount }) },
  { weight: 2, arbitrary: command('save', { page, ...writeFaults }) },
  { weight: 3, arbitrary: command('suggest', { page, ...writeFaults }) },
  {
    weight: 5,
    arbitrary: command('merge', {
      page,
      sides: fc.array(fc.constantFrom('mine', 'theirs'), { minLength: 2, maxLength: 3 }),
      ...writeFaults,
    }),
  },
  { weight: 1, arbitrary: command('recreate', { page, ...writeFaults }) },
  { weight: 1, arbitrary: command('send-again', { page, ...writeFaults }) },
  { weight: 3, arbitrary: command('twice', { page, ...writeFaults }) },
  { weight: 1, arbitrary: command('look', { page }) },
  { weight: 2, arbitrary: command('go-on', { page }) },
  { weight: 2, arbitrary: command('start-from-now', { page }) },
  { weight: 2, arbitrary: command('reload', { page }) },
  { weight: 1, arbitrary: command('leave', { page }) },
  { weight: 1, arbitrary: command('discard', { page }) },
  { weight: 1, arbitrary: command('break-stream', { page }) },
  { weight: 7, arbitrary: command('delete', { page, cluster, ...writeFaults }) },
  { weight: 2, arbitrary: command('release', { page, which, ...writeFaults }) },
  { weight: 1, arbitrary: command('release-all', { page }) },
  { weight: 2, arbitrary: command('stop-job', { page, which, ...writeFaults }) },
  {
    weight: 3,
    arbitrary: command('delete-when-idle', {
      page,
      cluster,
      isLeft: fc.nat({ max: 3 }).map((n) => n === 0),
      put: consoleFault,
    }),
  },
  { weight: 1, arbitrary: command('cancel', { page }) },
  { weight: 7, arbitrary: command('script-save', { cluster, divisible: isTrue, counts }) },
  { weight: 4, arbitrary: command('script-delete', { cluster }) },
  { weight: 3, arbitrary: command('console-script', { backend, cluster, counts: fc.option(counts), ...writeFaults }) },
  {
    weight: 5,
    arbitrary: command('job', {
      cluster,
      count: fc.nat({ max: 2 }),
      cpus: fc.constantFrom<(0 | 1 | 'all')[]>(0, 0, 1, 'all'),
    }),
  },
  { weight: 2, arbitrary: command('end-job', { which }) },
  { weight: 2, arbitrary: command('kill', { which }) },
  { weight: 1, arbitrary: command('add-node', { template: fc.nat({ max: 1 }) }) },
  { weight: 1, arbitrary: command('restart', {}) },
  { weight: 1, arbitrary: command('empty', {}) },
  { weight: 1, arbitrary: command('swap', { cluster }) },
  {
    weight: 3,
    arbitrary: command('console-restart', {
      backend,
      how: fc.constantFrom('close', 'kill', 'kill'),
      down: times(1, 500, 3_000),
    }),
  },
  { weight: 2, arbitrary: command('lag', { backend, reads: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: command('quiet', {}) },
  { weight: 1, arbitrary: command('away', { isAway: isTrue, backend }) },
  {
    weight: 4,
    arbitrary: command('trouble', {
      backend,
      path: fc.constantFrom(
        '/virtual_clusters',
        '/virtual_clusters',
        '/api/v0/vclusters',
        '/api/v0/nodes',
        '/api/version',
        '/',
      ),
      fault: readFault,
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: command('page-trouble', { page, fault: consoleFault, times: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 2, arbitrary: command('slow-stream', { page, delay: times(1, 50, 700, 4_000) }) },
  { weight: 1, arbitrary: command('hide', { page, isHidden: isTrue }) },
  { weight: 1, arbitrary: command('nothing', {}) },
] as const;

/** Random sequences of at most `maxSteps` commands. */
export function commandSequences(maxSteps: number): fc.Arbitrary<CommandSequence> {
  return fc.record({
    seed: fc.nat({ max: 1_000 }),
    isListHeavy: fc.nat({ max: 15 }).map((n) => n === 0),
    isDiskSlow: fc.nat({ max: 3 }).map((n) => n === 0),
    steps: fc.array<Command>(fc.oneof(...commands), { minLength: 2, maxLength: maxSteps, size: 'max' }),
  });
}
