import type { FailureCause, SourceName, UnknownReason } from '../../domain/sourced.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { ReplicaSets } from '../../domain/replica-sets.ts';
import type { Revision } from '../../domain/revision.ts';
import type { SourceValues } from './sources.ts';

/** The result of one read of one source. Times are milliseconds since 1970 on the client's clock. */
export type RayRead<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** Size of the reply. */
      readonly bytes: number;
      /** When the request was sent: the value of a fresh read includes everything that was true before it. */
      readonly begunAt: number;
      readonly arrivedAt: number;
    }
  | {
      readonly ok: false;
      /** `not-offered` from the list: this Ray's list cannot be read, now or later (fact 26). */
      readonly reason: UnknownReason;
      /** For logs, at most one line: the last line of an exception, never its traceback. */
      readonly detail: string;
      readonly cause?: FailureCause;
      readonly begunAt: number;
      readonly arrivedAt: number;
    };

/** One save. `replicaSets` names every template to hold: one that is left out is 0 (fact 8). */
export interface SaveRequest {
  readonly clusterId: string;
  readonly divisible: boolean;
  readonly replicaSets: ReplicaSets;
  readonly revision: Revision;
  /** What the cluster has now, to match the camel-cased keys of a suggestion back to templates (fact 9). */
  readonly held: ReplicaSets;
}

/** A request of Ray's own API that a script sent to the console. */
export type PassThroughRequest =
  | { readonly method: 'GET' }
  /** What was read from the script's body (`decode/script-save.ts`), which is never sent itself. */
  | { readonly method: 'POST'; readonly save: SaveRequest }
  | { readonly method: 'DELETE'; readonly clusterId: string };

/** The result of a pass-through. `reply`: as Ray gave it, tracebacks included; `outcome` is null for a GET. */
export type PassThroughReply =
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

/** One Ant Ray. No method rejects: every failure is a value. Nothing is ever sent twice. */
export interface Ray {
  /** `fresh`: bypasses Ray's cache with a query that was never used before (fact 4); only for sources that Ray caches. */
  read<K extends SourceName>(name: K, options?: { readonly fresh?: boolean }): Promise<RayRead<SourceValues[K]>>;
  /** Announces a write, so that slow preparations (such as a connection) can be done before it. */
  expectWrite(): void;
  save(request: SaveRequest): Promise<Outcome>;
  /** Deletes a virtual cluster, or releases the cluster of a finished job (fact 23). */
  remove(clusterId: string): Promise<Outcome>;
  /** Stops a job (fact 24). */
  stopJob(submissionId: string): Promise<Outcome>;
  passThrough(request: PassThroughRequest): Promise<PassThroughReply>;
}
