import type { Problem } from '../../contract/problem.ts';

/** An error reply of the console's own paths: a code for programs, one sentence for people. */
export function problemReply(
  status: number,
  problem: string,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  const body: Problem = { problem, detail };
  return Response.json(body, { status, headers });
}

export function listNotReadYet(): Response {
  return problemReply(503, 'not-read-yet', "Ray's list of virtual clusters has not been read yet.");
}

export function noSuchCluster(): Response {
  return problemReply(404, 'no-such-cluster', 'There is no virtual cluster of this id.');
}
