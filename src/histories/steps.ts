import fc from 'fast-check';
import { fine, type Fate } from './fates.ts';

/** Pages: 0 and 3 are two tabs of one administrator, 1 is another's, both on the first back end; 2 is on the second. */
export const PAGES = 4;
const CLUSTERS = ['a', 'b', 'c'] as const;
export const TEMPLATES = ['4c8g', 'my_node_type'] as const;

/** How the write of a change fares: on its way from the page to the console, and from there to Ray, attempt by attempt. */
interface OnItsWay {
  readonly put: Fate;
  readonly writes: readonly Fate[];
}

/** One thing that somebody does, or that happens. What can't be done then is left out. Plain data: a history can be kept. */
export type Step = { readonly wait: number } & (
  | ({
      readonly do: 'edit';
      readonly page: number;
      readonly cluster: string;
      readonly counts: readonly string[];
    } & OnItsWay)
  | ({
      readonly do: 'create';
      readonly page: number;
      readonly cluster: string;
      readonly divisible: boolean;
      readonly counts: readonly string[];
    } & OnItsWay)
  | { readonly do: 'open'; readonly page: number; readonly cluster: string }
  | { readonly do: 'type'; readonly page: number; readonly field: number; readonly text: string }
  | ({ readonly do: 'save' | 'suggest' | 'recreate' | 'send-again' | 'twice'; readonly page: number } & OnItsWay)
  | ({ readonly do: 'merge'; readonly page: number; readonly sides: readonly ('mine' | 'theirs')[] } & OnItsWay)
  /** What it takes for a conflict: the editor is open, something else happens, and then it is saved. */
  | ({
      readonly do: 'edit-while';
      readonly page: number;
      readonly cluster: string;
      readonly counts: readonly string[];
      readonly other: Meanwhile;
    } & OnItsWay)
  /** Saves exactly what the cluster has. */
  | ({ readonly do: 'touch'; readonly page: number; readonly cluster: string } & OnItsWay)
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
  | ({ readonly do: 'stop-job'; readonly page: number; readonly which: number } & OnItsWay)
  /** `isLeft`: and then everybody leaves, as in `quiet`. */
  | {
      readonly do: 'delete-when-idle';
      readonly page: number;
      readonly cluster: string;
      readonly isLeft: boolean;
      readonly put: Fate;
    }
  | ({ readonly do: 'delete'; readonly page: number; readonly cluster: string } & OnItsWay)
  | ({ readonly do: 'release'; readonly page: number; readonly which: number } & OnItsWay)
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
    } & OnItsWay)
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
      readonly fate: Fate;
      readonly times: number;
    }
  | { readonly do: 'page-trouble'; readonly page: number; readonly fate: Fate; readonly times: number }
  | { readonly do: 'slow-stream'; readonly page: number; readonly delay: number }
  | { readonly do: 'hide'; readonly page: number; readonly isHidden: boolean }
  | { readonly do: 'nothing' }
);

/** What happens to a cluster while its editor is open. */
export type Meanwhile = 'swap' | 'job' | 'script-save' | 'script-delete';

export interface History {
  /** Of the simulated Ray. */
  readonly seed: number;
  /** Ray's list is so large that the back ends poll its cache. */
  readonly isListHeavy: boolean;
  /** Writing into the consoles' journals takes a moment, in which they can be killed. */
  readonly isDiskSlow: boolean;
  readonly steps: readonly Step[];
}

const times = (...ms: readonly number[]) => fc.constantFrom(...ms);
const inTime = fc.record({
  before: times(5, 5, 400, 2_500),
  after: times(5, 5, 400, 2_500, 6_000),
  breaks: fc.constant('no' as const),
});
const broken = fc.oneof(
  fc.record({
    before: times(5, 800),
    after: times(5, 800),
    breaks: fc.constantFrom('request', 'reply', 'page', 'page-after', 'traceback', 'cut', 'refused'),
  }),
  fc.record({ before: times(5, 3_000, 12_000), after: fc.constant(5), breaks: fc.constant('gave-up' as const) }),
);
const toRay: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(fine) },
  { weight: 7, arbitrary: inTime },
  { weight: 5, arbitrary: broken },
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
const toConsole: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(fine) },
  { weight: 3, arbitrary: inTime },
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
const onItsWay = { put: toConsole, writes: fc.array(toRay, { maxLength: 3 }) };
const readFate: fc.Arbitrary<Fate> = fc.oneof(
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
  { weight: 1, arbitrary: fc.constant<Fate>({ before: 5, after: 31_000, breaks: 'no' }) },
);

const page = fc.nat({ max: PAGES - 1 });
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
const meanwhile = fc.constantFrom<Meanwhile[]>('swap', 'swap', 'job', 'script-save', 'script-delete');
const lost: Fate = { before: 5, after: 5, breaks: 'request' };

function step<const D extends Step['do'], F extends object>(
  name: D,
  fields: { readonly [K in keyof F]: fc.Arbitrary<F[K]> },
): fc.Arbitrary<{ do: D; wait: number } & F> {
  return fc.tuple(fc.record<F>(fields), wait).map(([rest, ms]) => ({ do: name, wait: ms, ...rest }));
}

const steps = [
  { weight: 18, arbitrary: step('edit', { page, cluster, counts: typedCounts, ...onItsWay }) },
  { weight: 4, arbitrary: step('create', { page, cluster, divisible: isTrue, counts: typedCounts, ...onItsWay }) },
  { weight: 6, arbitrary: step('edit-while', { page, cluster, counts: typedCounts, other: meanwhile, ...onItsWay }) },
  {
    weight: 2,
    arbitrary: step('touch', {
      page,
      cluster,
      put: toConsole,
      writes: fc.array(fc.oneof(fc.constant(lost), toRay), { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: step('open', { page, cluster }) },
  { weight: 2, arbitrary: step('type', { page, field: fc.nat({ max: 2 }), text: typed }) },
  { weight: 2, arbitrary: step('save', { page, ...onItsWay }) },
  { weight: 3, arbitrary: step('suggest', { page, ...onItsWay }) },
  {
    weight: 5,
    arbitrary: step('merge', {
      page,
      sides: fc.array(fc.constantFrom('mine', 'theirs'), { minLength: 2, maxLength: 3 }),
      ...onItsWay,
    }),
  },
  { weight: 1, arbitrary: step('recreate', { page, ...onItsWay }) },
  { weight: 1, arbitrary: step('send-again', { page, ...onItsWay }) },
  { weight: 3, arbitrary: step('twice', { page, ...onItsWay }) },
  { weight: 1, arbitrary: step('look', { page }) },
  { weight: 2, arbitrary: step('go-on', { page }) },
  { weight: 2, arbitrary: step('start-from-now', { page }) },
  { weight: 2, arbitrary: step('reload', { page }) },
  { weight: 1, arbitrary: step('leave', { page }) },
  { weight: 1, arbitrary: step('discard', { page }) },
  { weight: 1, arbitrary: step('break-stream', { page }) },
  { weight: 7, arbitrary: step('delete', { page, cluster, ...onItsWay }) },
  { weight: 2, arbitrary: step('release', { page, which, ...onItsWay }) },
  { weight: 1, arbitrary: step('release-all', { page }) },
  { weight: 2, arbitrary: step('stop-job', { page, which, ...onItsWay }) },
  {
    weight: 3,
    arbitrary: step('delete-when-idle', {
      page,
      cluster,
      isLeft: fc.nat({ max: 3 }).map((n) => n === 0),
      put: toConsole,
    }),
  },
  { weight: 1, arbitrary: step('cancel', { page }) },
  { weight: 7, arbitrary: step('script-save', { cluster, divisible: isTrue, counts }) },
  { weight: 4, arbitrary: step('script-delete', { cluster }) },
  { weight: 3, arbitrary: step('console-script', { backend, cluster, counts: fc.option(counts), ...onItsWay }) },
  {
    weight: 5,
    arbitrary: step('job', {
      cluster,
      count: fc.nat({ max: 2 }),
      cpus: fc.constantFrom<(0 | 1 | 'all')[]>(0, 0, 1, 'all'),
    }),
  },
  { weight: 2, arbitrary: step('end-job', { which }) },
  { weight: 2, arbitrary: step('kill', { which }) },
  { weight: 1, arbitrary: step('add-node', { template: fc.nat({ max: 1 }) }) },
  { weight: 1, arbitrary: step('restart', {}) },
  { weight: 1, arbitrary: step('empty', {}) },
  { weight: 1, arbitrary: step('swap', { cluster }) },
  {
    weight: 3,
    arbitrary: step('console-restart', {
      backend,
      how: fc.constantFrom('close', 'kill', 'kill'),
      down: times(1, 500, 3_000),
    }),
  },
  { weight: 2, arbitrary: step('lag', { backend, reads: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: step('quiet', {}) },
  { weight: 1, arbitrary: step('away', { isAway: isTrue, backend }) },
  {
    weight: 4,
    arbitrary: step('trouble', {
      backend,
      path: fc.constantFrom(
        '/virtual_clusters',
        '/virtual_clusters',
        '/api/v0/vclusters',
        '/api/v0/nodes',
        '/api/version',
        '/',
      ),
      fate: readFate,
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: step('page-trouble', { page, fate: toConsole, times: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: step('slow-stream', { page, delay: times(1, 50, 700, 4_000) }) },
  { weight: 1, arbitrary: step('hide', { page, isHidden: isTrue }) },
  { weight: 1, arbitrary: step('nothing', {}) },
] as const;

/** Histories of at most so many steps. */
export function histories(mostSteps: number): fc.Arbitrary<History> {
  return fc.record({
    seed: fc.nat({ max: 1_000 }),
    isListHeavy: fc.nat({ max: 15 }).map((n) => n === 0),
    isDiskSlow: fc.nat({ max: 3 }).map((n) => n === 0),
    steps: fc.array<Step>(fc.oneof(...steps), { minLength: 2, maxLength: mostSteps, size: 'max' }),
  });
}
