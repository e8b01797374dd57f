import type { Group } from '../case.ts';
import { cache } from './cache.ts';
import { camelCase } from './camel-case.ts';
import { deadNodes } from './dead-nodes.ts';
import { headers } from './headers.ts';
import { jobsInUse } from './jobs-in-use.ts';
import { refusedJobs } from './jobs-refused.ts';
import { jobs } from './jobs.ts';
import { management } from './management.ts';
import { paths } from './paths.ts';
import { revisions } from './revisions.ts';
import { shortages } from './shortages.ts';
import { stateApi } from './state-api.ts';
import { trap } from './trap.ts';
import { validation } from './validation.ts';

/** In the order of a run on one Ray: cases that damage it come last. */
export const groups: readonly Group[] = [
  management,
  validation,
  revisions,
  shortages,
  camelCase,
  paths,
  headers,
  cache,
  stateApi,
  jobs,
  refusedJobs,
  jobsInUse,
  deadNodes,
  trap,
];
