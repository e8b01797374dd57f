import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSharedRay, jobRow, supervisorRow, type SharedRay } from '../harness/shared-ray.ts';

/**
 * What people who may run code on Ray, and are no operators of team A in the console, try by what they can choose there:
 * names, namespaces, classes and environments of actors, ids, entry points and metadata of jobs, names of virtual clusters
 * and templates. An operator of team B then does what the page offers.
 */
let on: Awaited<ReturnType<typeof createSharedRay>>;
beforeEach(async () => {
  on = await createSharedRay();
});
afterEach(() => on.close());

type Attempt = readonly [name: string, prepare: (ray: SharedRay) => void];

const stop = (submissionId: string, clusterId = 'team-b') => ({ kind: 'stop-job', clusterId, submissionId }) as const;
const release = (clusterId: string) => ({ kind: 'release', clusterId }) as const;
const victimIs = (ray: SharedRay, more: Record<string, unknown>) => {
  ray.jobs = ray.jobs.map((job) => (job['submission_id'] === 'victim' ? { ...job, ...more } : job));
};
/** The victim's own supervisor is not shown, as while Ray starts or restarts it. */
const hideSupervisor = (ray: SharedRay) => {
  ray.actors = ray.actors.filter(({ name }) => name !== '_ray_internal_job_actor_victim');
};

test('an operator stops a job of the own team, and releases what one left', async () => {
  on.ray.jobClusters = { 'team-d##done': ['d1'] };
  on.ray.jobs.push(jobRow('done', 'd1', { status: 'SUCCEEDED' }));
  await on.readAs(['team-b', 'team-d']);
  expect((await on.change(stop('mine'))).status).toBe(200);
  expect((await on.change(release('team-d##done'))).status).toBe(200);
  expect((await on.remove('team-d##done')).status).toBe(200);
  expect(on.ray.writes).toEqual([
    'POST /api/jobs/mine/stop',
    'DELETE /virtual_clusters/team-d##done',
    'DELETE /virtual_clusters/team-d##done',
  ]);
});

describe("another team's job is not stopped", () => {
  const claims: readonly Attempt[] = [
    ['with nothing prepared', () => undefined],
    [
      'by an actor of that name in a namespace of its own',
      (ray) => ray.actors.push(supervisorRow('victim', 'b2', 'team-b', { ray_namespace: 'mine' })),
    ],
    [
      'by one in the anonymous namespace',
      (ray) => ray.actors.push(supervisorRow('victim', 'b2', 'team-b', { ray_namespace: '' })),
    ],
    [
      'by one of another class',
      (ray) => ray.actors.push(supervisorRow('victim', 'b2', 'team-b', { class_name: 'Actor' })),
    ],
    ["by one of Ray's class in Ray's namespace", (ray) => ray.actors.push(supervisorRow('victim', 'b2', 'team-b'))],
    ['by one that is listed first', (ray) => ray.actors.unshift(supervisorRow('victim', 'b2', 'team-b'))],
    [
      "by one while the victim's own is not shown",
      (ray) => {
        hideSupervisor(ray);
        ray.actors.push(supervisorRow('victim', 'b2', 'team-b'));
      },
    ],
    [
      "by one on the victim's own node",
      (ray) => {
        hideSupervisor(ray);
        ray.actors.push(supervisorRow('victim', 'a1', 'team-b'));
      },
    ],
    [
      'by one that names a job cluster of the team',
      (ray) => {
        hideSupervisor(ray);
        ray.actors.push(supervisorRow('victim', 'b2', 'team-b##victim'));
      },
    ],
    [
      'by one that names the job cluster of a divisible team',
      (ray) => {
        hideSupervisor(ray);
        ray.actors.push(supervisorRow('victim', 'd1', 'team-d##victim'));
      },
    ],
    [
      'by one while the victim waits for its supervisor',
      (ray) => {
        hideSupervisor(ray);
        victimIs(ray, { status: 'PENDING', driver_node_id: null });
        ray.actors.push(supervisorRow('victim', 'b2', 'team-b'));
      },
    ],
    [
      'by one while the job list lacks the victim',
      (ray) => {
        ray.jobs = ray.jobs.filter((job) => job['submission_id'] !== 'victim');
        ray.actors = [supervisorRow('victim', 'b2', 'team-b')];
      },
    ],
    [
      'by one while the state API fails',
      (ray) => {
        ray.jobClusters = null;
        hideSupervisor(ray);
        ray.actors.push(supervisorRow('victim', 'b2', 'team-b##victim'));
      },
    ],
    [
      'by so many actors that the real supervisor is left out of the list',
      (ray) => {
        ray.actorsLeftOut = 1;
        ray.actors = [supervisorRow('victim', 'b2', 'team-b')];
      },
    ],
    [
      'by a job list that the console can not read',
      (ray) => {
        ray.jobs.push(jobRow('broken', 'b2', { status: 'NO SUCH STATUS' }));
        hideSupervisor(ray);
        ray.actors.push(supervisorRow('victim', 'b2', 'team-b'));
      },
    ],
    ['by a virtual cluster named like its job cluster', (ray) => (ray.clusters['team-b##victim'] = { nodes: ['f1'] })],
    [
      'by one that the state API shows like a job cluster',
      (ray) => {
        ray.clusters['team-d##victim'] = { nodes: [] };
        ray.jobClusters = { 'team-d##victim': [] };
      },
    ],
    ['by a job cluster beside its own cluster', (ray) => (ray.jobClusters = { 'team-d##victim': ['d1'] })],
    [
      'by a job whose id ends with it',
      (ray) => {
        ray.jobClusters = { 'team-d##x##victim': ['d1'] };
        ray.jobs.push(jobRow('x##victim', 'd1'));
        ray.actors.push(supervisorRow('x##victim', 'd1', 'team-d##x##victim'));
      },
    ],
    [
      "by metadata and an environment that name the victim's id and the team",
      (ray) => {
        const env = { env_vars: { VIRTUAL_CLUSTER_ID: 'team-b' } };
        ray.jobs.push(jobRow('forger', 'b2', { metadata: { job_submission_id: 'victim' }, runtime_env: env }));
      },
    ],
  ];
  test.each(claims)('%s', async (_name, prepare) => {
    prepare(on.ray);
    await on.readAs(['team-b', 'team-d']);
    expect((await on.change(stop('victim'))).status).toBe(403);
    expect((await on.change(stop('victim', 'team-d'))).status).toBe(403);
    expect(on.ray.writes).toEqual([]);
  });

  test('by a job that names the team in its environment only, and runs elsewhere: it belongs to nobody', async () => {
    on.ray.jobs.push(jobRow('elsewhere', 'f1'));
    on.ray.actors.push(supervisorRow('elsewhere', 'f1', 'team-b'));
    await on.readAs(['team-b']);
    expect((await on.change(stop('elsewhere'))).status).toBe(403);
    expect(on.ray.writes).toEqual([]);
  });

  /** Jobs of team B, run there in truth, whose ids Ray takes for something else. */
  const names = [
    '02000000',
    'x/../victim',
    'victim/stop?',
    'victim/stop#',
    '../jobs/victim',
    '..',
    '.',
    'a%2f..%2fvictim',
    '\\victim',
    'a b',
    '',
  ];
  test.each(names)('by a job of the own team that is named %j, not even by an operator of all', async (id) => {
    on.ray.jobs.push(jobRow(id, 'b2'));
    on.ray.actors.push(supervisorRow(id, 'b2', 'team-b'));
    for (const patterns of [['team-b'], null]) {
      await on.readAs(patterns);
      const reply = await on.change(stop(id));
      expect((await reply.text()).includes('"applied"')).toBe(false);
    }
    expect(on.ray.writes).toEqual([]);
  });

  test('only an operator of all may, whatever is contested', async () => {
    on.ray.actors.push(supervisorRow('victim', 'b2', 'team-b'));
    await on.readAs(['team-a']);
    expect(await (await on.change(stop('victim', 'team-a'))).text()).toContain('It is not certain');
    await on.readAs(null);
    expect((await on.change(stop('victim', 'team-a'))).status).toBe(200);
    expect(on.ray.writes).toEqual(['POST /api/jobs/victim/stop']);
  });
});

describe('nothing is released by a name that somebody chose', () => {
  const ids: readonly (readonly [string, readonly string[] | null])[] = [
    ['team-b##victim', ['team-b']],
    ['team-b##victim', null],
    ['kPrimaryClusterID##victim', null],
    ['kPrimaryClusterID##other', ['k*']],
    ['team-a##x-team-b##y', ['*-team-b']],
    ['team-a##team-b', ['team-b']],
    ['##team-b', ['team-b', '*b']],
    ['team-b##../../team-a', null],
    ['team-b##a?x', null],
    ['team-b##%2e%2e', null],
    ['team-b##a\u202eb', null],
  ];
  test.each(ids)('%j by an operator of %j', async (id, patterns) => {
    on.ray.clusters['team-b##victim'] = { nodes: [] };
    on.ray.clusters['kPrimaryClusterID##victim'] = { nodes: ['f1'] };
    await on.readAs(patterns);
    expect([400, 403]).toContain((await on.change(release(id))).status);
    expect([403, 404, 500]).toContain((await on.remove(id)).status);
    expect(on.ray.writes).toEqual([]);
  });
});

describe('what others see stays true and small', () => {
  test.each([
    ['entrypoint', 'x'.repeat(1_000_000)],
    ['message', 'x'.repeat(1_000_000)],
    ['runtime_env', { env_vars: { A: 'x'.repeat(1_000_000) } }],
    ['metadata', { a: 'x'.repeat(1_000_000) }],
  ])('with a job of a huge %s', async (field, huge) => {
    on.ray.jobs = on.ray.jobs.map((job) => ({ ...job, [field]: huge }));
    await on.readAs(null);
    const { fleet, length } = await on.fleet();
    expect(fleet.sources.jobs?.failure).toBeNull();
    expect(length).toBeLessThan(10_000);
  });

  test.each([
    ['of another team', supervisorRow('forged', 'b2', 'team-d##forged')],
    ['of the primary cluster', supervisorRow('forged', 'b2', 'kPrimaryClusterID##forged')],
    ['of another job', supervisorRow('forged', 'b2', 'team-b##mine')],
    ['of a team that does not exist', supervisorRow('forged', 'b2', 'nobody##forged')],
  ])('with an actor that names a job cluster %s', async (_name, forged) => {
    on.ray.jobClusters = null;
    on.ray.actors.push(forged);
    await on.readAs(null);
    const { fleet } = await on.fleet();
    expect(fleet.pool?.jobClusters).toMatchObject({ known: true, value: [] });
    for (const { usedBy } of fleet.clusters) expect(usedBy).toMatchObject({ known: true, value: { jobClusters: [] } });
    expect(await on.node('b2')).toContain('"jobClusterId":null');
  });

  test.each([
    ['no JSON', '{"env_vars": '],
    ['a number for the cluster', JSON.stringify({ env_vars: { VIRTUAL_CLUSTER_ID: 7 } })],
    ['a list for the environment', '[]'],
    ['a prototype', '{"env_vars": {"__proto__": {"VIRTUAL_CLUSTER_ID": "team-b"}}}'],
    ['2 MB', JSON.stringify({ env_vars: { A: 'x'.repeat(2_000_000) } })],
  ])('with an actor whose environment is %s', async (_name, env) => {
    on.ray.actors.push(supervisorRow('forged', 'b2', null, { serialized_runtime_env: env }));
    await on.readAs(null);
    const { fleet } = await on.fleet();
    expect(fleet.sources.actors?.failure).toBeNull();
    const jobs = fleet.clusters.flatMap(({ usedBy }) => (usedBy.known ? usedBy.value.jobs : []));
    expect(jobs.map(({ submissionId }) => submissionId)).toEqual(['victim', 'mine']);
  });

  test.each(['__proto__', 'constructor', 'toString', '<img src=x onerror=alert(1)>'])(
    'with jobs, templates and virtual clusters named %s',
    async (name) => {
      on.ray.template = name;
      on.ray.clusters = { ...on.ray.clusters, [`x${name}`]: { nodes: ['f1'] } };
      on.ray.jobs.push(jobRow(name, 'b2'));
      on.ray.actors.push(supervisorRow(name, 'b2', 'team-b'));
      await on.readAs(null);
      const { fleet } = await on.fleet();
      const team = fleet.clusters.find(({ id }) => id === 'team-b');
      expect(team?.templates).toMatchObject([{ templateId: name, count: 2 }]);
      expect(team?.usedBy).toMatchObject({ value: { jobs: [{ submissionId: 'mine' }, { submissionId: name }] } });
      expect(fleet.clusters.map(({ id }) => id)).toContain(`x${name}`);
    },
  );
});
