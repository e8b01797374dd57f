import type { WantedChange } from '../domain/change.ts';
import { splitJobClusterId } from '../domain/cluster-id.ts';
import { countByTemplate, MAX_REPLICAS, replicaSetsOf } from '../domain/replica-sets.ts';
import { isRevision, NO_REVISION } from '../domain/revision.ts';
import { wantedChange } from '../contract/change.ts';
import type { PublishedReply, PublishedRequest, Ray } from '../ray/client.ts';
import { hasTraceback } from '../ray/messages.ts';
import { parseJson } from '../ray/wire.ts';
import { mayNotChange, mayNotWrite } from '../contract/rights.ts';
import type { Visitor } from './access.ts';
import { JournalUnwritable } from './change-log.ts';
import type { Changes } from './changes.ts';
import type { ReadModel } from './read-model.ts';
import { sharedRead } from './shared-read.ts';

/** What stands in for Ray's tracebacks, and for whatever else is no answer of Ray's. */
export const RAY_FAILED = '{"result":false,"msg":"Ray failed; the outcome is not known.","data":{}}';

const UNREACHABLE = '{"result":false,"msg":"Ray can not be reached; nothing was sent.","data":{}}';

/** The published API as Ray speaks it, for scripts: `/virtual_clusters` and `/virtual_clusters/{id}`. */
export interface Published {
  list(): Promise<Response>;
  save(body: string, visitor: Visitor): Promise<Response>;
  remove(clusterId: string, visitor: Visitor): Promise<Response>;
}

export function createPublished(parts: {
  readonly ray: Ray;
  readonly model: ReadModel;
  readonly changes: Changes;
  readonly ids: () => string;
}): Published {
  const { ray, model, changes, ids } = parts;
  // Past Ray's cache, which keeps each such reply whole (fact 4): so not once for everybody who asks at once.
  const list = sharedRead(async () => {
    const reply = await ray.published({ method: 'GET' });
    return { reply, isRays: isAnswerOfRays(reply) };
  });

  async function send(wanted: WantedChange | null, queue: string, request: PublishedRequest, visitor: Visitor) {
    const asked =
      wanted === null ? null : { id: ids(), wanted, who: visitor.who, address: visitor.address, via: visitor.via };
    const sent = await changes
      .script(asked, queue, async () => {
        const exchange = await ray.published(request);
        return { reply: exchange, outcome: exchange.outcome };
      })
      .catch((error: unknown) => {
        if (error instanceof JournalUnwritable) return null;
        throw error;
      });
    if (sent === null) return rejection(503, "The console can't write its journal, so nothing was sent to Ray.", {});
    return passOn(sent.reply, isAnswerOfRays(sent.reply));
  }

  /** Why nobody, or not this visitor, may write now, in Ray's form; null when they may. */
  function mayNot(visitor: Visitor): Response | null {
    const why = mayNotWrite(visitor);
    if (why !== null) return rejection(403, why, {});
    if (model.readOnly() === 'list-unreadable') {
      return rejection(503, "This Ray's list of virtual clusters can't be read, so nothing is written.", {});
    }
    return null;
  }

  return {
    async list() {
      const { reply, isRays } = await list();
      return passOn(reply, isRays);
    },
    async save(body, visitor) {
      const no = mayNot(visitor);
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
      const notThis = mayNotChange(visitor, typeof clusterId === 'string' ? clusterId : '');
      if (notThis !== null) return rejection(403, notThis, {});
      if (typeof clusterId === 'string' && clusterId.includes('##')) {
        return rejection(
          500,
          `Failed to create or update virtual cluster ${clusterId}: Invalid request, ## is kept for job clusters.`,
          { virtualClusterId: clusterId, replicaSetsToRecommend: {} },
        );
      }
      if (typeof clusterId === 'string' && isTooLongForAPath(clusterId)) {
        return rejection(
          500,
          'Failed to create or update virtual cluster: Invalid request, its id is too long to stand in the path of a DELETE, so it could never be removed.',
          { replicaSetsToRecommend: {} },
        );
      }
      const cluster = typeof clusterId === 'string' ? model.listed(clusterId) : null;
      const held = cluster === null ? {} : countByTemplate(cluster.members.values());
      return send(wantedSave(asked, held), String(clusterId), { method: 'POST', body, held }, visitor);
    },
    async remove(clusterId, visitor) {
      const no = mayNot(visitor);
      if (no !== null) return no;
      const notThis = mayNotChange(visitor, clusterId);
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
      const wanted = wantedChange.safeParse(
        isJobCluster ? { kind: 'release', clusterId } : { kind: 'delete', clusterId, base: null },
      );
      return send(wanted.success ? wanted.data : null, clusterId, { method: 'DELETE', clusterId }, visitor);
    },
  };

  /** A script's body as a change to remember; null when it is none that can be told in the console's words. */
  function wantedSave(body: Record<string, unknown>, held: Readonly<Record<string, number>>): WantedChange | null {
    const { virtualClusterId: clusterId, revision } = body;
    const digits = typeof revision === 'string' && isRevision(revision) ? revision : NO_REVISION;
    const sets = isObject(body['replicaSets']) ? body['replicaSets'] : {};
    const parsed = wantedChange.safeParse({
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
function isTooLongForAPath(clusterId: string): boolean {
  return encodeURIComponent(clusterId.toWellFormed()).length > MAX_ID_IN_PATH;
}

/** Ray's reply as it is, but for its tracebacks and what isn't its own; and never as a page, whatever its head calls it. */
function passOn(reply: PublishedReply, isRays: boolean): Response {
  if (reply.kind === 'no-reply') {
    if (reply.outcome.kind === 'unreachable') return inRaysForm(503, UNREACHABLE);
    if (reply.outcome.kind === 'invalid') return rejection(500, reply.outcome.message, {});
    return inRaysForm(500, RAY_FAILED);
  }
  if (!isRays && reply.outcome?.kind !== 'blocked') return inRaysForm(500, RAY_FAILED);
  const contentType = /^application\/json\b/i.test(reply.contentType) ? reply.contentType : 'text/plain; charset=utf-8';
  return new Response(reply.text, { status: reply.status, headers: { 'Content-Type': contentType } });
}

function isAnswerOfRays(reply: PublishedReply): boolean {
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
  return inRaysForm(status, JSON.stringify({ result: false, msg, data }));
}

function inRaysForm(status: number, text: string): Response {
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
