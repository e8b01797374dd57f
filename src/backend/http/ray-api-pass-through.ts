import type { ChangeRequest } from '../../domain/change.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import { countByTemplate, MAX_REPLICAS, replicaSetsOf } from '../../domain/replica-sets.ts';
import { isRevision, NO_REVISION } from '../../domain/revision.ts';
import { changeRequest } from '../../contract/change.ts';
import type { PassThroughReply, PassThroughRequest, Ray } from '../../ray/client/ray.ts';
import { hasTraceback } from '../../ray/decode/messages.ts';
import { parseJson } from '../../ray/exact-json.ts';
import { denialReason, writeDenialReason } from '../../contract/rights.ts';
import type { Principal } from '../auth/authenticator.ts';
import { JournalUnwritable } from '../journal/change-log.ts';
import type { ChangeService } from '../changes/change-service.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import { singleFlight } from '../concurrency/single-flight.ts';

/** What stands in for Ray's tracebacks, and for whatever else is no answer of Ray's. */
export const RAY_FAILED = '{"result":false,"msg":"Ray failed; the outcome is not known.","data":{}}';

const UNREACHABLE = '{"result":false,"msg":"Ray can not be reached; nothing was sent.","data":{}}';

/** The published API as Ray speaks it, for scripts: `/virtual_clusters` and `/virtual_clusters/{id}`. */
export interface RayApiPassThrough {
  list(): Promise<Response>;
  save(body: string, visitor: Principal): Promise<Response>;
  remove(clusterId: string, visitor: Principal): Promise<Response>;
}

export function createRayApiPassThrough(parts: {
  readonly ray: Ray;
  readonly model: FleetStore;
  readonly changes: ChangeService;
  readonly ids: () => string;
}): RayApiPassThrough {
  const { ray, model, changes, ids } = parts;
  // Past Ray's cache, which keeps each such reply whole (fact 4): so not once for everybody who asks at once.
  const list = singleFlight(async () => {
    const reply = await ray.passThrough({ method: 'GET' });
    return { reply, isRays: isRayReply(reply) };
  });

  async function send(wanted: ChangeRequest | null, queue: string, request: PassThroughRequest, visitor: Principal) {
    const asked =
      wanted === null
        ? null
        : { id: ids(), request: wanted, actor: visitor.name, address: visitor.address, authMethod: visitor.authMethod };
    const sent = await changes
      .submitScript(asked, queue, async () => {
        const exchange = await ray.passThrough(request);
        return { reply: exchange, outcome: exchange.outcome };
      })
      .catch((error: unknown) => {
        if (error instanceof JournalUnwritable) return null;
        throw error;
      });
    if (sent === null) return rejection(503, "The console can't write its journal, so nothing was sent to Ray.", {});
    return forwardReply(sent.reply, isRayReply(sent.reply));
  }

  /** Why nobody, or not this visitor, may write now, in Ray's form; null when they may. */
  function writeDenial(visitor: Principal): Response | null {
    const why = writeDenialReason(visitor);
    if (why !== null) return rejection(403, why, {});
    if (model.readOnly() === 'list-unreadable') {
      return rejection(503, "This Ray's list of virtual clusters can't be read, so nothing is written.", {});
    }
    return null;
  }

  return {
    async list() {
      const { reply, isRays } = await list();
      return forwardReply(reply, isRays);
    },
    async save(body, visitor) {
      const no = writeDenial(visitor);
      if (no !== null) return no;
      let asked: unknown;
      try {
        asked = parseJson(body);
      } catch {
        return rejection(500, 'The body is not JSON; nothing was sent.', {});
      }
      // Ray would make an object of a list of pairs, and what can't be read here can't be guarded.
      if (!isObject(asked)) return rejection(500, 'The body is not a JSON object; nothing was sent.', {});
      const clusterId = asked['virtualClusterId'];
      const notThis = denialReason(visitor, typeof clusterId === 'string' ? clusterId : '');
      if (notThis !== null) return rejection(403, notThis, {});
      if (typeof clusterId === 'string' && clusterId.includes('##')) {
        return rejection(
          500,
          `Failed to create or update virtual cluster ${clusterId}: Invalid request, ## is kept for job clusters.`,
          { virtualClusterId: clusterId, replicaSetsToRecommend: {} },
        );
      }
      if (typeof clusterId === 'string' && exceedsPathLimit(clusterId)) {
        return rejection(
          500,
          'Failed to create or update virtual cluster: Invalid request, its id is too long to stand in the path of a DELETE, so it could never be removed.',
          { replicaSetsToRecommend: {} },
        );
      }
      const cluster = typeof clusterId === 'string' ? model.listedCluster(clusterId) : null;
      const held = cluster === null ? {} : countByTemplate(cluster.members.values());
      return send(toSaveRequest(asked, held), String(clusterId), { method: 'POST', body, held }, visitor);
    },
    async remove(clusterId, visitor) {
      const no = writeDenial(visitor);
      if (no !== null) return no;
      const notThis = denialReason(visitor, clusterId);
      if (notThis !== null) return rejection(403, notThis, {});
      const isJobCluster = splitJobClusterId(clusterId) !== null;
      if (clusterId.includes('##') && !isJobCluster) {
        return rejection(
          500,
          `Failed to remove virtual cluster ${clusterId}: Invalid request, it names no job cluster.`,
          {
            virtualClusterId: clusterId,
          },
        );
      }
      const wanted = changeRequest.safeParse(
        isJobCluster ? { kind: 'release', clusterId } : { kind: 'delete', clusterId, base: null },
      );
      return send(wanted.success ? wanted.data : null, clusterId, { method: 'DELETE', clusterId }, visitor);
    },
  };

  /** A script's body as a change to remember; null when it is none that can be told in the console's words. */
  function toSaveRequest(body: Record<string, unknown>, held: Readonly<Record<string, number>>): ChangeRequest | null {
    const { virtualClusterId: clusterId, revision } = body;
    const digits = typeof revision === 'string' && isRevision(revision) ? revision : NO_REVISION;
    const sets = isObject(body['replicaSets']) ? body['replicaSets'] : {};
    const parsed = changeRequest.safeParse({
      kind: 'save',
      clusterId,
      divisible: String(body['divisible']).toLowerCase() === 'true',
      base: digits === NO_REVISION ? null : { revision: digits, replicaSets: held },
      want: replicaSetsOf(Object.entries(sets).filter(isCount)),
    });
    return parsed.success ? parsed.data : null;
  }
}

/** The longest encoded id that the path of a DELETE surely holds: Ray's HTTP server, aiohttp, reads request lines of up to 8,190. */
const MAX_ID_IN_PATH = 8_000;

/** A half of a surrogate pair can't be encoded for a path at all. */
function exceedsPathLimit(clusterId: string): boolean {
  return encodeURIComponent(clusterId.toWellFormed()).length > MAX_ID_IN_PATH;
}

/** Ray's reply as it is, but for its tracebacks and what isn't its own; and never as a page, whatever its head calls it. */
function forwardReply(reply: PassThroughReply, isRays: boolean): Response {
  if (reply.kind === 'no-reply') {
    if (reply.outcome.kind === 'unreachable') return rayFormReply(503, UNREACHABLE);
    if (reply.outcome.kind === 'invalid') return rejection(500, reply.outcome.message, {});
    return rayFormReply(500, RAY_FAILED);
  }
  if (!isRays && reply.outcome?.kind !== 'blocked') return rayFormReply(500, RAY_FAILED);
  const contentType = /^application\/json\b/i.test(reply.contentType) ? reply.contentType : 'text/plain; charset=utf-8';
  return new Response(reply.text, { status: reply.status, headers: { 'Content-Type': contentType } });
}

function isRayReply(reply: PassThroughReply): boolean {
  if (reply.kind !== 'reply') return false;
  let value: unknown;
  try {
    value = parseJson(reply.text);
  } catch {
    return false;
  }
  return isObject(value) && typeof value['result'] === 'boolean' && !hasTraceback(String(value['msg']));
}

function rejection(status: number, msg: string, data: unknown): Response {
  return rayFormReply(status, JSON.stringify({ result: false, msg, data }));
}

function rayFormReply(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'Content-Type': 'application/json; charset=utf-8' } });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(entry: [string, unknown]): entry is [string, number] {
  const [templateId, count] = entry;
  return (
    templateId !== '' && typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MAX_REPLICAS
  );
}
