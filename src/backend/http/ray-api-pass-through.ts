import type { ChangeRequest } from '../../domain/change.ts';
import {
  clusterDenial,
  describeDenial,
  scriptRemovalDenial,
  scriptSaveDenial,
  templatesDenial,
  writeDenial,
} from '../../domain/change-policy.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import { countByTemplate, MAX_REPLICAS, replicaSetsOf } from '../../domain/replica-sets.ts';
import { isRevision, NO_REVISION } from '../../domain/revision.ts';
import { changeRequest } from '../../contract/change.ts';
import type { PassThroughRequest, Ray } from '../../ray/client/ray.ts';
import { parseJson } from '../../ray/exact-json.ts';
import type { Principal } from '../auth/authenticator.ts';
import { JournalUnwritable } from '../journal/change-log.ts';
import type { ChangeService } from '../changes/change-service.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import { singleFlight } from '../concurrency/single-flight.ts';
import { isObject } from '../../ray/decode/reply.ts';
import { forwardReply, isRayReply, rejection, shareReply } from './ray-reply-forwarding.ts';

/** The published API as Ray speaks it, for scripts: `/virtual_clusters` and `/virtual_clusters/{id}`. */
export interface RayApiPassThrough {
  list(): Promise<Response>;
  save(body: string, principal: Principal): Promise<Response>;
  remove(clusterId: string, principal: Principal): Promise<Response>;
}

export function createRayApiPassThrough(parts: {
  readonly ray: Ray;
  readonly store: FleetStore;
  readonly changes: ChangeService;
  readonly ids: () => string;
}): RayApiPassThrough {
  const { ray, store, changes, ids } = parts;
  // Bypasses Ray's cache, which keeps each such reply whole (fact 4), so concurrent callers share one read.
  const list = singleFlight(async () => {
    const reply = await ray.passThrough({ method: 'GET' });
    return shareReply(reply, isRayReply(reply));
  });

  async function send(change: ChangeRequest | null, queue: string, request: PassThroughRequest, principal: Principal) {
    const submission =
      change === null
        ? null
        : {
            id: ids(),
            request: change,
            actor: principal.name,
            address: principal.address,
            authMethod: principal.authMethod,
          };
    const sent = await changes
      .submitScript(submission, queue, async () => {
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

  /** Why this principal, or anybody, may not write now, in Ray's form; null when they may. */
  function refuseWrite(principal: Principal): Response | null {
    const denial = writeDenial(principal);
    if (denial !== null) return rejection(403, describeDenial(denial), {});
    if (store.readOnly() === 'list-unreadable') {
      return rejection(503, "This Ray's list of virtual clusters can't be read, so nothing is written.", {});
    }
    return null;
  }

  return {
    async list() {
      return (await list())();
    },
    async save(body, principal) {
      const refusal = refuseWrite(principal);
      if (refusal !== null) return refusal;
      let json: unknown;
      try {
        json = parseJson(body);
      } catch {
        return rejection(500, 'The body is not JSON; nothing was sent.', {});
      }
      // Ray turns a list of pairs into an object; a body that can't be read here can't be checked.
      if (!isObject(json)) return rejection(500, 'The body is not a JSON object; nothing was sent.', {});
      const clusterId = json['virtualClusterId'];
      const denial = clusterDenial(principal, typeof clusterId === 'string' ? clusterId : '');
      if (denial !== null) return rejection(403, describeDenial(denial), {});
      const badId = typeof clusterId === 'string' ? scriptSaveDenial(clusterId) : null;
      if (badId?.kind === 'job-separator') {
        return rejection(
          500,
          `Failed to create or update virtual cluster ${String(clusterId)}: Invalid request, ## is kept for job clusters.`,
          { virtualClusterId: clusterId, replicaSetsToRecommend: {} },
        );
      }
      if (badId !== null) {
        return rejection(
          500,
          'Failed to create or update virtual cluster: Invalid request, its id is too long to stand in the path of a DELETE, so it could never be removed.',
          { replicaSetsToRecommend: {} },
        );
      }
      const tooLarge = isObject(json['replicaSets']) ? templatesDenial(json['replicaSets']) : null;
      if (tooLarge !== null)
        return rejection(500, `Invalid request, nothing was sent. ${describeDenial(tooLarge)}`, {});
      const cluster = typeof clusterId === 'string' ? store.listedCluster(clusterId) : null;
      const held = cluster === null ? {} : countByTemplate(cluster.members.values());
      return send(toSaveRequest(json, held), String(clusterId), { method: 'POST', body, held }, principal);
    },
    async remove(clusterId, principal) {
      const refusal = refuseWrite(principal);
      if (refusal !== null) return refusal;
      const denial = clusterDenial(principal, clusterId);
      if (denial !== null) return rejection(403, describeDenial(denial), {});
      if (scriptRemovalDenial(clusterId) !== null) {
        return rejection(
          500,
          `Failed to remove virtual cluster ${clusterId}: Invalid request, it names no job cluster.`,
          {
            virtualClusterId: clusterId,
          },
        );
      }
      const isJobCluster = splitJobClusterId(clusterId) !== null;
      const change = changeRequest.safeParse(
        isJobCluster ? { kind: 'release', clusterId } : { kind: 'delete', clusterId, base: null },
      );
      return send(change.success ? change.data : null, clusterId, { method: 'DELETE', clusterId }, principal);
    },
  };

  /** A script's body as a change for the journal; null when it doesn't fit the schema of changes. */
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

function isCount(entry: [string, unknown]): entry is [string, number] {
  const [templateId, count] = entry;
  return (
    templateId !== '' && typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MAX_REPLICAS
  );
}
