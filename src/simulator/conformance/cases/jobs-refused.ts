import type { Group } from '../case.ts';
import { submitFailingJob } from '../job-steps.ts';

export const refusedJobs: Group = {
  name: 'jobs-refused',
  cases: [
    {
      name: 'a job that asks for more than its virtual cluster has fails and moves no revision',
      jobs: true,
      run: async (ray) => {
        await ray.create('team', { '8c16g': 1 }, true);
        await ray.list();
        await submitFailingJob(ray, 'team', { '8c16g': 2 });
        await submitFailingJob(ray, 'team', { '4c8g': 1 });
        await ray.jobs();
        await ray.list();
        await ray.state();
      },
    },
    {
      name: 'a divisible virtual cluster takes no job without replica sets',
      jobs: true,
      run: async (ray) => {
        await ray.create('team', { '8c16g': 1 }, true);
        await submitFailingJob(ray, 'team');
        await submitFailingJob(ray, 'team', {});
        await ray.jobs();
      },
    },
    {
      name: 'an indivisible virtual cluster takes no job with replica sets',
      jobs: true,
      run: async (ray) => {
        await ray.create('batch', { '8c16g': 1 });
        await submitFailingJob(ray, 'batch', { '8c16g': 1 });
        await ray.jobs();
      },
    },
    {
      name: 'an unknown virtual cluster takes no job',
      jobs: true,
      run: async (ray) => {
        await submitFailingJob(ray, 'nope');
        await submitFailingJob(ray, 'nope', { '4c8g': 1 });
        await ray.jobs();
      },
    },
    {
      name: 'the primary cluster takes no job without replica sets',
      jobs: true,
      run: async (ray) => {
        await submitFailingJob(ray, 'kPrimaryClusterID');
        await ray.jobs();
      },
    },
  ],
};
