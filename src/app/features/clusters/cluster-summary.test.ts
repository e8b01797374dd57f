import { replacementOf } from '../../../domain/node-replacement.ts';
import { describe, expect, test } from 'vitest';
import { known, unknown, type Sourced } from '../../../domain/sourced.ts';
import type { FreePool, FreeTemplate, JobCluster, VirtualCluster } from '../../../domain/fleet.ts';
import { NO_REVISION } from '../../../domain/revision.ts';
import {
  countUsers,
  deadCount,
  nodeCount,
  hasWaitingReplacement,
  knownDead,
  totalUsers,
  type UserCounts,
} from './cluster-summary.ts';
import { usageTextParts, replacementText } from './row-text.ts';
import { templateNodes } from '../../../testing/harness/template-nodes.ts';
import { jobClusterIn } from '../../../testing/harness/jobs.ts';

const failed = { known: false, reason: 'failed', source: 'jobs' } as const;

test('the dead that are known are summed, whatever is not', () => {
  const one = cluster({ a: known(2, 'state'), b: { known: false, reason: 'failed', source: 'state' } });
  expect(knownDead([one, cluster({ c: known(3, 'state') })])).toBe(5);
});

function cluster(dead: Record<string, Sourced<number>>): VirtualCluster {
  const templates = Object.entries(dead).map(([templateId, each]) => templateNodes(templateId, 3, { dead: each }));
  return {
    id: 'a',
    divisible: true,
    revision: NO_REVISION,
    templates,
    usedBy: known({ jobClusters: [], jobs: [] }, 'state'),
  };
}

function jobCluster(leftover: Sourced<boolean>, lastSeenAt: number | null = null): JobCluster {
  return jobClusterIn('a', 'raysubmit_x', { leftover, lastSeenAt });
}

describe('counts of a virtual cluster', () => {
  test('nodes are all members, the dead included', () => {
    expect(nodeCount(cluster({ a: known(1, 'liveness'), b: known(0, 'liveness') }))).toBe(6);
  });

  test('the dead are unknown, never fewer, as soon as those of one template are', () => {
    expect(deadCount(cluster({ a: known(1, 'liveness'), b: known(2, 'liveness') }))).toEqual(known(3, 'liveness'));
    expect(deadCount(cluster({ a: known(1, 'liveness'), b: unknown('timed-out', 'liveness') }))).toEqual(
      unknown('timed-out', 'liveness'),
    );
  });

  test('jobs, leftovers and what nobody knows are told apart', () => {
    const use = countUsers(
      known(
        {
          jobClusters: [
            jobCluster(known(false, 'jobs')),
            jobCluster(known(true, 'jobs')),
            jobCluster(failed, 70),
            jobCluster(failed, 50),
          ],
          jobs: [],
        },
        'state',
      ),
    );
    expect(use).toEqual(
      known({ jobs: 1, leftover: 1, unknownState: 2, unknownReason: failed, lastSeenAt: 50 }, 'state'),
    );
    expect(use.known && totalUsers(use.value)).toBe(4);
    expect(countUsers(unknown('failed', 'actors'))).toEqual(unknown('failed', 'actors'));
  });
});

describe('when dead nodes are replaced', () => {
  function pool(free: Record<string, FreeTemplate['free']>): FreePool {
    const templates = Object.entries(free).map(([templateId, each]) => ({
      templateId,
      free: each,
      alive: known(9, 'liveness'),
      isHeadTemplate: false,
    }));
    return { templates, jobClusters: known([], 'state') };
  }
  const exactly = (count: number) => known({ count, atMost: false }, 'state');
  const atMost = (count: number) => known({ count, atMost: true }, 'liveness');

  test.each<[string, FreePool, string]>([
    ['one is free', pool({ gpu: exactly(2) }), 'Ray replaces it by itself: gpu is free.'],
    ['none is free', pool({ gpu: exactly(0) }), 'Ray replaces it when a gpu is free; none is.'],
    ['no node of the template is left', pool({}), 'Ray replaces it when a gpu is free; none is.'],
    ['at most some are free', pool({ gpu: atMost(2) }), 'Ray replaces it when a gpu is free.'],
    ['at most none is free', pool({ gpu: atMost(0) }), 'Ray replaces it when a gpu is free; none is.'],
    ['nobody knows', pool({ gpu: unknown('node-full', 'state') }), 'Ray replaces it when a gpu is free.'],
  ])('%s', (_, free, expected) => {
    expect(
      replacementText(replacementOf(cluster({ gpu: known(1, 'liveness'), cpu: known(0, 'liveness') }), free)),
    ).toBe(expected);
  });

  test('each template of several has its own word', () => {
    const two = cluster({ gpu: known(1, 'liveness'), cpu: known(2, 'liveness'), tpu: known(1, 'liveness') });
    expect(replacementText(replacementOf(two, pool({ gpu: exactly(1), cpu: exactly(0), tpu: atMost(1) })))).toBe(
      'Ray replaces it by itself: gpu is free. cpu: none is free yet. tpu: when one is free.',
    );
  });

  test('one that waits is found among all', () => {
    const clusters = [cluster({ cpu: known(0, 'liveness') }), cluster({ gpu: known(1, 'liveness') })];
    expect(hasWaitingReplacement(clusters, pool({ gpu: exactly(0), cpu: exactly(0) }))).toBe(true);
    expect(hasWaitingReplacement(clusters, pool({ gpu: exactly(1), cpu: exactly(0) }))).toBe(false);
    expect(hasWaitingReplacement(clusters, pool({ gpu: atMost(1), cpu: exactly(0) }))).toBe(false);
  });

  test('nothing is said without a node known to be dead', () => {
    expect(
      replacementText(
        replacementOf(cluster({ gpu: known(0, 'liveness'), cpu: unknown('failed', 'liveness') }), pool({})),
      ),
    ).toBeNull();
  });
});

describe('what uses it, in words', () => {
  const none: UserCounts = { jobs: 0, leftover: 0, unknownState: 0, unknownReason: null, lastSeenAt: null };
  const textOf = (use: Partial<UserCounts>) =>
    usageTextParts(
      { ...none, ...use },
      use.lastSeenAt === undefined ? null : `${String(use.lastSeenAt)} ago`,
      'node-full',
    ).map(({ text }) => text);

  test.each<[Partial<UserCounts>, readonly string[]]>([
    [{}, ['No jobs']],
    [{ jobs: 1 }, ['1 job']],
    [{ jobs: 3, leftover: 2 }, ['3 jobs', '2 to release']],
    [{ leftover: 1 }, ['No jobs', '1 to release']],
    [{ unknownState: 2, unknownReason: failed }, ['2 job clusters']],
    [{ jobs: 1, lastSeenAt: 9 }, ['1 job', 'last seen 9 ago']],
  ])('%j', (use, expected) => {
    expect(textOf(use)).toEqual(expected);
  });

  test('only what was seen before stands apart', () => {
    expect(
      usageTextParts({ ...none, jobs: 1, leftover: 1, lastSeenAt: 9 }, '9 s ago', 'node-full').map(
        ({ isPast }) => isPast,
      ),
    ).toEqual([false, false, true]);
  });

  test('what is not known has its reason', () => {
    const [part] = usageTextParts({ ...none, unknownState: 1, unknownReason: failed }, null, null);
    expect(part?.title).toContain("Ray's list of jobs fails");
  });
});
