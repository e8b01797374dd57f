import * as z from 'zod/mini';
import { jobStatuses, type ListedJob } from '../../domain/sources.ts';
import { parseReply, type Parsed, type Reply } from './reply.ts';

const jobRow = z.object({
  submission_id: z.nullish(z.string()),
  status: z.enum(jobStatuses),
  entrypoint: z.nullish(z.string()),
  message: z.nullish(z.string()),
  start_time: z.nullish(z.number()),
  end_time: z.nullish(z.number()),
  driver_node_id: z.nullish(z.string()),
});

/** `/api/jobs/`: the submitted jobs (fact 24). Plain drivers, which have no submission id, are left out. */
export function readJobs(reply: Reply): Parsed<readonly ListedJob[]> {
  const rows = parseReply(z.array(jobRow), reply);
  if (!rows.ok) return rows;
  return {
    ok: true,
    value: rows.value.flatMap((row) =>
      row.submission_id
        ? [
            {
              submissionId: row.submission_id,
              status: row.status,
              entrypoint: row.entrypoint ?? '',
              message: row.message ?? '',
              startedAt: row.start_time ?? null,
              endedAt: row.end_time ?? null,
              driverNodeId: row.driver_node_id ?? null,
            },
          ]
        : [],
    ),
  };
}
