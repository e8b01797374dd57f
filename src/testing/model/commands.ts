import fc from 'fast-check';
import { noFault, type NetworkFault } from './network-faults.ts';

/** Pages: 0 and 3 are two tabs of one administrator, 1 is another's, both on the first back end; 2 is on the second. */
export const PAGE_COUNT = 4;
const CLUSTERS = ['a', 'b', 'c'] as const;
export const TEMPLATES = ['4c8g', 'my_node_type'] as const;

/** How the write of a change fares: on its way from the page to the console, and from there to Ray, attempt by attempt. */
interface WriteFaults {
  readonly put: NetworkFault;
  readonly writes: readonly NetworkFault[];
}

/** One thing that somebody does, or that happens. What can't be done then is left out. Plain data: a history can be kept. */
export type Command = { readonly wait: number } & (
  | ({
      readonly do: 'edit';
      readonly page: number;
      readonly cluster: string;
      readonly counts: readonly string[];
    } & WriteFaults)
  | ({
      readonly do: 'create';
      readonly page: number;
      readonly cluster: string;
      readonly divisible: boolean;
      readonly counts: readonly string[];
    } & WriteFaults)
  | { readonly do: 'open'; readonly page: number; readonly cluster: string }
  | { readonly do: 'type'; readonly page: number; readonly field: number; readonly text: string }
  | ({ readonly do: 'save' | 'suggest' | 'recreate' | 'send-again' | 'twice'; readonly page: number } & WriteFaults)
  | ({ readonly do: 'merge'; readonly page: number; readonly sides: readonly ('mine' | 'theirs')[] } & WriteFaults)
  /** What it takes for a conflict: the editor is open, something else happens, and then it is saved. */
  | ({
      readonly do: 'edit-while';
      readonly page: number;
      readonly cluster: string;
      readonly counts: readonly string[];
      readonly other: InterleavedCommand;
    } & WriteFaults)
  /** Saves exactly what the cluster has. */
  | ({ readonly do: 'touch'; readonly page: number; readonly cluster: string } & WriteFaults)
  | {
      readonly do:
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
  | ({ readonly do: 'stop-job'; readonly page: number; readonly which: number } & WriteFaults)
  /** `isLeft`: and then everybody leaves, as in `quiet`. */
  | {
      readonly do: 'delete-when-idle';
      readonly page: number;
      readonly cluster: string;
      readonly isLeft: boolean;
      readonly put: NetworkFault;
    }
  | ({ readonly do: 'delete'; readonly page: number; readonly cluster: string } & WriteFaults)
  | ({ readonly do: 'release'; readonly page: number; readonly which: number } & WriteFaults)
  | {
      readonly do: 'script-save';
      readonly cluster: string;
      readonly divisible: boolean;
      readonly counts: readonly number[];
    }
  | { readonly do: 'script-delete'; readonly cluster: string }
  | ({
      readonly do: 'console-script';
      readonly backend: number;
      readonly cluster: string;
      readonly counts: readonly number[] | null;
    } & WriteFaults)
  | { readonly do: 'job'; readonly cluster: string; readonly count: number; readonly cpus: 0 | 1 | 'all' }
  | { readonly do: 'end-job' | 'kill'; readonly which: number }
  | { readonly do: 'add-node'; readonly template: number }
  /** Ray is started anew; or it only loses all it had, and stays the same session. */
  | { readonly do: 'restart' | 'empty' }
  /** Other nodes of the same templates than before. */
  | { readonly do: 'swap'; readonly cluster: string }
  | { readonly do: 'console-restart'; readonly backend: number; readonly how: 'close' | 'kill'; readonly down: number }
  /** After the console's next delete Ray's list still shows the cluster, for so many readings. */
  | { readonly do: 'lag'; readonly backend: number; readonly reads: number }
  /** Nobody looks at any page, for longer than a cluster must be idle. */
  | { readonly do: 'quiet' }
  | { readonly do: 'away'; readonly isAway: boolean; readonly backend: number }
  | {
      readonly do: 'trouble';
      readonly backend: number;
      readonly path: string;
      readonly fate: NetworkFault;
      readonly times: number;
    }
  | { readonly do: 'page-trouble'; readonly page: number; readonly fate: NetworkFault; readonly times: number }
  | { readonly do: 'slow-stream'; readonly page: number; readonly delay: number }
  | { readonly do: 'hide'; readonly page: number; readonly isHidden: boolean }
  | { readonly do: 'nothing' }
);

/** What happens to a cluster while its editor is open. */
export type InterleavedCommand = 'swap' | 'job' | 'script-save' | 'script-delete';

export interface CommandSequence {
  /** Of the simulated Ray. */
  readonly seed: number;
  /** Ray's list is so large that the back ends poll its cache. */
  readonly isListHeavy: boolean;
  /** Writing into the consoles' journals takes a moment, in which they can be killed. */
  readonly isDiskSlow: boolean;
  readonly steps: readonly Command[];
}

const times = (...ms: readonly number[]) => fc.constantFrom(...ms);
const slowDelivery = fc.record({
  before: times(5, 5, 400, 2_500),
  after: times(5, 5, 400, 2_500, 6_000),
  breaks: fc.constant('no' as const),
});
const brokenDelivery = fc.oneof(
  fc.record({
    before: times(5, 800),
    after: times(5, 800),
    breaks: fc.constantFrom('request', 'reply', 'page', 'page-after', 'traceback', 'cut', 'refused'),
  }),
  fc.record({ before: times(5, 3_000, 12_000), after: fc.constant(5), breaks: fc.constant('gave-up' as const) }),
);
const rayWriteFault: fc.Arbitrary<NetworkFault> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(noFault) },
  { weight: 7, arbitrary: slowDelivery },
  { weight: 5, arbitrary: brokenDelivery },
  // Longer than the back end waits: the effect comes late, or only the answer.
  {
    weight: 1,
    arbitrary: fc.record({ before: times(31_000, 40_000), after: fc.constant(5), breaks: fc.constant('no' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ before: fc.constant(5), after: fc.constant(31_000), breaks: fc.constant('no' as const) }),
  },
);
const consoleFault: fc.Arbitrary<NetworkFault> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(noFault) },
  { weight: 3, arbitrary: slowDelivery },
  {
    weight: 2,
    arbitrary: fc.record({
      before: times(5, 800),
      after: times(5, 800),
      breaks: fc.constantFrom('request', 'reply', 'page', 'page-after', 'refused'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ before: times(100, 6_000), after: fc.constant(5), breaks: fc.constant('gave-up' as const) }),
  },
);
const writeFaults = { put: consoleFault, writes: fc.array(rayWriteFault, { maxLength: 3 }) };
const readFault: fc.Arbitrary<NetworkFault> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      before: times(5, 300, 1_200),
      after: times(5, 300, 1_200),
      breaks: fc.constant('no' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      before: fc.constant(5),
      after: fc.constant(5),
      breaks: fc.constantFrom('request', 'page', 'traceback', 'cut', 'refused'),
    }),
  },
  { weight: 1, arbitrary: fc.constant<NetworkFault>({ before: 5, after: 31_000, breaks: 'no' }) },
);

const page = fc.nat({ max: PAGE_COUNT - 1 });
const backend = fc.nat({ max: 1 });
const cluster = fc.constantFrom(...CLUSTERS);
const which = fc.nat({ max: 7 });
const typed = fc.oneof(
  { weight: 12, arbitrary: fc.nat({ max: 4 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('', '1e5', '9', ' 2 ') },
);
const typedCounts = fc.array(typed, { minLength: 2, maxLength: 2 });
const counts = fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 2 });
const isTrue = fc.boolean();
const wait = times(0, 0, 0, 0, 0, 20, 20, 300, 300, 1_000, 1_000, 1_000, 2_500, 2_500, 4_000, 12_000);
const meanwhile = fc.constantFrom<InterleavedCommand[]>('swap', 'swap', 'job', 'script-save', 'script-delete');
const lost: NetworkFault = { before: 5, after: 5, breaks: 'request' };

function command<const D extends Command['do'], F extends object>(
  name: D,
  fields: { readonly [K in keyof F]: fc.Arbitrary<F[K]> },
): fc.Arbitrary<{ do: D; wait: number } & F> {
  return fc.tuple(fc.record<F>(fields), wait).map(([rest, ms]) => ({ do: name, wait: ms, ...rest }));
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
      writes: fc.array(fc.oneof(fc.constant(lost), rayWriteFault), { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: command('open', { page, cluster }) },
  { weight: 2, arbitrary: command('type', { page, field: fc.nat({ max: 2 }), text: typed }) },
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
      fate: readFault,
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: command('page-trouble', { page, fate: consoleFault, times: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 2, arbitrary: command('slow-stream', { page, delay: times(1, 50, 700, 4_000) }) },
  { weight: 1, arbitrary: command('hide', { page, isHidden: isTrue }) },
  { weight: 1, arbitrary: command('nothing', {}) },
] as const;

/** Histories of at most so many steps. */
export function commandSequences(mostSteps: number): fc.Arbitrary<CommandSequence> {
  return fc.record({
    seed: fc.nat({ max: 1_000 }),
    isListHeavy: fc.nat({ max: 15 }).map((n) => n === 0),
    isDiskSlow: fc.nat({ max: 3 }).map((n) => n === 0),
    steps: fc.array<Command>(fc.oneof(...commands), { minLength: 2, maxLength: mostSteps, size: 'max' }),
  });
}
