import { requestSchemas } from '../../contract/api.ts';
import type { Change } from '../../contract/change.ts';
import {
  changeDenial,
  clusterDenial,
  idDenial,
  sizeDenial,
  writeDenial,
  type JobSighting,
} from '../../domain/change-policy.ts';
import type { Denial } from '../../domain/denial.ts';
import { isSettled } from '../../domain/result.ts';
import type { ChangeService } from '../changes/change-service.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { ChangeLog } from '../journal/change-log.ts';
import type { Poller } from '../polling/poller.ts';
import { denialReply, problemReply } from '../web/problem-reply.ts';
import { readJson } from '../web/read-json.ts';
import { forbidden } from './forbidden.ts';
import type { Handlers } from './handler.ts';
import { LIST_UNREADABLE } from './list-unreadable.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export interface ChangeRouteParts {
  readonly store: FleetStore;
  readonly poller: Poller;
  readonly changes: ChangeService;
  readonly changeLog: ChangeLog;
}

const ABANDONED =
  'This change was given up before it arrived here, so it was not sent to Ray. Send it again as a new change.';

/** A single change: sending it, reading its result, giving it up, cancelling it. */
export function createChangeRoutes({ store, poller, changes, changeLog }: ChangeRouteParts) {
  function sightingOf(clusterId: string, submissionId: string): JobSighting {
    const usedBy = store.fleet().clusters.get(clusterId)?.usedBy;
    if (usedBy?.known !== true) return 'unseen';
    const jobs = [...usedBy.value.jobs, ...usedBy.value.jobClusters.flatMap(({ job }) => job ?? [])];
    const found = jobs.filter((job) => job.submissionId === submissionId);
    if (found.length === 0) return 'unseen';
    return found.every(({ doubt }) => doubt === undefined) ? 'seen' : 'doubtful';
  }

  return {
    async 'GET change'(_c, id) {
      poller.noteInterest();
      const change = id === null ? null : await changes.check(id.toLowerCase());
      return change === null ? noSuchChange() : changeReply(change);
    },
    async 'PUT change'(c, pathId) {
      const id = pathId?.toLowerCase() ?? '';
      if (!UUID.test(id)) return badChangeId();
      const principal = c.get('principal');
      const noWrites = writeDenial(principal);
      if (noWrites !== null) return forbidden(noWrites);
      const body = readJson(c.env.body);
      if (body === undefined) return problemReply(400, 'not-json', 'The body is not JSON.');
      const request = requestSchemas['PUT change'].safeParse(body);
      if (!request.success) {
        const issue = request.error.issues[0];
        const where = issue === undefined || issue.path.length === 0 ? 'The change' : issue.path.join('.');
        return problemReply(400, 'bad-change', `${where}: ${issue?.message ?? 'is not as it should be'}.`);
      }
      const badId = idDenial(request.data, store.listedCluster(request.data.clusterId) !== null);
      if (badId !== null) return badClusterId(badId);
      const tooLarge = sizeDenial(request.data);
      if (tooLarge !== null) return denialReply(400, 'too-many-templates', tooLarge);
      const denial = changeDenial(principal, request.data, sightingOf);
      if (denial !== null) return forbidden(denial);
      // A change that is already known is reported even while nothing can be written.
      if (store.readOnly() === 'list-unreadable' && (await changeLog.get(id)) === null)
        return problemReply(503, 'list-unreadable', LIST_UNREADABLE);
      const submitted = await changes.submit({
        id,
        request: request.data,
        actor: principal.name,
        address: principal.address,
        authMethod: principal.authMethod,
      });
      if (submitted === 'id-taken') return problemReply(409, 'id-taken', 'This id stands for another change already.');
      if (submitted === 'abandoned') return problemReply(409, 'abandoned', ABANDONED);
      return changeReply(submitted);
    },
    async 'PUT abandonment'(c, pathId) {
      const id = pathId?.toLowerCase() ?? '';
      if (!UUID.test(id)) return badChangeId();
      const principal = c.get('principal');
      const noWrites = writeDenial(principal);
      if (noWrites !== null) return forbidden(noWrites);
      const request = requestSchemas['PUT abandonment'].safeParse(readJson(c.env.body));
      if (!request.success)
        return problemReply(400, 'bad-abandonment', 'The body must name the clusterId of the change.');
      const { clusterId } = request.data;
      const denial = clusterDenial(principal, clusterId);
      if (denial !== null) return forbidden(denial);
      return Response.json({ change: await changes.abandon(id, clusterId, principal.name) });
    },
    async 'DELETE change'(c, pathId) {
      const principal = c.get('principal');
      const noWrites = writeDenial(principal);
      if (noWrites !== null) return forbidden(noWrites);
      const id = pathId?.toLowerCase() ?? '';
      const known = (await changeLog.get(id))?.change;
      const denial = known === undefined ? null : clusterDenial(principal, known.wanted.clusterId);
      if (denial !== null) return forbidden(denial);
      const isCancelled = await changes.cancel(id, principal.name);
      const change = (await changeLog.get(id))?.change;
      if (change === undefined) return noSuchChange();
      return isCancelled
        ? changeReply(change)
        : problemReply(409, 'not-waiting', 'Only a change that waits can be cancelled; this one does not.');
    },
  } satisfies Partial<Handlers>;
}

/** With a Content-Length, so that nothing further out reads the body to measure it. */
function changeReply(change: Change): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(change));
  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(bytes.byteLength) };
  return new Response(bytes, { status: isSettled(change.result) ? 200 : 202, headers });
}

function badChangeId(): Response {
  return problemReply(400, 'bad-change-id', "A change's id must be a UUID.");
}

function noSuchChange(): Response {
  return problemReply(404, 'no-such-change', 'The console knows no change of this id.');
}

function badClusterId(denial: Denial): Response {
  return denialReply(400, 'bad-cluster-id', denial);
}
