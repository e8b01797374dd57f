import { noFault } from './network-faults.ts';
import type { CommandSequence } from './commands.ts';

const lateReply = { requestDelay: 5, replyDelay: 6_000, failure: 'no' } as const;
const noFaults = { put: noFault, writes: [] } as const;

/**
 * Shrunk sequences that once violated an invariant, run before the random ones. The comment on each names the code and the
 * rule without which it fails.
 */
export const regressions: readonly { readonly name: string; readonly sequence: CommandSequence }[] = [
  // cluster-list-store.ts: a removal's reply says nothing about a cluster that has another revision by now.
  {
    name: 'the reply of a deletion comes late, and the cluster was created again meanwhile',
    sequence: {
      seed: 0,
      isListHeavy: false,
      isDiskSlow: false,
      steps: [
        { kind: 'delete', wait: 2_500, page: 0, cluster: 'b', put: noFault, writes: [lateReply] },
        { kind: 'script-save', wait: 0, cluster: 'b', divisible: false, counts: [0, 0] },
      ],
    },
  },
  // cluster-list-store.ts: a save's reply is outdated once a later revision is known to be deleted.
  {
    name: 'the reply of a creation comes late, and the cluster was deleted meanwhile',
    sequence: {
      seed: 0,
      isListHeavy: false,
      isDiskSlow: false,
      steps: [
        {
          kind: 'create',
          wait: 1_000,
          page: 0,
          cluster: 'c',
          divisible: false,
          counts: ['0', '0'],
          put: noFault,
          writes: [lateReply],
        },
        { kind: 'nothing', wait: 2_500 },
        { kind: 'script-delete', wait: 3_000, cluster: 'c' },
      ],
    },
  },
  // queries.ts: a reply is applied to the fleet at its arrival, not to the fleet at the time of the request.
  {
    name: 'the page fetches the fleet, and the stream updates it before the reply arrives',
    sequence: {
      seed: 0,
      isListHeavy: false,
      isDiskSlow: false,
      steps: [
        {
          kind: 'page-trouble',
          wait: 0,
          page: 0,
          fault: { requestDelay: 5, replyDelay: 2_500, failure: 'no' },
          times: 3,
        },
        { kind: 'break-stream', wait: 2_100, page: 0 },
        { kind: 'script-save', wait: 1_000, cluster: 'a', divisible: false, counts: [2, 1] },
        { kind: 'edit', wait: 100, page: 0, cluster: 'b', counts: ['2', '1'], ...noFaults },
        { kind: 'script-save', wait: 4_000, cluster: 'a', divisible: false, counts: [1, 1] },
      ],
    },
  },
  // outcome-handler.ts: a list of an earlier Ray session, ignored since the restart was noticed, does not prove a cluster gone.
  {
    name: 'a restart of Ray is noticed while a save checks whether its cluster exists',
    sequence: {
      seed: 0,
      isListHeavy: false,
      isDiskSlow: false,
      steps: [
        {
          kind: 'trouble',
          wait: 34_000,
          backend: 0,
          path: '/virtual_clusters',
          fault: { requestDelay: 5, replyDelay: 31_000, failure: 'no' },
          times: 1,
        },
        { kind: 'restart', wait: 0 },
        { kind: 'script-save', wait: 1_000, cluster: 'a', divisible: false, counts: [1, 2] },
        { kind: 'edit', wait: 1_000, page: 0, cluster: 'a', counts: ['2', '1'], ...noFaults },
      ],
    },
  },
  // submission.ts: "never arrived" is said only once the console refuses the change for good.
  {
    name: 'a save arrives long after its connection broke and the page had asked for it',
    sequence: {
      seed: 0,
      isListHeavy: false,
      isDiskSlow: false,
      steps: [
        {
          kind: 'edit',
          wait: 30_000,
          page: 0,
          cluster: 'a',
          counts: ['2', '1'],
          put: { requestDelay: 20_000, replyDelay: 5, failure: 'gave-up' },
          writes: [],
        },
      ],
    },
  },
  // settle.ts: a job that Ray no longer lists may have been stopped before Ray forgot it.
  {
    name: 'Ray loses everything after it stopped a job, and before its reply arrives',
    sequence: {
      seed: 0,
      isListHeavy: false,
      isDiskSlow: false,
      steps: [
        { kind: 'job', wait: 12_000, cluster: 'a', count: 1, cpus: 0 },
        {
          kind: 'stop-job',
          wait: 2_500,
          page: 0,
          which: 0,
          put: noFault,
          writes: [{ requestDelay: 5, replyDelay: 31_000, failure: 'no' }],
        },
        { kind: 'empty', wait: 40_000 },
      ],
    },
  },
  // job-attribution.ts: a job that has ended belongs to nobody who merely names it.
  {
    name: 'a supervisor is forged for a job that has failed, and a token asks to stop it',
    sequence: {
      seed: 0,
      isListHeavy: true,
      isDiskSlow: true,
      steps: [
        { kind: 'job', wait: 0, cluster: 'c', count: 0, cpus: 0 },
        { kind: 'forge-supervisor', wait: 0, which: 0, cluster: 'b' },
        { kind: 'start-from-now', wait: 12_000, page: 0 },
        { kind: 'token-stop', wait: 0, backend: 0, which: 0, cluster: 'b' },
        { kind: 'empty', wait: 0 },
      ],
    },
  },
  // script-save.ts: of repeated templates the last counts.
  {
    name: 'a script names a template twice, first with a count that Ray would refuse',
    sequence: {
      seed: 0,
      isListHeavy: true,
      isDiskSlow: true,
      steps: [
        {
          kind: 'odd-save',
          wait: 0,
          backend: 0,
          body: '[["virtualClusterId","a"],["replicaSets",[["4c8g",-1],["4c8g",0]]]]',
          hasToken: false,
          writes: [],
        },
      ],
    },
  },
  // cluster-list-store.ts: each deleted revision is remembered.
  {
    name: 'a late list shows what an id was before it was deleted, created again and deleted again',
    sequence: {
      seed: 0,
      isListHeavy: true,
      isDiskSlow: true,
      steps: [
        { kind: 'lag', wait: 0, backend: 0, reads: 2 },
        { kind: 'delete', wait: 1_000, page: 0, cluster: 'b', put: noFault, writes: [] },
        {
          kind: 'create',
          wait: 0,
          page: 0,
          cluster: 'b',
          divisible: false,
          counts: ['0', '0'],
          put: noFault,
          writes: [],
        },
        {
          kind: 'delete',
          wait: 2_500,
          page: 0,
          cluster: 'a',
          put: { requestDelay: 20_000, replyDelay: 5, failure: 'gave-up' },
          writes: [],
        },
        { kind: 'delete', wait: 0, page: 0, cluster: 'b', put: noFault, writes: [] },
        { kind: 'twice', wait: 0, page: 0, put: noFault, writes: [] },
        { kind: 'slow-stream', wait: 4_000, page: 0, delay: 1 },
      ],
    },
  },
  // The model: the second attempt never arrived, and its revision is the one that the cluster still has.
  {
    name: 'a job starts while a save goes out, and the silent retry is lost on the way',
    sequence: {
      seed: 0,
      isListHeavy: true,
      isDiskSlow: true,
      steps: [
        {
          kind: 'touch',
          wait: 0,
          page: 0,
          cluster: 'b',
          put: noFault,
          writes: [noFault, { requestDelay: 5, replyDelay: 5, failure: 'request' }],
        },
        { kind: 'job', wait: 0, cluster: 'b', count: 0, cpus: 0 },
        { kind: 'go-on', wait: 0, page: 0 },
      ],
    },
  },
  // removal-check.ts: without a reading nobody knows whether a cluster that was deleted here is back.
  {
    name: 'created again past a console that deleted it and can not reach Ray',
    sequence: {
      seed: 0,
      isListHeavy: true,
      isDiskSlow: true,
      steps: [
        { kind: 'console-script', wait: 0, backend: 0, cluster: 'b', counts: null, hasToken: false, ...noFaults },
        { kind: 'lag', wait: 2_500, backend: 0, reads: 1 },
        { kind: 'away', wait: 0, isAway: true, backend: 0 },
        { kind: 'script-save', wait: 0, cluster: 'b', divisible: false, counts: [0, 0] },
        { kind: 'edit', wait: 20, page: 0, cluster: 'a', counts: ['0', '0'], ...noFaults },
        {
          kind: 'odd-save',
          wait: 0,
          backend: 0,
          body: '[["virtualClusterId","b"],["revision",7]]',
          hasToken: false,
          writes: [],
        },
        { kind: 'plan-save', counts: { c: null }, runs: false, writes: [], wait: 0, person: 0, plan: 0, isBlind: true },
        { kind: 'plan-run', writes: [], wait: 20, person: 0, plan: 0, isBlind: true },
      ],
    },
  },
];
