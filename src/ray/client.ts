import type { UnknownReason } from '../domain/fact.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { ReplicaSets } from '../domain/replica-sets.ts';
import type { Revision } from '../domain/revision.ts';
import type {
  ListedCluster,
  ListedJob,
  LiveNode,
  RayIdentity,
  StateCluster,
  SummaryNode,
  Supervisor,
} from '../domain/sources.ts';

/** What one read of one source came to. Times are milliseconds since 1970 on the client's clock. */
export type RayRead<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** The weight of the reply. */
      readonly bytes: number;
      /** When the request went out: what was true before it, and came by a fresh read, is in the value. */
      readonly begunAt: number;
      readonly arrivedAt: number;
    }
  | {
      readonly ok: false;
      /** `not-offered` from the list: this Ray's list can't be read as such, now or later (fact 26). */
      readonly reason: UnknownReason;
      /** For logs, at most one line: the exception's last line, never its traceback. */
      readonly detail: string;
      readonly begunAt: number;
      readonly arrivedAt: number;
    };

/** The management list, the removed clusters left out. */
export interface ClusterList {
  readonly clusters: readonly ListedCluster[];
  /** The cluster as Ray wrote it, character for character; null when the list has none of that id. */
  raw(clusterId: string): string | null;
}

/** One save. `replicaSets` names every template to be held: one left out is 0 (fact 8). */
export interface SaveRequest {
  readonly clusterId: string;
  readonly divisible: boolean;
  readonly replicaSets: ReplicaSets;
  readonly revision: Revision;
  /** What it has now, to match a suggestion's camel-cased keys back (fact 9). */
  readonly held: ReplicaSets;
}

/** A request of the published API, passed on for a script. */
export type PublishedRequest =
  | { readonly method: 'GET' }
  /** `body` is sent exactly as it is. `held`: what the cluster has now, when that is known. */
  | { readonly method: 'POST'; readonly body: string; readonly held?: ReplicaSets }
  | { readonly method: 'DELETE'; readonly clusterId: string };

/** What came of it. `reply`: as Ray gave it, tracebacks included; `outcome` is null for a GET. */
export type PublishedReply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly contentType: string;
      readonly text: string;
      readonly outcome: Outcome | null;
    }
  | {
      readonly kind: 'no-reply';
      readonly outcome: Extract<Outcome, { readonly kind: 'unreachable' | 'unknown' | 'invalid' }>;
    };

/** One Ant Ray. Nothing rejects: every failure is a value. Nothing is ever sent twice. */
export interface Ray {
  /** `fresh`: past Ray's cache, by a query that it never saw (fact 4). */
  readList(options: { readonly fresh: boolean }): Promise<RayRead<ClusterList>>;
  readState(): Promise<RayRead<readonly StateCluster[]>>;
  readLiveness(): Promise<RayRead<readonly LiveNode[]>>;
  readSummary(options: { readonly fresh: boolean }): Promise<RayRead<readonly SummaryNode[]>>;
  readActors(): Promise<RayRead<readonly Supervisor[]>>;
  readJobs(): Promise<RayRead<readonly ListedJob[]>>;
  readIdentity(): Promise<RayRead<RayIdentity>>;
  save(request: SaveRequest): Promise<Outcome>;
  /** Deletes a virtual cluster, or releases a finished job's cluster (fact 23). */
  remove(clusterId: string): Promise<Outcome>;
  published(request: PublishedRequest): Promise<PublishedReply>;
}
