import type { Clock } from '../clock.ts';
import type { Change } from '../contract/change.ts';
import type { WantedChange } from '../domain/change.ts';
import type { Result } from '../domain/result.ts';
import type { Revision } from '../domain/revision.ts';
import type { Member } from '../domain/sources.ts';
import type { ChangeRecord } from './change-log.ts';
import type { Moment } from './held-list.ts';
import type { Journal } from './journal.ts';
import type { ReadModel } from './read-model.ts';
import { seenOf } from './settling.ts';

/** Where one change stands while it is being done. */
export interface Doing {
  record: ChangeRecord;
  /** Which Ray it was last sent to: what that one answered says nothing of another. */
  epoch: number;
  /** When the list counts as read that its cluster was last looked up in, before it went out; null: in none. */
  lookedAt: Moment | null;
}

/** Keeps the journal in step with a change that is being done. */
export interface Noting {
  /** Begins to do a change that the journal has. */
  start(record: ChangeRecord): Doing;
  /** Notes what the cluster is before it is touched, as far as is known; it is written with the intent, which comes next. */
  before(now: Doing): void;
  /**
   * Notes that the change goes out now, so that it outlives this console. Where that can't be, it must not go out:
   * rejects with `JournalUnwritable`, and one that never went out ends as not applied.
   */
  intent(now: Doing, sentOn: Revision | null): Promise<void>;
  update(now: Doing, change: Partial<Change>): Promise<void>;
  /** Ends it. */
  settled(now: Doing, result: Result, moved?: Change['moved']): Promise<void>;
}

export function createNoting({
  model,
  log,
  clock,
}: {
  readonly model: ReadModel;
  readonly log: Journal;
  readonly clock: Clock;
}): Noting {
  async function update(now: Doing, change: Partial<Change>) {
    now.record = { ...now.record, change: { ...now.record.change, ...change } };
    await log.update(now.record);
  }

  async function settled(now: Doing, result: Result, moved: Change['moved'] = null) {
    await update(now, { result, moved, settledAt: clock.now() });
  }

  function membersBefore(wanted: WantedChange): ReadonlyMap<string, Member> | null {
    if (wanted.kind === 'release')
      return model.state('state').last?.value.find((each) => each.id === wanted.clusterId)?.nodes ?? null;
    return (
      model.listed(wanted.clusterId)?.members ?? (wanted.kind === 'save' && wanted.base === null ? new Map() : null)
    );
  }

  return {
    start: (record) => ({ record, epoch: model.epoch(), lookedAt: null }),
    before(now) {
      const { change } = now.record;
      const cluster = model.listed(change.wanted.clusterId);
      now.lookedAt = model.listMoment();
      now.record = {
        ...now.record,
        change: { ...change, before: seenOf(cluster) },
        membersBefore: membersBefore(change.wanted),
      };
    },
    async intent(now, sentOn) {
      const { change } = now.record;
      const session = model.state('identity').last?.value.sessionName ?? null;
      const intent: ChangeRecord = {
        ...now.record,
        sentOn,
        session,
        change: { ...change, attempts: change.attempts + 1 },
      };
      try {
        await log.intend(intent);
      } catch (error) {
        if (change.attempts === 0) await settled(now, { kind: 'not-applied', evidence: 'never-sent' });
        throw error;
      }
      now.record = intent;
      now.epoch = model.epoch();
    },
    update,
    settled,
  };
}
