import type { Conversation } from './conversation.ts';

/** The actors that watch over running jobs. */
export const aliveActorsPath =
  '/api/v0/actors?detail=true&limit=10000&filter_keys=state&filter_predicates=%3D&filter_values=ALIVE';

/** Submits a job that cannot start, and waits until the list says so. */
export async function submitFailingJob(
  ray: Conversation,
  clusterId: string,
  replicaSets?: Readonly<Record<string, number>>,
) {
  const job = await ray.startJob(replicaSets === undefined ? { clusterId } : { clusterId, replicaSets });
  await ray.untilJob(job, ['FAILED']);
}
