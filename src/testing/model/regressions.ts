import { noFault } from './network-faults.ts';
import type { CommandSequence } from './commands.ts';

const lateAnswer = { before: 5, after: 6_000, breaks: 'no' } as const;
const sent = { put: noFault, writes: [] } as const;

/**
 * Histories that once broke a promise, cut down to what it took: played before any others. Each fails without what it holds,
 * which its comment names.
 */
export const regressions: readonly { readonly name: string; readonly history: CommandSequence }[] = [
  // held-list.ts: a removal's reply tells nothing of a cluster that has another revision by now.
  {
    name: 'the word of a deletion comes late, and the cluster was created again meanwhile',
    history: {
      seed: 0,
      isListHeavy: false,
      isDiskSlow: false,
      steps: [
        { do: 'delete', wait: 2_500, page: 0, cluster: 'b', put: noFault, writes: [lateAnswer] },
        { do: 'script-save', wait: 0, cluster: 'b', divisible: false, counts: [0, 0] },
      ],
    },
  },
  // held-list.ts: a save's reply is no news where a later revision is known to be gone.
  {
    name: 'the word of a creation comes late, and the cluster was deleted meanwhile',
    history: {
      seed: 0,
      isListHeavy: false,
      isDiskSlow: false,
      steps: [
        {
          do: 'create',
          wait: 1_000,
          page: 0,
          cluster: 'c',
          divisible: false,
          counts: ['0', '0'],
          put: noFault,
          writes: [lateAnswer],
        },
        { do: 'nothing', wait: 2_500 },
        { do: 'script-delete', wait: 3_000, cluster: 'c' },
      ],
    },
  },
  // queries.ts: an answer is taken into the fleet as it is then, not as it was when it was asked for.
  {
    name: 'the page asks, and the stream moves its fleet before the answer is there',
    history: {
      seed: 0,
      isListHeavy: false,
      isDiskSlow: false,
      steps: [
        { do: 'page-trouble', wait: 0, page: 0, fate: { before: 5, after: 2_500, breaks: 'no' }, times: 3 },
        { do: 'break-stream', wait: 2_100, page: 0 },
        { do: 'script-save', wait: 1_000, cluster: 'a', divisible: false, counts: [2, 1] },
        { do: 'edit', wait: 100, page: 0, cluster: 'b', counts: ['2', '1'], ...sent },
        { do: 'script-save', wait: 4_000, cluster: 'a', divisible: false, counts: [1, 1] },
      ],
    },
  },
  // ending.ts: a list of the Ray before, left aside since another one was noticed, does not say that the cluster is gone.
  {
    name: 'another Ray is noticed while a save looks whether its cluster is there',
    history: {
      seed: 0,
      isListHeavy: false,
      isDiskSlow: false,
      steps: [
        {
          do: 'trouble',
          wait: 34_000,
          backend: 0,
          path: '/virtual_clusters',
          fate: { before: 5, after: 31_000, breaks: 'no' },
          times: 1,
        },
        { do: 'restart', wait: 0 },
        { do: 'script-save', wait: 1_000, cluster: 'a', divisible: false, counts: [1, 2] },
        { do: 'edit', wait: 1_000, page: 0, cluster: 'a', counts: ['2', '1'], ...sent },
      ],
    },
  },
];
