import * as z from 'zod/mini';
import { MAX_REPLICAS, type ReplicaSets } from '../domain/replica-sets.ts';
import { isRevision, type Revision } from '../domain/revision.ts';

/** A revision on the wire: its digits in a string, so that no JSON reader changes it. */
export const revision = z.custom<Revision>((value) => typeof value === 'string' && isRevision(value), 'not a revision');

/** Replica sets on the wire. Not `z.record`: that drops a template named `__proto__`. */
export const replicaSets = z.custom<ReplicaSets>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(
      ([templateId, count]) => templateId !== '' && Number.isInteger(count) && count >= 0 && count <= MAX_REPLICAS,
    ),
  `replica sets must be whole numbers from 0 to ${String(MAX_REPLICAS)} by template`,
);

/** Milliseconds since 1970. */
export const time = z.number();
