import type * as z from 'zod/mini';
import { delay } from '../../backend/concurrency/with-timeout.ts';
import type { Clock } from '../../clock.ts';
import { replySchemas } from '../../contract/api.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import { planReply, planTrial, type Plan, type PlanCommand, type PlanRequest } from '../../contract/plan.ts';
import { problem } from '../../contract/problem.ts';
import type { ClusterProfile } from '../../domain/cluster-profile.ts';
import type { Goal, PlanStep } from '../../domain/plan/plan.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import { fleetClusterOf, type FleetCluster } from '../../fleet-file/fleet-cluster.ts';

/** How often, and how many times, a console that has just started is asked again, ms. */
const RETRY_INTERVAL = 100;
const MAX_RETRIES = 100;

/** The console could not be asked, or said no: in lines for people. */
export class ConsoleError extends Error {
  readonly lines: readonly string[];

  constructor(lines: string | readonly string[], options?: ErrorOptions) {
    const all = [lines].flat();
    super(all.join(' '), options);
    this.lines = all;
  }
}

/** No answer came, or one from something in between: the request may have taken effect. */
export class Unanswered extends ConsoleError {}

/** A console as a command asks it: over HTTP, or in the same process. */
export interface ConsoleClient {
  /** Throws when Ray's list can't be read: no answer is not an empty fleet. */
  fleet(): Promise<readonly FleetCluster[]>;
  /** What a plan would be and do; nothing is stored. */
  tryPlan(
    goals: readonly Goal[],
  ): Promise<{ readonly steps: readonly PlanStep[]; readonly short: readonly Shortage[] }>;
  savePlan(id: string, name: string, goals: readonly Goal[]): Promise<Plan>;
  plan(id: string): Promise<Plan>;
  command(id: string, command: PlanCommand): Promise<Plan>;
  setProfile(clusterId: string, profile: ClusterProfile): Promise<void>;
}

interface Shortage {
  readonly templateId: string;
  readonly nodes: number;
}

export function createConsoleClient(parts: {
  readonly send: FetchHandler;
  /** Where the console lives, with a slash at its end. */
  readonly base: string;
  readonly token: string | null;
  readonly knowsProfiles: boolean;
  readonly clock: Clock;
}): ConsoleClient {
  const { send, base, token, knowsProfiles, clock } = parts;

  async function ask<T>(method: string, path: string, reply: z.ZodMiniType<T>, body?: unknown): Promise<T> {
    const headers = new Headers({ Accept: 'application/json', [CONSOLE_HEADER]: '1' });
    if (token !== null) headers.set('Authorization', `Bearer ${token}`);
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    const url = base + path.replace(/^\//, '');
    // A redirect would carry the token somewhere else.
    const init = {
      method,
      headers,
      redirect: 'error',
      body: body === undefined ? null : JSON.stringify(body),
    } as const;
    let response;
    let text;
    try {
      response = await send(new Request(url, init));
      text = await response.text();
    } catch (error) {
      throw new Unanswered(`The console at ${base} does not answer (${causeOf(error)}).`, { cause: error });
    }
    const value = parseJson(text);
    if (!response.ok) {
      const message = refusal(response.status, value);
      throw response.status >= 500 ? new Unanswered(message) : new ConsoleError(message);
    }
    const read = reply.safeParse(value);
    if (!read.success) throw new ConsoleError(`What ${base} answers is not this version's console.`);
    return read.data;
  }

  const planned = async (answer: Promise<{ readonly plan: Plan }>): Promise<Plan> => (await answer).plan;

  return {
    async fleet() {
      let reply = await ask('GET', paths.fleet, replySchemas['GET fleet']);
      // A console that has just started knows no free nodes yet, so that it could not say what fits.
      for (let retries = 0; retries < MAX_RETRIES && isStillReading(reply); retries += 1) {
        await delay(clock, RETRY_INTERVAL);
        reply = await ask('GET', paths.fleet, replySchemas['GET fleet']);
      }
      const { clusters, sources } = reply;
      const { readAt, failure } = sources.list;
      if (readAt === null || failure !== null)
        throw new ConsoleError("Ray's list of virtual clusters can't be read now, so nothing is known of the fleet.");
      return clusters.map((cluster) => fleetClusterOf(cluster, knowsProfiles));
    },
    async tryPlan(goals) {
      const { steps, preview } = await ask('POST', paths.plans, planTrial, { goals });
      return {
        steps,
        short: preview.forecast.templates.flatMap(({ templateId, shortage }) =>
          shortage > 0 ? [{ templateId, nodes: shortage }] : [],
        ),
      };
    },
    savePlan(id, name, goals) {
      const request: PlanRequest = { version: 0, name, goals: [...goals] };
      return planned(ask('PUT', paths.plan(id), planReply, request));
    },
    plan: (id) => planned(ask('GET', paths.plan(id), planReply)),
    command: (id, command) => planned(ask('POST', paths.planRun(id), planReply, command)),
    async setProfile(clusterId, profile) {
      const path = paths.clusterProfile(clusterId);
      const { now } = await ask('GET', path, replySchemas['GET clusterProfile']);
      await ask('PUT', path, replySchemas['PUT clusterProfile'], { expectedVersion: now?.version ?? 0, profile });
    },
  };
}

function isStillReading({ sources }: Pick<FleetUpdate, 'sources'>): boolean {
  return Object.values(sources).some(({ readAt, failure }) => readAt === null && failure === null);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(status: number, value: unknown): string {
  const parsed = problem.safeParse(value);
  if (parsed.success) return parsed.data.detail;
  return status === 401
    ? 'The console asks who is there. Give it a token: --token-file <file>.'
    : `The console answered with status ${String(status)}.`;
}

function causeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? inner.message || inner.name : 'no reason given';
}
