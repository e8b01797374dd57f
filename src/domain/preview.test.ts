import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known, unknown, type Sourced } from './sourced.ts';
import type { FreePool, JobCluster, TemplateNodes, UsedBy, VirtualCluster } from './fleet.ts';
import { previewSave } from './preview.ts';
import { NO_REVISION } from './revision.ts';
import type { JobStatus } from './sources.ts';
import { templateNodes } from '../testing/harness/template-nodes.ts';
import { clusterJob, jobClusterIn } from '../testing/harness/jobs.ts';

type Free = Sourced<{ count: number; atMost: boolean }>;

function cluster(
  id: string,
  counts: Record<string, number>,
  more: {
    idle?: Record<string, number>;
    usedBy?: Sourced<UsedBy>;
    divisible?: boolean;
    nodes?: Partial<TemplateNodes>;
  } = {},
): VirtualCluster {
  return {
    id,
    divisible: more.divisible ?? false,
    revision: NO_REVISION,
    templates: Object.entries(counts).map(([templateId, count]) =>
      templateNodes(templateId, count, {
        idle: known(more.idle?.[templateId] ?? 0, 'state'),
        ...more.nodes,
      }),
    ),
    usedBy: more.usedBy ?? known({ jobClusters: [], jobs: [] }, 'actors'),
  };
}

function pool(free: Record<string, Free>, head = ''): FreePool {
  const templates = Object.entries(free).map(([templateId, each]) => {
    return { templateId, free: each, alive: known(9, 'liveness' as const), isHeadTemplate: templateId === head };
  });
  return { templates, jobClusters: known([], 'state') };
}

const exactly = (count: number): Free => known({ count, atMost: false }, 'state');
const down = unknown('node-full', 'state');

function preview(save: {
  now?: VirtualCluster | null;
  want: Record<string, number | null>;
  pool?: FreePool;
  others?: VirtualCluster[];
}) {
  return previewSave({
    cluster: save.now ?? null,
    want: Object.entries(save.want),
    pool: save.pool ?? pool({}),
    others: save.others ?? [],
  });
}

describe('per template', () => {
  test('what comes from the free pool, what is short and what goes back', () => {
    const { rows, isNoChange } = preview({
      now: cluster('train', { '4c8g': 12, '8c16g': 8 }),
      want: { '4c8g': 14, '8c16g': 6, gpu: 4 },
      pool: pool({ '4c8g': exactly(12), '8c16g': exactly(3), gpu: exactly(1) }),
    });
    expect(rows).toMatchObject([
      {
        templateId: '4c8g',
        now: 12,
        want: 14,
        change: 2,
        takesFromFree: { value: 2 },
        short: { value: 0 },
        goesBack: 0,
      },
      {
        templateId: '8c16g',
        now: 8,
        want: 6,
        change: -2,
        takesFromFree: { value: 0 },
        short: { value: 0 },
        goesBack: 2,
      },
      { templateId: 'gpu', now: 0, want: 4, change: 4, takesFromFree: { value: 1 }, short: { value: 3 }, goesBack: 0 },
    ]);
    expect(isNoChange).toBe(false);
  });

  test('an emptied field is no number: nothing is said to move', () => {
    const { rows, isNoChange, jobsAtRisk } = preview({ now: cluster('a', { '4c8g': 2 }), want: { '4c8g': null } });
    expect(rows).toMatchObject([
      { now: 2, want: null, change: null, goesBack: 0, takesFromFree: { value: 0 }, short: { value: 0 } },
    ]);
    expect(isNoChange).toBe(false);
    expect(jobsAtRisk).toMatchObject({ known: true, value: [] });
  });

  test('a held template that is not named goes back whole (fact 8)', () => {
    expect(preview({ now: cluster('a', { '4c8g': 2 }), want: {} }).rows).toMatchObject([{ want: 0, goesBack: 2 }]);
  });

  test('while the pool is unknown a growth is neither covered nor short, with the reason', () => {
    const { rows } = preview({
      now: cluster('a', { '4c8g': 1, '8c16g': 2 }),
      want: { '4c8g': 2, '8c16g': 1, gpu: 1 },
      pool: pool({ '4c8g': down, '8c16g': down }),
    });
    expect(rows).toMatchObject([
      { templateId: '4c8g', takesFromFree: down, short: down },
      { templateId: '8c16g', takesFromFree: { value: 0 }, short: { value: 0 }, goesBack: 1 },
      { templateId: 'gpu', takesFromFree: down, short: down },
    ]);
  });

  test('a template that no node has is short whole where the pool is known', () => {
    const { rows } = preview({ want: { typo: 2 }, pool: pool({ '4c8g': exactly(5) }) });
    expect(rows).toMatchObject([{ free: { value: { count: 0, atMost: false } }, short: { value: 2 } }]);
    expect(preview({ want: { typo: 2 } }).rows[0]?.short).toEqual(unknown('not-read-yet', 'state'));
  });

  test('a short row names who has idle nodes of it: most first, at most three, never itself', () => {
    const others = [
      cluster('self', { gpu: 9 }, { idle: { gpu: 9 } }),
      cluster('a', { gpu: 1 }, { idle: { gpu: 1 } }),
      cluster('b', { gpu: 4 }, { idle: { gpu: 4 } }),
      cluster('c', { gpu: 2 }, { idle: { gpu: 2 } }),
      cluster('d', { gpu: 2 }, { idle: { gpu: 2 } }),
      cluster('none', { gpu: 7, '4c8g': 1 }, { idle: { '4c8g': 1 } }),
    ];
    const { rows } = preview({
      now: cluster('self', { gpu: 9 }),
      want: { gpu: 12, '4c8g': 1 },
      pool: pool({ gpu: exactly(0), '4c8g': exactly(1) }),
      others,
    });
    expect(rows.map(({ templateId, idleElsewhere }) => [templateId, idleElsewhere])).toEqual([
      ['4c8g', []],
      [
        'gpu',
        [
          { clusterId: 'b', idle: 4 },
          { clusterId: 'c', idle: 2 },
          { clusterId: 'd', idle: 2 },
        ],
      ],
    ]);
  });

  test("growing by the head's template is told (fact 15), shrinking by it is not", () => {
    const withHead = pool({ head: exactly(1), '4c8g': exactly(3) }, 'head');
    expect(preview({ want: { head: 1 }, pool: withHead }).takesHeadTemplate).toBe(true);
    expect(preview({ want: { head: 0, '4c8g': 1 }, pool: withHead }).takesHeadTemplate).toBe(false);
    expect(preview({ now: cluster('a', { head: 1 }), want: { head: 0 }, pool: withHead }).takesHeadTemplate).toBe(
      false,
    );
  });
});

describe('what can go back', () => {
  const jobCluster = (submissionId: string, nodes: JobCluster['nodes'], isLeftover = false) =>
    jobClusterIn('team', submissionId, { nodes, leftover: known(isLeftover, 'jobs') });
  const removable = { count: 1, atMost: false };
  const usedBy = known<UsedBy>(
    {
      jobClusters: [
        jobCluster('one', known([{ templateId: 'gpu', count: 2 }], 'state')),
        jobCluster('two', known([{ templateId: 'gpu', count: 1 }], 'state'), true),
        jobCluster('other', known([{ templateId: '4c8g', count: 1 }], 'state')),
        jobCluster('unsure', down),
      ],
      jobs: [],
    },
    'state',
  );
  const now = cluster('team', { gpu: 4 }, { divisible: true, nodes: { removable }, usedBy });

  test('more than Ray would take: what holds the others is named, with what may hold some', () => {
    const [row] = preview({ now, want: { gpu: 2 } }).rows;
    expect(row).toMatchObject({ goesBack: 2, canGoBack: removable });
    expect(row?.heldBy).toEqual(
      known(
        [
          { submissionId: 'one', jobClusterId: 'team##one', count: 2, isLeftover: false },
          { submissionId: 'two', jobClusterId: 'team##two', count: 1, isLeftover: true },
          { submissionId: 'unsure', jobClusterId: 'team##unsure', count: null, isLeftover: false },
        ],
        'state',
      ),
    );
  });

  test('what Ray would take is held by nobody', () => {
    expect(preview({ now, want: { gpu: 3 } }).rows[0]).toMatchObject({ goesBack: 1, heldBy: { value: [] } });
  });

  test('of an indivisible cluster, the jobs that may run in it', () => {
    const job = (submissionId: string, status: JobStatus) =>
      clusterJob(submissionId, { status: known(status, 'jobs') });
    const jobs = [job('runs', 'RUNNING'), job('ended', 'FAILED')];
    const shared = cluster(
      'batch',
      { gpu: 4 },
      { nodes: { removable }, usedBy: known({ jobClusters: [], jobs }, 'actors') },
    );
    expect(preview({ now: shared, want: {} }).rows[0]?.heldBy).toEqual(
      known([{ submissionId: 'runs', jobClusterId: null, count: null, isLeftover: false }], 'actors'),
    );
  });

  test('when it is not known who uses it, it is not known what holds the nodes', () => {
    const unread = cluster('team', { gpu: 4 }, { nodes: { removable }, usedBy: down });
    expect(preview({ now: unread, want: {} }).rows[0]?.heldBy).toEqual(down);
  });
});

describe('who gets a freed node first (fact 21)', () => {
  const dead = (id: string, count: Sourced<number>) => cluster(id, { gpu: 4 }, { nodes: { dead: count } });
  const others = [
    dead('one', known(1, 'liveness')),
    dead('none', known(0, 'liveness')),
    dead('two', known(2, 'liveness')),
    dead('unsure', down),
    dead('self', known(1, 'liveness')),
  ];

  test('other clusters with dead members of the template, the most first', () => {
    const now = cluster('self', { gpu: 4, '4c8g': 1 });
    const { rows } = preview({ now, want: { gpu: 3, '4c8g': 0 }, others });
    expect(rows.map(({ templateId, waiting }) => [templateId, waiting])).toEqual([
      ['4c8g', []],
      [
        'gpu',
        [
          { clusterId: 'two', dead: 2 },
          { clusterId: 'one', dead: 1 },
        ],
      ],
    ]);
  });

  test('nobody where nothing goes back', () => {
    expect(preview({ now: cluster('self', { gpu: 4 }), want: { gpu: 5 }, others }).rows[0]?.waiting).toEqual([]);
  });
});

describe('no change', () => {
  test('is what every field says, zeros or not named', () => {
    const now = cluster('a', { '4c8g': 2 });
    expect(preview({ now, want: { '4c8g': 2, '8c16g': 0 } }).isNoChange).toBe(true);
    expect(preview({ now, want: { '4c8g': 3 } }).isNoChange).toBe(false);
  });
  test('is never a creation, not even an empty one', () => {
    expect(preview({ want: {} }).isNoChange).toBe(false);
  });
});

describe('jobs at risk (fact 25)', () => {
  const job = (submissionId: string, status: Sourced<JobStatus>) =>
    clusterJob(submissionId, { status, supervisorNodeId: 'n1' });
  const jobs = [
    job('running', known('RUNNING', 'jobs')),
    job('pending', known('PENDING', 'jobs')),
    job('ended', known('SUCCEEDED', 'jobs')),
    job('who-knows', unknown('timed-out', 'jobs')),
  ];
  const shared = known<UsedBy>({ jobClusters: [], jobs }, 'actors');

  test('a shrink can take the node of a supervisor: every job that may run is named', () => {
    expect(
      preview({ now: cluster('batch', { '4c8g': 3, gpu: 1 }, { usedBy: shared }), want: { '4c8g': 2, gpu: 4 } })
        .jobsAtRisk,
    ).toEqual(
      known(
        ['running', 'pending', 'who-knows'].map((submissionId) => ({ submissionId, jobClusterId: null })),
        'actors',
      ),
    );
  });

  test('growing takes no node from anybody', () => {
    expect(
      preview({ now: cluster('batch', { '4c8g': 3 }, { usedBy: shared }), want: { '4c8g': 4 } }).jobsAtRisk,
    ).toMatchObject({ value: [] });
  });

  test('a shrink of what is used by nobody knows whom has an unknown risk', () => {
    const now = cluster('batch', { '4c8g': 3 }, { usedBy: unknown('timed-out', 'actors') });
    expect(preview({ now, want: { '4c8g': 0 } }).jobsAtRisk).toEqual(unknown('timed-out', 'actors'));
  });

  test("a divisible cluster's job clusters keep their nodes: only undivided ones can be taken", () => {
    const usedBy = known<UsedBy>(
      {
        jobClusters: [jobClusterIn('team', 'running', { nodes: down, job: job('running', known('RUNNING', 'jobs')) })],
        jobs: [],
      },
      'state',
    );
    const want = { '8c16g': 1 };
    expect(
      preview({ now: cluster('team', { '8c16g': 3 }, { divisible: true, usedBy }), want }).jobsAtRisk,
    ).toMatchObject({ value: [] });
    const unread = cluster('team', { '8c16g': 3 }, { divisible: true, usedBy: unknown('failed', 'actors') });
    expect(preview({ now: unread, want }).jobsAtRisk).toMatchObject({ known: true, value: [] });
  });
});

const template = fc.constantFrom('4c8g', '8c16g', 'constructor', '__proto__');
const count = fc.nat(12);
const countsOf = <T>(value: fc.Arbitrary<T>) =>
  fc.uniqueArray(fc.tuple(template, value), { selector: ([templateId]) => templateId }).map((pairs) => new Map(pairs));
const free: fc.Arbitrary<Free> = fc.oneof(
  fc.record({ count, atMost: fc.boolean() }).map((value) => known(value, 'state')),
  fc.constant(down),
);

test('free and short make the growth, nothing is negative, and now + change is what is wanted', () => {
  fc.assert(
    fc.property(fc.option(countsOf(count)), countsOf(fc.option(count)), countsOf(free), (held, want, frees) => {
      const now = held === null ? null : cluster('a', Object.fromEntries(held));
      const { rows, isNoChange } = previewSave({
        cluster: now,
        want,
        pool: pool(Object.fromEntries(frees)),
        others: [],
      });
      expect(new Set(rows.map(({ templateId }) => templateId))).toEqual(
        new Set([...(held?.keys() ?? []), ...want.keys()]),
      );
      for (const row of rows) {
        const growth = Math.max(row.change ?? 0, 0);
        if (row.want !== null) expect(row.now + (row.change ?? Number.NaN)).toBe(row.want);
        expect(row.goesBack).toBe(Math.max(-(row.change ?? 0), 0));
        expect(row.goesBack).toBeLessThanOrEqual(row.now);
        expect(row.takesFromFree.known).toBe(row.short.known);
        expect(row.short.known).toBe(growth === 0 || row.free.known);
        if (!row.takesFromFree.known || !row.short.known) continue;
        expect(row.takesFromFree.value + row.short.value).toBe(growth);
        expect(Math.min(row.takesFromFree.value, row.short.value, row.goesBack)).toBeGreaterThanOrEqual(0);
        if (growth > 0 && row.free.known) expect(row.takesFromFree.value).toBeLessThanOrEqual(row.free.value.count);
      }
      if (isNoChange) expect(rows.every((row) => row.goesBack === 0 && row.want === row.now)).toBe(true);
    }),
  );
});
