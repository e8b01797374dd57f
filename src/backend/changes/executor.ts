import type { SaveChange } from '../../domain/change.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { countByTemplate, type ReplicaSets } from '../../domain/replica-sets.ts';
import { NO_REVISION, type Revision } from '../../domain/revision.ts';
import { mayRetrySilently } from '../../domain/settle.ts';
import type { Ray } from '../../ray/client/client.ts';
import type { ChangeAttempt, AttemptRecorder } from './change-attempt.ts';
import type { OutcomeHandler } from './outcome-handler.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';

/** Sends a change to Ray in its turn: each attempt is noted before it goes out, and none is sent again unless Ray said no. */
export interface Executor {
  /** Does what a page asked for, to the end. */
  execute(now: ChangeAttempt): Promise<void>;
  /** Sends a delete once; what came of it is the caller's to note. */
  remove(now: ChangeAttempt): Promise<Outcome>;
  /** Sends what a script asked for, once and as it is; hands its reply over, and notes what came of it. */
  passThrough<T extends { readonly outcome: Outcome | null }>(
    now: ChangeAttempt,
    send: () => Promise<T>,
    replied: (reply: T) => void,
  ): Promise<void>;
}

export function createExecutor(parts: {
  readonly ray: Ray;
  readonly model: FleetStore;
  readonly noting: AttemptRecorder;
  readonly ending: OutcomeHandler;
  /** Hears that a delete of the cluster goes out. */
  readonly removing: (clusterId: string) => void;
}): Executor {
  const { ray, model, noting, ending, removing } = parts;

  async function sendRecorded(
    now: ChangeAttempt,
    sentOn: Revision | null,
    send: () => Promise<Outcome>,
  ): Promise<Outcome> {
    await noting.recordIntent(now, sentOn);
    return send();
  }

  async function remove(now: ChangeAttempt): Promise<Outcome> {
    prepare(now);
    return sendRecorded(now, null, () => ray.remove(now.record.change.wanted.clusterId));
  }

  function prepare(now: ChangeAttempt) {
    const { kind, clusterId } = now.record.change.wanted;
    if (kind === 'delete' || kind === 'delete-when-idle') removing(clusterId);
    noting.recordBefore(now);
  }

  async function save(now: ChangeAttempt, wanted: SaveChange): Promise<void> {
    const { base, clusterId } = wanted;
    if (base !== null) {
      // Ray would bring a deleted cluster back (fact 5), so an edit goes out only while there is something to edit.
      const theirs = await ending.readRemote(clusterId);
      if (theirs === 'unread') {
        const why = model.state('list').failure?.reason;
        return noting.settle(
          now,
          why === 'unreachable' ? { kind: 'unreachable' } : { kind: 'not-applied', evidence: 'never-sent' },
        );
      }
      if (theirs === null) return noting.settle(now, { kind: 'conflict', latest: NO_REVISION, theirs: null });
    }
    prepare(now);
    let revision = base?.revision ?? NO_REVISION;
    let rejected: Outcome | null = null;
    for (;;) {
      const sentOn: Revision = revision;
      const held = currentReplicaSets(clusterId, base?.replicaSets ?? {});
      const outcome: Outcome = await sendRecorded(now, sentOn, () =>
        ray.save({ clusterId, divisible: wanted.divisible, replicaSets: wanted.want, revision: sentOn, held }),
      ).catch((error: unknown) => {
        // What can't be remembered is not sent again: Ray's first answer stands.
        if (rejected === null) throw error;
        return rejected;
      });
      const again = outcome.kind === 'conflict' && outcome !== rejected ? await revisionToRetry(now, wanted) : null;
      if (again === null) return ending.handle(now, outcome, sentOn);
      revision = again;
      rejected = outcome;
      prepare(now);
    }
  }

  /** The revision to send a rejected save on again without a word: theirs, when nothing but it moved. */
  async function revisionToRetry(now: ChangeAttempt, wanted: SaveChange): Promise<Revision | null> {
    const { base, clusterId } = wanted;
    if (base === null) return null;
    const theirs = await ending.readRemote(clusterId);
    const cluster = model.listedCluster(clusterId);
    const membersOfBase = model.membersAt(clusterId, base.revision);
    if (cluster === null || theirs === null || theirs === 'unread' || membersOfBase === null) return null;
    if (theirs.divisible !== wanted.divisible) return null;
    const may = mayRetrySilently({
      base: { ...base, members: membersOfBase.keys() },
      theirs: { ...theirs, members: cluster.members.keys() },
      attempts: now.record.change.attempts,
    });
    return may ? theirs.revision : null;
  }

  function currentReplicaSets(clusterId: string, otherwise: ReplicaSets): ReplicaSets {
    const cluster = model.listedCluster(clusterId);
    return cluster === null ? otherwise : countByTemplate(cluster.members.values());
  }

  return {
    remove,
    async execute(now) {
      const { wanted } = now.record.change;
      switch (wanted.kind) {
        case 'save':
          return save(now, wanted);
        case 'stop-job':
          return ending.handle(now, await sendRecorded(now, null, () => ray.stopJob(wanted.submissionId)), null);
        case 'delete':
        case 'delete-when-idle':
        case 'release':
          return ending.handle(now, await remove(now), null);
      }
    },
    async passThrough(now, send, replied) {
      const { wanted } = now.record.change;
      prepare(now);
      const sentOn = wanted.kind === 'save' ? (wanted.base?.revision ?? NO_REVISION) : null;
      await noting.recordIntent(now, sentOn);
      const reply = await send();
      replied(reply);
      if (reply.outcome !== null) await ending.handle(now, reply.outcome, sentOn);
    },
  };
}
