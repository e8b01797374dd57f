import { editBaseOf } from '../../domain/change-kinds.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import {
  clusterDenial,
  scriptRemovalDenial,
  scriptSaveDenial,
  templatesDenial,
  writeDenial,
} from '../../domain/change-policy.ts';
import { describeDenial } from '../../domain/denial.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import { countByTemplate } from '../../domain/replica-sets.ts';
import { NO_REVISION } from '../../domain/revision.ts';
import { changeRequest } from '../../contract/change.ts';
import type { PassThroughRequest, Ray } from '../../ray/client/ray.ts';
import { readScriptSave, UnreadableSave, type ScriptSave } from '../../ray/decode/script-save.ts';
import type { Principal } from '../auth/authenticator.ts';
import { JournalUnwritable } from '../journal/change-log.ts';
import type { ChangeService } from '../changes/change-service.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import { singleFlight } from '../concurrency/single-flight.ts';
import { forwardReply, isRayReply, rejection, shareReply } from './ray-reply-forwarding.ts';

/** The published API as Ray speaks it, for scripts: `/virtual_clusters` and `/virtual_clusters/{id}`. */
export interface RayApiPassThrough {
  list(): Promise<Response>;
  /** `charset`: of the body, as its head says; null for none. */
  save(body: string, charset: string | null, principal: Principal): Promise<Response>;
  /** `clusterId`: null when it is not encoded as it should be. */
  remove(clusterId: string | null, principal: Principal): Promise<Response>;
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

  async function send(wanted: ChangeRequest, request: PassThroughRequest, principal: Principal): Promise<Response> {
    // What the journal can't hold is not sent.
    const checked = changeRequest.safeParse(wanted);
    if (!checked.success) return refused(`${checked.error.issues[0]?.message ?? 'It can not be recorded'}.`);
    const { name: actor, address, authMethod } = principal;
    const submission = { id: ids(), request: checked.data, actor, address, authMethod };
    let sent;
    try {
      sent = await changes.submitScript(submission, async () => {
        const exchange = await ray.passThrough(request);
        return { reply: exchange, outcome: exchange.outcome };
      });
    } catch (error) {
      if (!(error instanceof JournalUnwritable)) throw error;
      return rejection(503, "The console can't write its journal, so nothing was sent to Ray.", {});
    }
    if (sent === null) return expired(wanted);
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
    async save(body, charset, principal) {
      const refusal = refuseWrite(principal);
      if (refusal !== null) return refusal;
      const save = readBody(body, charset);
      const denial = clusterDenial(principal, save.clusterId ?? '');
      if (denial !== null) {
        // Where no id can be read, the reason for that says more.
        const isNameless = save instanceof UnreadableSave && save.clusterId === undefined;
        return rejection(403, isNameless ? withoutEffect(save.message) : describeDenial(denial), {});
      }
      if (save instanceof UnreadableSave) return refused(save.message, save.clusterId);
      const { clusterId, divisible, replicaSets, revision } = save;
      const cluster = store.listedCluster(clusterId);
      const badId = scriptSaveDenial(clusterId, cluster !== null);
      if (badId?.kind === 'job-separator') return refused('Invalid request, ## is kept for job clusters.', clusterId);
      if (badId !== null) return refused(`Invalid request. ${describeDenial(badId)}`);
      const tooLarge = templatesDenial(replicaSets);
      if (tooLarge !== null) return refused(`Invalid request. ${describeDenial(tooLarge)}`, clusterId);
      const held = cluster === null ? {} : countByTemplate(cluster.members.values());
      const base = revision === NO_REVISION ? null : { revision, replicaSets: held };
      return send(
        { kind: 'save', clusterId, divisible, base, want: replicaSets },
        { method: 'POST', save: { ...save, held } },
        principal,
      );
    },
    async remove(clusterId, principal) {
      const refusal = refuseWrite(principal);
      if (refusal !== null) return refusal;
      if (clusterId === null) return refused('The id in the path is not encoded as it should be.');
      const denial = clusterDenial(principal, clusterId);
      if (denial !== null) return rejection(403, describeDenial(denial), {});
      const badId = scriptRemovalDenial(clusterId, store.listedCluster(clusterId) !== null);
      if (badId !== null) {
        const reason =
          badId.kind === 'no-job-cluster' ? 'Invalid request, it names no job cluster.' : describeDenial(badId);
        return rejection(500, `Failed to remove virtual cluster ${clusterId}: ${reason}`, {
          virtualClusterId: clusterId,
        });
      }
      const isJobCluster = splitJobClusterId(clusterId) !== null;
      return send(
        isJobCluster ? { kind: 'release', clusterId } : { kind: 'delete', clusterId, base: null },
        { method: 'DELETE', clusterId },
        principal,
      );
    },
  };
}

/** What Ray answers to a save on an old revision. The latest is 0: the virtual cluster is gone. */
function expired(wanted: ChangeRequest): Response {
  const { clusterId } = wanted;
  const revision = editBaseOf(wanted)?.revision ?? NO_REVISION;
  return rejection(
    500,
    `Failed to create or update virtual cluster ${clusterId}: The revision (${revision}) is expired, the latest revision of the virtual cluster ${clusterId} is ${NO_REVISION}`,
    { virtualClusterId: clusterId, replicaSetsToRecommend: {} },
  );
}

/** The save in a script's body, or why there is none. `charset`: as its head says; null for none, which is UTF-8. */
function readBody(body: string, charset: string | null): ScriptSave | UnreadableSave {
  // The bytes were read as UTF-8, and U+FFFD stands for those that are none.
  if ((charset?.toLowerCase().replace('-', '') !== 'utf8' && charset !== null) || body.includes('\ufffd')) {
    return new UnreadableSave('The body must be UTF-8.');
  }
  try {
    return readScriptSave(body);
  } catch (error) {
    if (error instanceof UnreadableSave) return error;
    throw error;
  }
}

function withoutEffect(reason: string): string {
  return `${reason} Nothing was sent to Ray.`;
}

/** A save that the console refuses, as Ray refuses one. `clusterId` undefined: not known. */
function refused(reason: string, clusterId?: string | null): Response {
  const message = withoutEffect(reason);
  if (clusterId === undefined) return rejection(500, message, {});
  return rejection(500, `Failed to create or update virtual cluster ${clusterId ?? 'None'}: ${message}`, {
    virtualClusterId: clusterId,
    replicaSetsToRecommend: {},
  });
}
