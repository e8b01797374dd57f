import * as z from 'zod/mini';
import type { Outcome } from '../../domain/outcome.ts';
import { MAX_REPLICAS, totalReplicas, type ReplicaSets } from '../../domain/replica-sets.ts';
import type { Member } from '../../domain/sources.ts';
import { readMembers, revision } from './cluster-list.ts';
import {
  BLOCKED,
  hasTraceback,
  SERVER_ERROR_TEXT,
  isNoSuchRoute,
  readRejection,
  readReleaseRejection,
  type Rejection,
} from './messages.ts';
import { dictionary, envelope, type Reply } from './reply.ts';
import { matchKeys } from './template-key.ts';
import { parseJson } from '../exact-json.ts';

/** What a write asked for. `held`: what the cluster has, as far as is known. */
export type WriteContext =
  | {
      readonly action: 'save';
      readonly clusterId: string;
      readonly replicaSets: ReplicaSets;
      readonly held: ReplicaSets;
    }
  | { readonly action: 'remove'; readonly clusterId: string };

/** Why no answer of Ray's came. `never-sent`: no connection came about, so nothing happened. */
export type NoReplyReason = 'never-sent' | 'timed-out' | 'cut' | 'not-ray' | 'too-large' | 'unreadable';

/** What Ray made of one write, or how it was lost. Whatever is not understood is unknown, never "failed". */
export function readOutcome(answer: Reply | NoReplyReason, asked: WriteContext): Outcome {
  if (typeof answer === 'string') return outcomeWithoutReply(answer);
  const text = answer.text.trim();
  if (answer.status === 405 && text === BLOCKED) return { kind: 'blocked' };
  if (isNoSuchRoute(text)) return { kind: 'invalid', message: text };
  if (text.includes(SERVER_ERROR_TEXT)) return unknown('traceback');
  let json: unknown;
  try {
    json = parseJson(answer.text);
  } catch {
    return unknown(/^\s*[[{]/.test(answer.text) ? 'unreadable' : 'not-ray');
  }
  const body = envelope.safeParse(json);
  if (!body.success) return unknown('not-ray');
  if (body.data.result) return answer.status === 200 ? readSuccess(body.data.data, asked) : unknown('unreadable');
  // The traceback first: its handler may have written before it crashed (fact 26).
  if (hasTraceback(body.data.msg)) return unknown('traceback');
  const rejection =
    (asked.action === 'remove' ? readReleaseRejection(body.data.msg, asked.clusterId) : null) ??
    readRejection(body.data.msg, asked.action, asked.clusterId);
  return rejection === null ? unknown('unreadable') : rejectedOutcome(rejection, body.data.data, asked);
}

/** The outcome of a write that no answer came to. */
export function outcomeWithoutReply(
  why: NoReplyReason,
): Extract<Outcome, { readonly kind: 'unreachable' | 'unknown' }> {
  if (why === 'never-sent') return { kind: 'unreachable' };
  return unknown(why === 'too-large' ? 'unreadable' : why);
}

function unknown(cause: Extract<Outcome, { kind: 'unknown' }>['cause']): Extract<Outcome, { kind: 'unknown' }> {
  return { kind: 'unknown', cause };
}

const savedData = z.object({ virtualClusterId: z.string(), revision, nodeInstances: z.nullish(dictionary) });
const removedData = z.object({ virtualClusterId: z.string() });

function readSuccess(data: unknown, asked: WriteContext): Outcome {
  if (asked.action === 'remove') {
    const removed = removedData.safeParse(data);
    if (!removed.success || removed.data.virtualClusterId !== asked.clusterId) return unknown('unreadable');
    return { kind: 'applied', revision: null, members: null };
  }
  const saved = savedData.safeParse(data);
  if (!saved.success || saved.data.virtualClusterId !== asked.clusterId) return unknown('unreadable');
  let members: ReadonlyMap<string, Member> | null = null;
  if (saved.data.nodeInstances) {
    members = readMembers(saved.data.nodeInstances);
    if (members === null) return unknown('unreadable');
  } else if (totalReplicas(asked.replicaSets) === 0) {
    members = new Map();
  }
  return { kind: 'applied', revision: saved.data.revision, members };
}

const shortageData = z.object({
  replicaSetsToRecommend: z.custom<ReplicaSets>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((count) => Number.isInteger(count) && count >= 0 && count <= MAX_REPLICAS),
  ),
});

function rejectedOutcome(rejection: Rejection, data: unknown, asked: WriteContext): Outcome {
  switch (rejection.kind) {
    case 'expired':
      return { kind: 'conflict', latest: rejection.latest };
    case 'incompatible':
      return { kind: 'mismatch', divisible: rejection.divisible };
    case 'in-use':
    case 'not-found':
      return { kind: rejection.kind };
    case 'other':
      return { kind: 'invalid', message: rejection.message };
    case 'shortage': {
      const shortage = shortageData.safeParse(data);
      // Rejected in any case: only the suggestion is missing.
      const given = shortage.success ? shortage.data.replicaSetsToRecommend : {};
      const named = asked.action === 'save' ? [...Object.keys(asked.replicaSets), ...Object.keys(asked.held)] : [];
      const { matched, unmatched } = matchKeys(given, named);
      return { kind: 'shortage', direction: rejection.direction, suggestion: matched, unmatched };
    }
  }
}
