import type { Problem, ProblemCode } from '../../contract/problem.ts';
import { describeDenial, type Denial } from '../../domain/denial.ts';

/** An error reply of the console's own paths: a code for programs, one sentence for people. */
export function problemReply(
  status: number,
  problem: ProblemCode,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  const body: Problem = { problem, detail };
  return Response.json(body, { status, headers });
}

/** What may not be changed, and why: in a sentence, and as it is for a page in another language. */
export function denialReply(
  status: number,
  problem: ProblemCode,
  denial: Denial,
  clusterId: string | null = null,
): Response {
  const sentence = describeDenial(denial);
  const body: Problem =
    clusterId === null
      ? { problem, detail: sentence, denial }
      : { problem, detail: `${clusterId}: ${sentence}`, denial, clusterId };
  return Response.json(body, { status });
}

export function listNotReadYet(): Response {
  return problemReply(503, 'not-read-yet', "Ray's list of virtual clusters has not been read yet.");
}

export function noSuchCluster(): Response {
  return problemReply(404, 'no-such-cluster', 'There is no virtual cluster of this id.');
}
