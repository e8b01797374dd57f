import type { JobStatus } from '../../domain/sources.ts';
import type { Moment } from '../fleet/moment.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';

/** A job's status as `/api/jobs/` gave it after a moment; null: it lists no such job; `unread`: nothing was read since. */
export function jobStatusSince(model: FleetStore, submissionId: string, since: Moment): JobStatus | null | 'unread' {
  const { last } = model.state('jobs');
  if (last === null || !model.isReadSince('jobs', since)) return 'unread';
  return last.value.find((job) => job.submissionId === submissionId)?.status ?? null;
}
