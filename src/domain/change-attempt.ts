import type { ChangeRequest } from './change.ts';
import type { Outcome, UnknownCause } from './outcome.ts';
import type { ReplicaSets } from './replica-sets.ts';
import type { ClusterSnapshot, Result } from './result.ts';
import type { Revision } from './revision.ts';
import type { ListedCluster, Member } from './sources.ts';

/** One attempt to carry out a change, from its turn in the queue until it is settled, unknown or waiting again. */
export interface Attempt {
  readonly request: ChangeRequest;
  /** Where the request comes from. A script's is sent once, as it is; a deferred deletion waits again when it is refused. */
  readonly origin: 'page' | 'script' | 'deferred';
}

export type Rejection = Extract<Outcome, { kind: 'conflict' }>;

export type AttemptPhase =
  | { readonly phase: 'ready' }
  /** An edit reads its cluster first: Ray would bring a deleted one back (fact 5). */
  | { readonly phase: 'reading-base' }
  /** A script's edit is sent as it is, unless the console itself deleted its cluster. */
  | { readonly phase: 'checking-removal' }
  /** `rejection`: what Ray answered the time before. */
  | { readonly phase: 'recording-intent'; readonly sentOn: Revision | null; readonly rejection: Rejection | null }
  | { readonly phase: 'sending'; readonly sentOn: Revision | null }
  | { readonly phase: 'judging-retry'; readonly rejection: Rejection }
  /** Reads what the conflict is with, to be shown to the person. */
  | { readonly phase: 'reading-conflict'; readonly rejection: Rejection }
  | { readonly phase: 'settled' | 'unknown' | 'waiting' };

/** `attempts`: how often the change has been sent, deferred deletions that were refused included. */
export type AttemptState = AttemptPhase & { readonly attempts: number };

export type AttemptEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'remote-read'; readonly remote: RemoteReading }
  | { readonly kind: 'removal-checked'; readonly removal: RemovalReading }
  | { readonly kind: 'intent-recorded' }
  | { readonly kind: 'intent-failed'; readonly error: unknown }
  /** `replicaSetsSentOn`: for a shortage, what the cluster had on the revision that was sent; null where that is unknown. */
  | { readonly kind: 'answered'; readonly outcome: Outcome; readonly replicaSetsSentOn: ReplicaSets | null };

/** The list could not be read. */
export interface Unread {
  readonly kind: 'unread';
  readonly isUnreachable: boolean;
}

/** Whether this console deleted the cluster and a fresh reading does not show it again. */
export type RemovalReading = { readonly kind: 'removed' | 'not-removed' } | Unread;

/** The cluster as it was just read. */
export type RemoteReading =
  | {
      readonly kind: 'found';
      readonly cluster: ClusterSnapshot;
      readonly members: ReadonlyMap<string, Member>;
      /** On the revision that the edit starts from, where they are still known. */
      readonly membersOfBase: ReadonlyMap<string, Member> | null;
    }
  | { readonly kind: 'gone' }
  | Unread;

/** An effect that leads to an event is the last of its step. */
export type AttemptEffect =
  /** Leads to `remote-read`. */
  | { readonly kind: 'read-remote' }
  /** Leads to `removal-checked`. */
  | { readonly kind: 'check-removal' }
  /** From now on the cluster's absence may be our own doing. */
  | { readonly kind: 'mark-removal' }
  /** Keeps what the cluster is before the change; it is written together with the intent. */
  | { readonly kind: 'capture-before' }
  /** Makes it durable that the change is about to be sent. Leads to `intent-recorded` or `intent-failed`. */
  | { readonly kind: 'record-intent'; readonly sentOn: Revision | null }
  /** Leads to `answered`. */
  | { readonly kind: 'send'; readonly sentOn: Revision | null }
  /** A save went through: unanswered ones on the same revision did not. */
  | { readonly kind: 'rule-out-earlier-writes'; readonly sentOn: Revision }
  /** A save went through: a deletion that waits no longer stands for the cluster. */
  | { readonly kind: 'cancel-deferred-deletions'; readonly now: ClusterSnapshot }
  /** Shows the reply before anything is read again. `onlyAsSent`: unless the cluster changed since the change was sent. */
  | { readonly kind: 'fold-in'; readonly cluster: ListedCluster | null; readonly onlyAsSent: boolean }
  | {
      readonly kind: 'settle';
      readonly result: Result;
      /** Who is in the cluster afterwards; null when that says nothing of the change. */
      readonly membersAfter: ReadonlyMap<string, Member> | null;
    }
  /** A deferred deletion goes back to waiting. `wasRefused`: Ray said that the cluster is in use. */
  | { readonly kind: 'wait-again'; readonly wasRefused: boolean }
  /** Looks for the change in Ray's readings, since nobody knows whether it happened. */
  | { readonly kind: 'watch-for'; readonly cause: UnknownCause }
  /** Reads soon what the change may have moved. */
  | { readonly kind: 'refresh' }
  /** Tells the caller that nothing was sent because the journal could not be written. */
  | { readonly kind: 'fail'; readonly error: unknown };

export interface AttemptStep {
  readonly state: AttemptState;
  readonly effects: readonly AttemptEffect[];
}
