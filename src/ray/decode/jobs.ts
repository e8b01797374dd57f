import * as z from 'zod/mini';
import { jobStatuses, type ListedJob } from '../../domain/sources.ts';
import { checkRow } from './state-page.ts';
import { parseReply, type Parsed, type ReplyReader } from './reply.ts';
import { boundedSink } from '../stream/bounded-sink.ts';
import { cutText } from './cut-text.ts';

const jobRow = z.object({
  submission_id: z.nullish(z.string()),
  status: z.enum(jobStatuses),
  entrypoint: z.nullish(z.string()),
  message: z.nullish(z.string()),
  start_time: z.nullish(z.number()),
  end_time: z.nullish(z.number()),
  driver_node_id: z.nullish(z.string()),
});

/** Ray forgets no job until somebody deletes it. */
const MAX_JOBS_KEPT = 100_000;

/** Users choose the entry point, and it is sent to every page, characters. */
const MAX_ENTRYPOINT = 1_000;
const MAX_MESSAGE = 300;

/**
 * `/api/jobs/`: the submitted jobs (fact 24), each parsed as it comes. Plain drivers, which have no submission id, are left
 * out. Of a job's runtime environment and metadata, which may be megabytes, nothing is kept.
 */
export function jobsReader(): ReplyReader<readonly ListedJob[]> {
  const jobs: ListedJob[] = [];
  let failure: Parsed<never> | null = null;
  const onValue = (_key: string, text: string, at: number) => {
    if (failure !== null) return;
    const row = checkRow(jobRow, text, at);
    if (!row.ok) failure = row;
    else if (row.value.submission_id) jobs.push(listedJob(row.value.submission_id, row.value));
  };
  return {
    sink: boundedSink([{ path: ['*'], onValue }], () => jobs.length, MAX_JOBS_KEPT),
    read(reply) {
      const rest = parseReply(z.array(z.unknown()), reply);
      if (!rest.ok) return rest;
      return failure ?? { ok: true, value: jobs };
    },
  };
}

function listedJob(submissionId: string, row: z.infer<typeof jobRow>): ListedJob {
  return {
    submissionId,
    status: row.status,
    entrypoint: cutText(row.entrypoint ?? '', MAX_ENTRYPOINT),
    message: cutText(row.message ?? '', MAX_MESSAGE),
    startedAt: row.start_time ?? null,
    endedAt: row.end_time ?? null,
    driverNodeId: row.driver_node_id ?? null,
  };
}
