import type { Change } from '../contract/change.ts';
import type { WantedChange } from '../domain/change.ts';
import type { Outcome } from '../domain/outcome.ts';
import { countByTemplate } from '../domain/replica-sets.ts';
import type { Result, Seen } from '../domain/result.ts';
import type { Revision } from '../domain/revision.ts';
import type { DeleteWhenIdle } from './delete-when-idle.ts';
import type { Doing, Noting } from './doing.ts';
import type { Moment } from './held-list.ts';
import { movedBetween } from './moved.ts';
import type { ReadModel } from './read-model.ts';
import { seenOf, type Settling } from './settling.ts';
import type { Watch } from './watch.ts';

type Applied = Extract<Outcome, { kind: 'applied' }>;

/** Says what came of a sending, in the journal and in the fleet. */
export interface Ending {
  /** `sentOn`: the revision that it last went out on; null for what has none. */
  finish(now: Doing, outcome: Outcome, sentOn: Revision | null): Promise<void>;
  /** The cluster as Ray has it now: read afresh, null when it is not there, `unread` when nobody can tell. */
  readTheirs(clusterId: string): Promise<Seen | null | 'unread'>;
}

export function createEnding(parts: {
  readonly model: ReadModel;
  readonly watch: Pick<Watch, 'refresh' | 'refreshAfterWrite'>;
  readonly noting: Noting;
  readonly settling: Pick<Settling, 'wentThrough' | 'watchFor' | 'look'>;
  /** Called off by a save that went through. */
  readonly waiting: () => Pick<DeleteWhenIdle, 'saved'>;
}): Ending {
  const { model, watch, noting, settling, waiting } = parts;

  async function readTheirs(clusterId: string): Promise<Seen | null | 'unread'> {
    let isRead = await watch.refresh('list');
    // Another Ray was noticed meanwhile, and what was read of the one before was left aside: that says nothing is there.
    if (isRead && model.listMoment() === null) isRead = await watch.refresh('list');
    return isRead && model.listMoment() !== null ? seenOf(model.listed(clusterId)) : 'unread';
  }

  async function applied(now: Doing, outcome: Applied, sentOn: Revision | null): Promise<void> {
    const answered = model.moment();
    const { wanted, attempts, before } = now.record.change;
    // First what this one rules out: to an earlier one that asked for the same, the list would look like its own doing. Only
    // where the list had it on the revision that it went out on: Ray takes any for a cluster that is gone (fact 5).
    if (wanted.kind === 'save' && sentOn !== null && before?.revision === sentOn && now.lookedAt !== null) {
      await settling.wentThrough(wanted.clusterId, sentOn, now.lookedAt);
    }
    const calledOff = callOff(now.record.change, outcome);
    if (now.epoch === model.epoch()) foldIn(now.record.change, outcome, answered);
    const after = wanted.kind === 'save' ? outcome.members : new Map();
    const moved = wanted.kind === 'stop-job' ? null : movedBetween(now.record.membersBefore, after);
    const retries = wanted.kind === 'save' ? attempts - 1 : 0;
    await noting.settled(now, { kind: 'applied', revision: outcome.revision, seen: 'reply', retries }, moved);
    await calledOff;
    watch.refreshAfterWrite();
  }

  /** A deletion that waits stands for the cluster as it was before this save. */
  async function callOff({ wanted, who }: Change, { revision, members }: Applied): Promise<void> {
    if (wanted.kind !== 'save' || revision === null) return;
    const replicaSets = members === null ? wanted.want : countByTemplate(members.values());
    await waiting().saved(wanted.clusterId, who, { revision, replicaSets, divisible: wanted.divisible });
  }

  function foldIn({ wanted, before }: Change, { revision, members }: Applied, moment: Moment) {
    if (wanted.kind === 'stop-job') return;
    if (wanted.kind === 'delete') return model.wrote(wanted.clusterId, null, moment, before?.revision ?? null);
    if (wanted.kind !== 'save') return model.wrote(wanted.clusterId, null, moment);
    if (revision === null || members === null) return;
    model.wrote(wanted.clusterId, { id: wanted.clusterId, divisible: wanted.divisible, revision, members }, moment);
  }

  /** Ray judged what it had under the revision that it took: the list's own count of it, else what the base said. */
  function judgedOn(wanted: WantedChange, sentOn: Revision | null): Extract<Result, { kind: 'shortage' }>['judgedOn'] {
    const base = wanted.kind === 'save' ? wanted.base : null;
    if (base === null || sentOn === null) return { revision: null, replicaSets: {} };
    const members = model.membersAt(wanted.clusterId, sentOn);
    return { revision: sentOn, replicaSets: members === null ? base.replicaSets : countByTemplate(members.values()) };
  }

  return {
    readTheirs,
    async finish(now, outcome, sentOn) {
      const { wanted } = now.record.change;
      switch (outcome.kind) {
        case 'applied':
          return applied(now, outcome, sentOn);
        case 'conflict':
          return noting.settled(now, {
            kind: 'conflict',
            latest: outcome.latest,
            theirs: await readTheirs(wanted.clusterId),
          });
        case 'shortage': {
          watch.refreshAfterWrite();
          const { kind, direction, suggestion, unmatched } = outcome;
          return noting.settled(now, { kind, direction, suggestion, unmatched, judgedOn: judgedOn(wanted, sentOn) });
        }
        case 'unknown': {
          const answered = model.moment();
          await noting.update(now, { result: { kind: 'unknown', cause: outcome.cause, lookedAt: null } });
          await settling.watchFor(now.record, answered, now.epoch);
          await settling.look(now.record.change.id);
          watch.refreshAfterWrite();
          return;
        }
        default:
          // Somebody else released it; only the state API would show that, and it may be down (fact 18).
          if (outcome.kind === 'not-found' && wanted.kind === 'release' && now.epoch === model.epoch()) {
            model.wrote(wanted.clusterId, null, model.moment());
          }
          if (outcome.kind !== 'unreachable') watch.refreshAfterWrite();
          return noting.settled(now, outcome);
      }
    },
  };
}
