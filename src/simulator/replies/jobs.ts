import { pythonObject, pythonString, pythonStringOrNull } from './python-text.ts';
import { jsonReply, statePage, textReply, type SimReply } from './reply.ts';
import { matchesFilters, MAX_ROWS, type StateQuery } from './state-query.ts';
import { inHashOrder } from '../engine/hash-order.ts';
import type { Job, World } from '../engine/world.ts';

/** `GET /api/jobs/` (fact 24). */
export function jobsReply(world: World): SimReply {
  const jobs = inHashOrder(
    [...world.jobs.values()].map((job) => ({ id: job.submissionId, job })),
    world.seed,
  );
  const parts = ['['];
  jobs.forEach(({ job }, index) => parts.push(index === 0 ? jobText(job) : `, ${jobText(job)}`));
  parts.push(']');
  return jsonReply(200, ...parts);
}

/** `GET /api/jobs/{id}`. */
export function jobReply(world: World, submissionId: string): SimReply {
  const job = world.jobs.get(submissionId);
  return job === undefined ? noSuchJob(submissionId) : jsonReply(200, jobText(job));
}

export function noSuchJob(submissionId: string): SimReply {
  return textReply(404, `Job ${submissionId} does not exist`);
}

/** `GET /api/v0/jobs`: the same rows as a page of the state API. */
export function stateJobsReply(world: World, options: StateQuery): SimReply {
  const jobs = [...world.jobs.values()];
  const wanted = jobs.filter((job) =>
    matchesFilters(options, {
      type: 'SUBMISSION',
      status: job.status,
      submission_id: job.submissionId,
      entrypoint: job.entrypoint,
    }),
  );
  return statePage(
    { total: jobs.length, afterTruncation: Math.min(jobs.length, MAX_ROWS), filtered: wanted.length },
    wanted.slice(0, options.limit).map(jobText),
  );
}

/** Ray's number for a driver: `02000000`. */
function driverId(number: number): string {
  return `${number.toString(16).padStart(2, '0')}000000`.slice(0, 8);
}

function jobText(job: Job): string {
  const node = job.supervisor?.node ?? null;
  const driver = job.driver === null ? null : driverId(job.driver.number);
  return pythonObject([
    ['type', '"SUBMISSION"'],
    ['job_id', pythonStringOrNull(driver)],
    ['submission_id', pythonString(job.submissionId)],
    [
      'driver_info',
      job.driver === null || driver === null
        ? 'null'
        : `{"id": "${driver}", "node_ip_address": "${node?.ip ?? ''}", "pid": "${String(job.driver.pid)}"}`,
    ],
    ['status', `"${job.status}"`],
    ['entrypoint', pythonString(job.entrypoint)],
    ['message', pythonString(job.message)],
    ['error_type', 'null'],
    ['start_time', String(Math.floor(job.startedAt))],
    ['end_time', job.endedAt === null ? 'null' : String(Math.floor(job.endedAt))],
    ['metadata', 'null'],
    ['runtime_env', 'null'],
    ['driver_agent_http_address', node === null ? 'null' : `"http://${node.ip}:${String(job.agentPort)}"`],
    ['driver_node_id', node === null ? 'null' : `"${node.id}"`],
    ['driver_exit_code', job.exitCode === null ? 'null' : String(job.exitCode)],
  ]);
}
