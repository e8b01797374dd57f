import type { Group } from '../case.ts';
import { comparableSummary } from '../node-summary.ts';

export const jobsInUse: Group = {
  name: 'jobs-in-use',
  cases: [
    {
      name: 'a running job keeps its cluster and the parent from being removed',
      jobs: true,
      run: async (ray) => {
        await ray.create('team', { '8c16g': 1 }, true);
        const job = await ray.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } });
        await ray.remove('team');
        await ray.remove(`team##${job}`);
        await ray.list();
        await ray.jobs();
      },
    },
    {
      name: 'a running job keeps an indivisible virtual cluster from being removed',
      jobs: true,
      run: async (ray) => {
        await ray.create('batch', { '4c8g': 1 });
        await ray.runJob({ clusterId: 'batch' });
        await ray.remove('batch');
        await ray.list();
      },
    },
    {
      name: 'nodes of a job cluster cannot be taken from the parent',
      jobs: true,
      run: async (ray) => {
        await ray.create('team', { '8c16g': 2, '4c8g': 1 }, true);
        await ray.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } });
        await ray.save('team', { '8c16g': 0, '4c8g': 1 }, await ray.revision('team'), true);
        await ray.save('team', { '8c16g': 0, '4c8g': 0 }, await ray.revision('team'), true);
        await ray.save('team', { '8c16g': 0, '4c8g': 9 }, await ray.revision('team'), true);
        await ray.save('team', { '8c16g': 1, '4c8g': 1 }, await ray.revision('team'), true);
        await ray.list();
      },
    },
    {
      name: 'a job at rest keeps all nodes of its cluster, and so does one that has ended, until it is released',
      jobs: true,
      run: async (ray) => {
        await ray.create('team', { '4c8g': 3 }, true);
        const job = await ray.runJob({ clusterId: 'team', replicaSets: { '4c8g': 2 } }, null);
        await ray.save('team', {}, await ray.revision('team'), true);
        await ray.save('team', { '4c8g': 1 }, await ray.revision('team'), true);
        await ray.save('team', { '4c8g': 2 }, await ray.revision('team'), true);
        await ray.finishJob(job);
        await ray.save('team', { '4c8g': 1 }, await ray.revision('team'), true);
        await ray.until('DELETE', `/virtual_clusters/team%23%23${job}`, ({ status }) => status === 200);
        await ray.save('team', { '4c8g': 1 }, await ray.revision('team'), true);
        await ray.list();
      },
    },
    {
      name: 'a node that hosts only a supervisor counts as idle: shrinking takes it, and the job dies',
      jobs: true,
      run: async (ray) => {
        const revision = await ray.create('batch', { '4c8g': 1 });
        const job = await ray.runJob({ clusterId: 'batch' });
        await ray.save('batch', { '4c8g': 0 }, revision);
        await ray.untilJob(job, ['FAILED']);
        await ray.jobs();
      },
    },
    {
      name: 'a node whose CPUs are used cannot be taken; the idle ones can',
      jobs: true,
      run: async (ray) => {
        const revision = await ray.create('batch', { '4c8g': 2, '8c16g': 1 });
        await ray.runJob({ clusterId: 'batch', cpus: 8 }, null);
        await ray.save('batch', { '4c8g': 2 }, revision);
        await ray.save('batch', { '4c8g': 1 }, revision);
        await ray.save('batch', {}, revision);
        await ray.save('batch', { '4c8g': 9 }, revision);
        await ray.list();
        await ray.save('batch', { '4c8g': 1, '8c16g': 1 }, revision);
        await ray.remove('batch');
      },
    },
    {
      name: 'a busy node: the state API fails for everybody, the other sources do not',
      jobs: true,
      run: async (ray) => {
        await ray.create('batch', { '4c8g': 1 });
        const job = await ray.runJob({ clusterId: 'batch', cpus: 4 });
        await ray.state();
        await ray.state('');
        await ray.list();
        await ray.until('GET', '/nodes?view=summary&t=<unique>', ({ text }) => text.includes('4.0/4.0 CPU'));
        await ray.ask('GET', `/nodes?view=summary&t=${ray.target.unique()}`, { keep: comparableSummary });
        await ray.finishJob(job);
        await ray.until('GET', '/api/v0/vclusters?detail=true', ({ status }) => status === 200);
        await ray.state();
      },
    },
    {
      name: 'a partly used node: the state API tells what is used',
      jobs: true,
      run: async (ray) => {
        await ray.create('batch', { '8c16g': 1 });
        const job = await ray.startJob({ clusterId: 'batch', cpus: 3 });
        await ray.untilJob(job, ['RUNNING']);
        await ray.until('GET', '/api/v0/vclusters?detail=true', ({ text }) => text.includes('"3.0 / 8.0"'));
        await ray.state();
      },
    },
  ],
};
