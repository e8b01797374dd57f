import * as z from 'zod/mini';
import type { ChangeKind, ChangeRequest } from '../domain/change.ts';
import { MAX_ID_IN_PATH } from '../domain/cluster-id.ts';
import { unknownCauses } from '../domain/outcome.ts';
import type { Cancellation, Result } from '../domain/result.ts';
import type { AwaitedNodes } from '../domain/waiting-members.ts';
import { replicaSets, revision, time } from './values.ts';
import { authMethod } from './auth-method.ts';

const base = z.object({ revision, replicaSets });
const clusterSnapshot = z.object({ revision, replicaSets, divisible: z.boolean() });
/** As long as the ids that Ray can remove, so that every write of a script can be recorded. */
const clusterId = z.string().check(z.minLength(1), z.maxLength(MAX_ID_IN_PATH));

const byKind = {
  save: z.object({
    kind: z.literal('save'),
    clusterId,
    divisible: z.boolean(),
    base: z.nullable(base),
    want: replicaSets,
  }),
  delete: z.object({ kind: z.literal('delete'), clusterId, base: z.nullable(clusterSnapshot) }),
  'delete-when-idle': z.object({ kind: z.literal('delete-when-idle'), clusterId, base: clusterSnapshot }),
  release: z.object({ kind: z.literal('release'), clusterId }),
  'stop-job': z.object({
    kind: z.literal('stop-job'),
    clusterId,
    submissionId: z.string().check(z.minLength(1), z.maxLength(1024)),
  }),
} satisfies { readonly [K in ChangeKind]: z.ZodMiniType<Extract<ChangeRequest, { readonly kind: K }>> };

/** The body of `PUT /api/changes/{uuid}`. */
export const changeRequest = z.discriminatedUnion('kind', [
  byKind.save,
  byKind.delete,
  byKind['delete-when-idle'],
  byKind.release,
  byKind['stop-job'],
]);

const cancellation = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('person'), who: z.string() }),
  z.object({ reason: z.literal('changed'), now: clusterSnapshot, who: z.nullable(z.string()) }),
  z.object({ reason: z.literal('gone') }),
  z.object({ reason: z.literal('ray-restarted') }),
  z.object({ reason: z.literal('asked-before'), who: z.string() }),
  z.object({ reason: z.literal('right-withdrawn'), who: z.string() }),
]) satisfies z.ZodMiniType<Cancellation>;

export const result = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('applied'),
    revision: z.nullable(revision),
    seen: z.enum(['reply', 'looked']),
    retries: z.number(),
  }),
  z.object({
    kind: z.literal('conflict'),
    latest: revision,
    theirs: z.union([clusterSnapshot, z.null(), z.literal('unread')]),
  }),
  z.object({
    kind: z.literal('shortage'),
    direction: z.enum(['grow', 'shrink']),
    suggestion: replicaSets,
    unmatched: z.array(z.string()),
    judgedOn: z.object({ revision: z.nullable(revision), replicaSets }),
  }),
  z.object({ kind: z.literal('mismatch'), divisible: z.boolean() }),
  z.object({ kind: z.literal('in-use') }),
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('already-ended') }),
  z.object({ kind: z.literal('waiting'), refusedAt: z.nullable(time) }),
  z.object({ kind: z.literal('cancelled'), why: cancellation }),
  z.object({ kind: z.literal('invalid'), message: z.string() }),
  z.object({ kind: z.literal('blocked') }),
  z.object({ kind: z.literal('unreachable') }),
  z.object({ kind: z.literal('not-applied'), evidence: z.enum(['never-sent', 'later-write-on-same-base']) }),
  z.object({
    kind: z.literal('unknown'),
    cause: z.enum([...unknownCauses, 'console-ended']),
    lookedAt: z.nullable(time),
  }),
  z.object({
    kind: z.literal('cannot-be-known'),
    evidence: z.object({
      why: z.enum(['still-on-its-base', 'not-shown', 'asked-more-than-once', 'another-ray', 'ray-not-told']),
      shown: z.union([clusterSnapshot, z.null(), z.literal('unread')]),
      at: time,
    }),
  }),
]) satisfies z.ZodMiniType<Result>;

const awaitedNodes = z.object({ templateId: z.string(), clusterId: z.string(), dead: z.number() });
const nodeRef = z.object({ id: z.string(), hostname: z.string(), templateId: z.string() });

/**
 * One attempted write and its result: the reply to `PUT` and `GET /api/changes/{uuid}`,
 * and a row of the journal.
 */
export const change = z.object({
  /** Chosen by the page, so that sending a change twice is idempotent. */
  id: z.string(),
  wanted: changeRequest,
  /** The actor and their address. `by`: `script` changes came through `/virtual_clusters`. */
  who: z.string(),
  address: z.string(),
  /** How the actor was authenticated; changes from before sign-in existed have `local`. */
  via: z._default(authMethod, 'local'),
  by: z.enum(['page', 'script']),
  askedAt: time,
  settledAt: z.nullable(time),
  /** How often it was sent to Ray. */
  attempts: z.number(),
  /** The cluster before the change, as far as was known when it was sent. */
  before: z.nullable(clusterSnapshot),
  /** Null while it is queued or being sent. */
  result: z.nullable(result),
  /** Nodes that an applied change added and removed: at most 200 of each, and the totals. */
  moved: z.nullable(
    z.object({
      arrived: z.array(nodeRef),
      left: z.array(nodeRef),
      arrivedCount: z.number(),
      leftCount: z.number(),
      /** Dead members of others that waited for such nodes as left: Ray gives those to them first (fact 32). */
      awaitedBy: z._default(z.array(awaitedNodes), []),
    }),
  ),
  /**
   * Only for a change that is too large to be read whole, from before changes were bounded: its bytes. Its replica sets and nodes are
   * left out; the export has them.
   */
  cut: z.optional(z.number()),
  /** The plan that it is a step of; left out: none. */
  plan: z.optional(z.string()),
});
export type Change = Readonly<Omit<z.infer<typeof change>, 'wanted' | 'result' | 'moved'>> & {
  readonly wanted: ChangeRequest;
  readonly result: Result | null;
  readonly moved: MembershipDiff | null;
};

/** The body of `PUT /api/changes/{uuid}/abandonment`: the virtual cluster that the change is of, to check who may. */
export const abandonmentRequest = z.object({ clusterId });

/** Its reply. `change`: it had arrived, and goes on; null: it has not arrived, and the console refuses it from now on. */
export const abandonment = z.object({ change: z.nullable(change) });

type NodeRef = Readonly<z.infer<typeof nodeRef>>;

/** Nodes added and removed: at most 200 of each, and the totals. */
export interface MembershipDiff {
  readonly arrived: readonly NodeRef[];
  readonly left: readonly NodeRef[];
  readonly arrivedCount: number;
  readonly leftCount: number;
  readonly awaitedBy: readonly AwaitedNodes[];
}
