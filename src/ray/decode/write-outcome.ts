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
import { outcomeWithoutReply, type NoReplyReason } from './no-reply.ts';
import { dictionary, envelope, isObject, type Reply } from './reply.ts';
import { matchKeys } from './template-key.ts';
import { parseJson } from '../exact-json.ts';

/** What a write asks for. `held`: what the cluster has, as far as is known. */
export type WriteContext =
  | {
      readonly action: 'save';
      readonly clusterId: string;
      readonly replicaSets: ReplicaSets;
      readonly held: ReplicaSets;
    }
  | { readonly action: 'remove'; readonly clusterId: string };

/** The outcome of one write from its reply, or from why there is none. A reply that is not understood is `unknown`, never "failed". */
export function readOutcome(reply: Reply | NoReplyReason, context: WriteContext): Outcome {
  if (typeof reply === 'string') return outcomeWithoutReply(reply);
  const text = reply.text.trim();
  if (reply.status === 405 && text === BLOCKED) return { kind: 'blocked' };
  if (isNoSuchRoute(text)) return { kind: 'invalid', message: text };
  if (text.includes(SERVER_ERROR_TEXT)) return unknown('traceback');
  let json: unknown;
  try {
    json = parseJson(reply.text);
  } catch {
    return unknown(/^\s*[[{]/.test(reply.text) ? 'unreadable' : 'not-ray');
  }
  const body = envelope.safeParse(json);
  if (!body.success) return unknown('not-ray');
  if (body.data.result) return reply.status === 200 ? readSuccess(body.data.data, context) : unknown('unreadable');
  // Checked first: the handler may have written before it crashed (fact 26).
  if (hasTraceback(body.data.msg)) return unknown('traceback');
  const rejection =
    (context.action === 'remove' ? readReleaseRejection(body.data.msg, context.clusterId) : null) ??
    readRejection(body.data.msg, context.action, context.clusterId);
  return rejection === null ? unknown('unreadable') : rejectedOutcome(rejection, body.data.data, context);
}

function unknown(cause: Extract<Outcome, { kind: 'unknown' }>['cause']): Extract<Outcome, { kind: 'unknown' }> {
  return { kind: 'unknown', cause };
}

const savedData = z.object({ virtualClusterId: z.string(), revision, nodeInstances: z.nullish(dictionary) });
const removedData = z.object({ virtualClusterId: z.string() });

function readSuccess(data: unknown, context: WriteContext): Outcome {
  if (context.action === 'remove') {
    const removed = removedData.safeParse(data);
    if (!removed.success || removed.data.virtualClusterId !== context.clusterId) return unknown('unreadable');
    return { kind: 'applied', revision: null, members: null };
  }
  const saved = savedData.safeParse(data);
  if (!saved.success || saved.data.virtualClusterId !== context.clusterId) return unknown('unreadable');
  let members: ReadonlyMap<string, Member> | null = null;
  if (saved.data.nodeInstances) {
    members = readMembers(saved.data.nodeInstances);
    if (members === null) return unknown('unreadable');
  } else if (totalReplicas(context.replicaSets) === 0) {
    members = new Map();
  }
  return { kind: 'applied', revision: saved.data.revision, members };
}

const shortageData = z.object({
  replicaSetsToRecommend: z.custom<ReplicaSets>(
    (value) =>
      isObject(value) &&
      Object.values(value).every(
        (count) => typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MAX_REPLICAS,
      ),
  ),
});

function rejectedOutcome(rejection: Rejection, data: unknown, context: WriteContext): Outcome {
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
      // It is a rejection either way; without readable data it has no suggestion.
      const suggestion = shortage.success ? shortage.data.replicaSetsToRecommend : {};
      const knownTemplates =
        context.action === 'save' ? [...Object.keys(context.replicaSets), ...Object.keys(context.held)] : [];
      const { matched, unmatched } = matchKeys(suggestion, knownTemplates);
      return { kind: 'shortage', direction: rejection.direction, suggestion: matched, unmatched };
    }
  }
}
