import { replicaSetsOf } from '../../domain/replica-sets.ts';
import { isObject } from '../decode/reply.ts';
import type { WriteContext } from '../decode/write-outcome.ts';
import { parseJson } from '../exact-json.ts';
import type { PassThroughRequest } from './ray.ts';

/** What a passed-through write asks for, as far as its body can be read (Ray validates it itself); null for a read. */
export function writeContextOf(request: PassThroughRequest): WriteContext | null {
  if (request.method === 'GET') return null;
  if (request.method === 'DELETE') return { action: 'remove', clusterId: request.clusterId };
  const { virtualClusterId, replicaSets } = fieldsOf(request.body);
  const counts = typeof replicaSets === 'object' && replicaSets !== null ? Object.entries(replicaSets) : [];
  return {
    action: 'save',
    // Ray takes null for an id, and its rejection then names it "None".
    clusterId: typeof virtualClusterId === 'string' ? virtualClusterId : 'None',
    replicaSets: replicaSetsOf(
      counts.map(([templateId, count]) => [templateId, typeof count === 'number' ? count : 0]),
    ),
    held: request.held ?? {},
  };
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const json = parseJson(body);
    return isObject(json) ? json : {};
  } catch {
    return {};
  }
}
