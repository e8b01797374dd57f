import fc from 'fast-check';
import { scriptSaveBodies } from '../harness/script-save-bodies.ts';
import { planCommands } from './plan-command-generator.ts';
import {
  CLUSTERS,
  PAGE_COUNT,
  TEMPLATES,
  type Command,
  type CommandSequence,
  type InterleavedCommand,
} from './commands.ts';
import { noFault, type NetworkFault } from './network-faults.ts';

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
      requestDelay: times(100, 6_000, 20_000, 40_000),
      replyDelay: fc.constant(5),
      failure: fc.constant('gave-up' as const),
    }),
  },
  // Beyond the page's patience: behind a proxy that waits, or that sends it twice.
  {
    weight: 1,
    arbitrary: fc.record({
      requestDelay: times(400, 6_000, 20_000),
      replyDelay: times(5, 400, 6_000),
      failure: fc.constant('repeated' as const),
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
/** `é` is nobody's but a script's. */
const oddBody = scriptSaveBodies({
  ids: fc.constantFrom('a', 'a', 'b', 'b', 'c', 'é'),
  templates: fc.constantFrom(...TEMPLATES),
  usual: 20,
});
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
  {
    weight: 3,
    arbitrary: command('console-script', {
      backend,
      cluster,
      counts: fc.option(counts),
      hasToken: isTrue,
      ...writeFaults,
    }),
  },
  {
    weight: 5,
    arbitrary: command('odd-save', { backend, body: oddBody, hasToken: isTrue, writes: writeFaults.writes }),
  },
  { weight: 2, arbitrary: command('token-stop', { backend, which, cluster }) },
  { weight: 2, arbitrary: command('forge-supervisor', { which, cluster }) },
  { weight: 1, arbitrary: command('token', { backend, isWithdrawn: isTrue }) },
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
    steps: fc.array<Command>(
      fc.oneof(...commands, ...planCommands({ cluster: CLUSTERS, wait, which, writes: writeFaults.writes })),
      { minLength: 2, maxLength: maxSteps, size: 'max' },
    ),
  });
}
