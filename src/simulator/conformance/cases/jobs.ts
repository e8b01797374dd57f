import type { Group } from '../case.ts';
import { submitFailingJob, aliveActorsPath } from '../job-steps.ts';

export const jobs: Group = {
  name: 'jobs',
  cases: [
    {
      name: 'a job runs in an indivisible virtual cluster without a new revision',
      jobs: true,
      run: async (ray) => {
        await ray.create('batch', { '4c8g': 2 });
        await ray.list();
        await ray.runJob({ clusterId: 'batch' });
        await ray.jobs();
        await ray.list();
        await ray.state();
        await ray.ask('GET', aliveActorsPath);
      },
    },
    {
      name: 'a finished job in an indivisible virtual cluster leaves nothing behind',
      jobs: true,
      run: async (ray) => {
        await ray.create('batch', { '4c8g': 1 });
        const job = await ray.runJob({ clusterId: 'batch' });
        await ray.finishJob(job);
        await ray.jobs();
        await ray.state();
        await ray.until('GET', aliveActorsPath, ({ text }) => !text.includes(job));
        await ray.ask('GET', aliveActorsPath);
        await ray.remove('batch');
      },
    },
    {
      name: 'a job in a divisible virtual cluster gets a cluster of its own and moves the revision',
      jobs: true,
      run: async (ray) => {
        await ray.create('team', { '8c16g': 2 }, true);
        await ray.list();
        await ray.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } });
        await ray.list();
        await ray.state();
        await ray.ask('GET', aliveActorsPath);
      },
    },
    {
      name: 'a finished job leaves its cluster behind until it is released',
      jobs: true,
      run: async (ray) => {
        await ray.create('team', { '8c16g': 2 }, true);
        const job = await ray.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } });
        await ray.finishJob(job);
        await ray.until('GET', aliveActorsPath, ({ text }) => !text.includes(job));
        await ray.list();
        await ray.state();
        await ray.remove('team');
        await ray.remove(`team##${job}`);
        await ray.list();
        await ray.state();
        await ray.remove(`team##${job}`);
        await ray.remove('team');
      },
    },
    {
      name: 'two jobs share a divisible virtual cluster until its nodes are used up',
      jobs: true,
      run: async (ray) => {
        await ray.create('team', { '8c16g': 2 }, true);
        await ray.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } }, 'supervisor 1');
        await ray.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } }, 'supervisor 2');
        await submitFailingJob(ray, 'team', { '8c16g': 1 });
        await ray.state();
        await ray.jobs();
      },
    },
    {
      name: 'a job of the primary cluster takes free nodes that no list shows',
      jobs: true,
      run: async (ray) => {
        const job = await ray.runJob({ clusterId: 'kPrimaryClusterID', replicaSets: { '8c16g': 2 } });
        await ray.list();
        await ray.state();
        await ray.save('team', { '8c16g': 2 }, '0');
        await ray.remove(`kPrimaryClusterID##${job}`);
        await ray.finishJob(job);
        await ray.until('GET', aliveActorsPath, ({ text }) => !text.includes(job));
        await ray.save('team', { '8c16g': 2 }, '0');
        await ray.remove(`kPrimaryClusterID##${job}`);
        await ray.save('team', { '8c16g': 2 }, '0');
      },
    },
    {
      name: 'a job can be stopped once',
      jobs: true,
      run: async (ray) => {
        await ray.create('batch', { '4c8g': 1 });
        const job = await ray.runJob({ clusterId: 'batch' });
        await ray.ask('POST', `/api/jobs/${job}/stop`);
        await ray.untilJob(job, ['STOPPED']);
        await ray.jobs();
        await ray.ask('POST', `/api/jobs/${job}/stop`);
        await ray.until('GET', aliveActorsPath, ({ text }) => !text.includes(job));
        await ray.remove('batch');
      },
    },
    {
      name: 'a stopped job leaves its cluster behind too',
      jobs: true,
      run: async (ray) => {
        await ray.create('team', { '8c16g': 1 }, true);
        const job = await ray.runJob({ clusterId: 'team', replicaSets: { '8c16g': 1 } });
        await ray.ask('POST', `/api/jobs/${job}/stop`);
        await ray.untilJob(job, ['STOPPED']);
        await ray.until('GET', aliveActorsPath, ({ text }) => !text.includes(job));
        await ray.remove('team');
        await ray.remove(`team##${job}`);
        await ray.remove('team');
      },
    },
    {
      name: 'an unknown job can be neither stopped nor read',
      run: async (ray) => {
        await ray.ask('POST', '/api/jobs/nope/stop');
        await ray.ask('GET', '/api/jobs/nope');
        await ray.ask('GET', '/api/jobs');
      },
    },
    {
      name: 'a job of its own can be read',
      jobs: true,
      run: async (ray) => {
        await ray.create('batch', { '4c8g': 1 });
        const job = await ray.runJob({ clusterId: 'batch' });
        await ray.ask('GET', `/api/jobs/${job}`);
      },
    },
  ],
};
