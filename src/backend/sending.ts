import type { SaveChange } from '../domain/change.ts';
import type { Outcome } from '../domain/outcome.ts';
import { countByTemplate, type ReplicaSets } from '../domain/replica-sets.ts';
import { NO_REVISION, type Revision } from '../domain/revision.ts';
import { mayRetrySilently } from '../domain/settle.ts';
import type { Ray } from '../ray/client.ts';
import type { Doing, Noting } from './doing.ts';
import type { Ending } from './ending.ts';
import type { ReadModel } from './read-model.ts';

/** Sends a change to Ray in its turn: each attempt is noted before it goes out, and none is sent again unless Ray said no. */
export interface Sending {
  /** Does what a page asked for, to the end. */
  act(now: Doing): Promise<void>;
  /** Sends a delete once; what came of it is the caller's to note. */
  remove(now: Doing): Promise<Outcome>;
  /** Sends what a script asked for, once and as it is; hands its reply over, and notes what came of it. */
  once<T extends { readonly outcome: Outcome | null }>(
    now: Doing,
    send: () => Promise<T>,
    replied: (reply: T) => void,
  ): Promise<void>;
}

export function createSending(parts: {
  readonly ray: Ray;
  readonly model: ReadModel;
  readonly noting: Noting;
  readonly ending: Ending;
  /** Hears that a delete of the cluster goes out. */
  readonly removing: (clusterId: string) => void;
}): Sending {
  const { ray, model, noting, ending, removing } = parts;

  async function attempt(now: Doing, sentOn: Revision | null, send: () => Promise<Outcome>): Promise<Outcome> {
    await noting.intent(now, sentOn);
    return send();
  }

  async function remove(now: Doing): Promise<Outcome> {
    before(now);
    return attempt(now, null, () => ray.remove(now.record.change.wanted.clusterId));
  }

  function before(now: Doing) {
    const { kind, clusterId } = now.record.change.wanted;
    if (kind === 'delete' || kind === 'delete-when-idle') removing(clusterId);
    noting.before(now);
  }

  async function save(now: Doing, wanted: SaveChange): Promise<void> {
    const { base, clusterId } = wanted;
    if (base !== null) {
      // Ray would bring a deleted cluster back (fact 5), so an edit goes out only while there is something to edit.
      const theirs = await ending.readTheirs(clusterId);
      if (theirs === 'unread') {
        const why = model.state('list').failure?.reason;
        return noting.settled(
          now,
          why === 'unreachable' ? { kind: 'unreachable' } : { kind: 'not-applied', evidence: 'never-sent' },
        );
      }
      if (theirs === null) return noting.settled(now, { kind: 'conflict', latest: NO_REVISION, theirs: null });
    }
    before(now);
    let revision = base?.revision ?? NO_REVISION;
    let rejected: Outcome | null = null;
    for (;;) {
      const sentOn: Revision = revision;
      const held = heldOf(clusterId, base?.replicaSets ?? {});
      const outcome: Outcome = await attempt(now, sentOn, () =>
        ray.save({ clusterId, divisible: wanted.divisible, replicaSets: wanted.want, revision: sentOn, held }),
      ).catch((error: unknown) => {
        // What can't be remembered is not sent again: Ray's first answer stands.
        if (rejected === null) throw error;
        return rejected;
      });
      const again = outcome.kind === 'conflict' && outcome !== rejected ? await revisionToRetry(now, wanted) : null;
      if (again === null) return ending.finish(now, outcome, sentOn);
      revision = again;
      rejected = outcome;
      before(now);
    }
  }

  /** The revision to send a rejected save on again without a word: theirs, when nothing but it moved. */
  async function revisionToRetry(now: Doing, wanted: SaveChange): Promise<Revision | null> {
    const { base, clusterId } = wanted;
    if (base === null) return null;
    const theirs = await ending.readTheirs(clusterId);
    const cluster = model.listed(clusterId);
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

  function heldOf(clusterId: string, otherwise: ReplicaSets): ReplicaSets {
    const cluster = model.listed(clusterId);
    return cluster === null ? otherwise : countByTemplate(cluster.members.values());
  }

  return {
    remove,
    async act(now) {
      const { wanted } = now.record.change;
      if (wanted.kind === 'save') return save(now, wanted);
      if (wanted.kind === 'stop-job')
        return ending.finish(now, await attempt(now, null, () => ray.stopJob(wanted.submissionId)), null);
      return ending.finish(now, await remove(now), null);
    },
    async once(now, send, replied) {
      const { wanted } = now.record.change;
      before(now);
      const sentOn = wanted.kind === 'save' ? (wanted.base?.revision ?? NO_REVISION) : null;
      await noting.intent(now, sentOn);
      const reply = await send();
      replied(reply);
      if (reply.outcome !== null) await ending.finish(now, reply.outcome, sentOn);
    },
  };
}
