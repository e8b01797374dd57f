import { expect, test } from 'vitest';
import { known, unknown } from '../../../domain/sourced.ts';
import type { FreePool, TemplateNodes, VirtualCluster } from '../../../domain/fleet.ts';
import { previewSave } from '../../../domain/preview.ts';
import { clusterOf, poolOf, usedByJobClusters, usedByJobs } from '../../testing/cluster-fixture.ts';
import { text } from '../../text/text.ts';
import { isWarning, saveEffectsOf } from './save-effects.ts';

function notes(
  cluster: VirtualCluster | null,
  want: Readonly<Record<string, number | null>>,
  pool: FreePool,
  others: readonly VirtualCluster[] = [],
) {
  const preview = previewSave({ cluster, want: Object.entries(want), pool, others });
  return preview.rows.map((row) => saveEffectsOf(row, preview.jobsAtRisk, pool));
}

/** The cluster with facts of its only template replaced. */
function withTemplate(cluster: VirtualCluster, more: Partial<TemplateNodes>): VirtualCluster {
  return { ...cluster, templates: cluster.templates.map((each) => ({ ...each, ...more })) };
}

const pool = poolOf({ '4c8g': 12, gpu_a10: 0, head: 1 });

test('what comes from the free pool, and what is short, with who has it idle', () => {
  const serving = clusterOf({ gpu_a10: 2 }, { id: 'serving' });
  expect(notes(clusterOf({ '4c8g': 12 }), { '4c8g': 14, gpu_a10: 4 }, pool, [serving])).toEqual([
    [{ kind: 'takes', count: 2, atMost: null }],
    [{ kind: 'short', count: 4, atLeast: false, idleElsewhere: [{ clusterId: 'serving', idle: 2 }] }],
  ]);
});

test('"at most" stays "at most"', () => {
  const doubtful: FreePool = {
    ...pool,
    templates: [
      {
        templateId: '4c8g',
        free: known({ count: 3, atMost: true }, 'liveness'),
        alive: known(9, 'liveness'),
        isHeadTemplate: false,
      },
    ],
  };
  expect(notes(null, { '4c8g': 5 }, doubtful)).toEqual([
    [
      { kind: 'takes', count: 3, atMost: 3 },
      { kind: 'short', count: 2, atLeast: true, idleElsewhere: [] },
    ],
  ]);
});

test('an unknown pool is said, never taken for empty', () => {
  const why = unknown('node-full', 'state');
  const dark: FreePool = { ...pool, templates: [{ templateId: '4c8g', free: why, alive: why, isHeadTemplate: false }] };
  expect(notes(null, { '4c8g': 5 }, dark)).toEqual([[{ kind: 'takes-unknown', count: 5, why }]]);
});

test('what goes back, and which jobs that can hurt', () => {
  const used = clusterOf({ '4c8g': 3 }, { usedBy: usedByJobs('raysubmit_a') });
  expect(notes(used, { '4c8g': 1 }, pool)).toEqual([
    [
      { kind: 'goes-back', count: 2, isDoubtful: false },
      { kind: 'jobs-at-risk', count: 1 },
    ],
  ]);
  const why = unknown('failed', 'actors');
  expect(notes({ ...used, usedBy: why }, { '4c8g': 1 }, pool)).toEqual([
    [
      { kind: 'goes-back', count: 2, isDoubtful: false },
      { kind: 'jobs-unknown', why },
    ],
  ]);
});

test('more than Ray would take back is said before it is sent, with how many jobs hold the others', () => {
  const held = clusterOf({ gpu_a10: 4 }, { divisible: true, usedBy: usedByJobClusters({ a: 2, b: 1 }) });
  const divided = withTemplate(held, { removable: { count: 1, atMost: false } });
  const kept = { kind: 'kept', can: 1, atMost: false, kept: 3, jobs: 2, isDivided: true } as const;
  expect(notes(divided, { gpu_a10: 2 }, pool)).toEqual([[kept]]);
  expect(notes(divided, { gpu_a10: 3 }, pool)).toEqual([[{ kind: 'goes-back', count: 1, isDoubtful: false }]]);
  expect(text.editor.willDo.kept(kept)).toBe('only 1 can go back: 3 are held by 2 jobs');
  expect(isWarning(kept)).toBe(true);
  const doubtful = withTemplate(held, { removable: { count: 2, atMost: true } });
  expect(notes(doubtful, { gpu_a10: 2 }, pool)).toEqual([[{ kind: 'goes-back', count: 2, isDoubtful: true }]]);
});

test('who gets what goes back is said when dead nodes of others wait for it', () => {
  const serving = withTemplate(clusterOf({ gpu_a10: 3 }, { id: 'serving' }), { dead: known(1, 'liveness') });
  const waitedFor = {
    kind: 'waited-for',
    templateId: 'gpu_a10',
    clusterIds: ['serving'],
    dead: 1,
    first: 1,
  } as const;
  expect(notes(clusterOf({ gpu_a10: 4 }), { gpu_a10: 2 }, pool, [serving])).toEqual([
    [{ kind: 'goes-back', count: 2, isDoubtful: false }, waitedFor],
  ]);
  expect(text.editor.willDo.waitedFor(waitedFor)).toBe(
    'serving waits for a gpu_a10: Ray will give one to serving first',
  );
  expect(isWarning(waitedFor)).toBe(true);
});

test('the head node’s template, a name that no node has, and the dead are said', () => {
  const dead = clusterOf({ '4c8g': 3 });
  const withDead = { ...dead, templates: dead.templates.map((each) => ({ ...each, dead: known(1, 'liveness') })) };
  expect(notes(withDead, { '4c8g': 3, h100: 0, head: 1 }, pool)).toEqual([
    [{ kind: 'dead', count: 1 }],
    [{ kind: 'no-node' }],
    [{ kind: 'takes', count: 1, atMost: null }, { kind: 'head' }],
  ]);
});

test('while a field holds no count, nothing is foretold', () => {
  expect(notes(clusterOf({ '4c8g': 3 }), { '4c8g': null }, pool)).toEqual([[]]);
});

test('what can hurt is a warning; what only moves nodes is none', () => {
  expect(isWarning({ kind: 'jobs-at-risk', count: 1 })).toBe(true);
  expect(isWarning({ kind: 'goes-back', count: 1, isDoubtful: false })).toBe(false);
});
