import type { Change } from '../../contract/change.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { countByTemplate } from '../../domain/replica-sets.ts';
import type { Result, ClusterSnapshot } from '../../domain/result.ts';
import type { Revision } from '../../domain/revision.ts';
import type { DeferredDeletions } from './deferred-deletions.ts';
import type { ChangeAttempt, AttemptRecorder } from './change-attempt.ts';
import type { Moment } from '../fleet/cluster-list-store.ts';
import { membershipDiff } from './membership-diff.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import { toClusterSnapshot } from './evidence-readings.ts';
import type { Reconciler } from './reconciler.ts';
import type { Poller } from '../polling/poller.ts';

type Applied = Extract<Outcome, { kind: 'applied' }>;

/** Says what came of a sending, in the journal and in the fleet. */
export interface OutcomeHandler {
  /** `sentOn`: the revision that it last went out on; null for what has none. */
  handle(now: ChangeAttempt, outcome: Outcome, sentOn: Revision | null): Promise<void>;
  /** The cluster as Ray has it now: read afresh, null when it is not there, `unread` when nobody can tell. */
  readRemote(clusterId: string): Promise<ClusterSnapshot | null | 'unread'>;
}

export function createOutcomeHandler(parts: {
  readonly model: FleetStore;
  readonly watch: Pick<Poller, 'refresh' | 'refreshAfterWrite'>;
  readonly noting: AttemptRecorder;
  readonly settling: Pick<Reconciler, 'recordAppliedWrite' | 'track' | 'checkNow'>;
  /** Called off by a save that went through. */
  readonly waiting: () => Pick<DeferredDeletions, 'cancelForSave'>;
}): OutcomeHandler {
  const { model, watch, noting, settling, waiting } = parts;

  async function readRemote(clusterId: string): Promise<ClusterSnapshot | null | 'unread'> {
    let isRead = await watch.refresh('list');
    // Another Ray was noticed meanwhile, and what was read of the one before was left aside: that says nothing is there.
    if (isRead && model.listMoment() === null) isRead = await watch.refresh('list');
    return isRead && model.listMoment() !== null ? toClusterSnapshot(model.listedCluster(clusterId)) : 'unread';
  }

  async function handleApplied(now: ChangeAttempt, outcome: Applied, sentOn: Revision | null): Promise<void> {
    const answered = model.moment();
    const { wanted, attempts, before } = now.record.change;
    // First what this one rules out: to an earlier one that asked for the same, the list would look like its own doing. Only
    // where the list had it on the revision that it went out on: Ray takes any for a cluster that is gone (fact 5).
    if (wanted.kind === 'save' && sentOn !== null && before?.revision === sentOn && now.listReadAt !== null) {
      await settling.recordAppliedWrite(wanted.clusterId, sentOn, now.listReadAt);
    }
    const calledOff = cancelDeferredDeletion(now.record.change, outcome);
    if (now.epoch === model.epoch()) applyToStore(now.record.change, outcome, answered);
    const after = wanted.kind === 'save' ? outcome.members : new Map();
    const moved = wanted.kind === 'stop-job' ? null : membershipDiff(now.record.membersBefore, after);
    const retries = wanted.kind === 'save' ? attempts - 1 : 0;
    await noting.settle(now, { kind: 'applied', revision: outcome.revision, seen: 'reply', retries }, moved);
    await calledOff;
    watch.refreshAfterWrite();
  }

  /** A deletion that waits stands for the cluster as it was before this save. */
  async function cancelDeferredDeletion({ wanted, who }: Change, { revision, members }: Applied): Promise<void> {
    if (wanted.kind !== 'save' || revision === null) return;
    const replicaSets = members === null ? wanted.want : countByTemplate(members.values());
    await waiting().cancelForSave(wanted.clusterId, who, { revision, replicaSets, divisible: wanted.divisible });
  }

  function applyToStore({ wanted, before }: Change, { revision, members }: Applied, moment: Moment) {
    if (wanted.kind === 'stop-job') return;
    if (wanted.kind === 'delete') return model.applyWrite(wanted.clusterId, null, moment, before?.revision ?? null);
    if (wanted.kind !== 'save') return model.applyWrite(wanted.clusterId, null, moment);
    if (revision === null || members === null) return;
    model.applyWrite(
      wanted.clusterId,
      { id: wanted.clusterId, divisible: wanted.divisible, revision, members },
      moment,
    );
  }

  /** Ray judged what it had under the revision that it took: the list's own count of it, else what the base said. */
  function judgedOn(wanted: ChangeRequest, sentOn: Revision | null): Extract<Result, { kind: 'shortage' }>['judgedOn'] {
    const base = wanted.kind === 'save' ? wanted.base : null;
    if (base === null || sentOn === null) return { revision: null, replicaSets: {} };
    const members = model.membersAt(wanted.clusterId, sentOn);
    return { revision: sentOn, replicaSets: members === null ? base.replicaSets : countByTemplate(members.values()) };
  }

  return {
    readRemote: readRemote,
    async handle(now, outcome, sentOn) {
      const { wanted } = now.record.change;
      switch (outcome.kind) {
        case 'applied':
          return handleApplied(now, outcome, sentOn);
        case 'conflict':
          return noting.settle(now, {
            kind: 'conflict',
            latest: outcome.latest,
            theirs: await readRemote(wanted.clusterId),
          });
        case 'shortage': {
          watch.refreshAfterWrite();
          const { kind, direction, suggestion, unmatched } = outcome;
          return noting.settle(now, { kind, direction, suggestion, unmatched, judgedOn: judgedOn(wanted, sentOn) });
        }
        case 'unknown': {
          const answered = model.moment();
          await noting.update(now, { result: { kind: 'unknown', cause: outcome.cause, lookedAt: null } });
          await settling.track(now.record, answered, now.epoch);
          await settling.checkNow(now.record.change.id);
          watch.refreshAfterWrite();
          return;
        }
        default:
          // Somebody else released it; only the state API would show that, and it may be down (fact 18).
          if (outcome.kind === 'not-found' && wanted.kind === 'release' && now.epoch === model.epoch()) {
            model.applyWrite(wanted.clusterId, null, model.moment());
          }
          if (outcome.kind !== 'unreachable') watch.refreshAfterWrite();
          return noting.settle(now, outcome);
      }
    },
  };
}
