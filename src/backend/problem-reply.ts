import type { Problem } from '../contract/problem.ts';

/** A problem as the console's own paths answer it: a code for programs, one sentence for people. */
export function problemReply(status: number, problem: string, detail: string, headers: Record<string, string> = {}): Response {
  const body: Problem = { problem, detail };
  return Response.json(body, { status, headers });
}
