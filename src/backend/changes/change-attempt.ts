import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Result } from '../../domain/result.ts';
import type { Revision } from '../../domain/revision.ts';
import type { Member } from '../../domain/sources.ts';
import type { ChangeRecord } from '../journal/change-log.ts';
import type { Moment } from '../fleet/cluster-list-store.ts';
import type { BufferedChangeLog } from '../journal/buffered-change-log.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import { toClusterSnapshot } from './evidence-readings.ts';

/** Where one change stands while it is being done. */
export interface ChangeAttempt {
  record: ChangeRecord;
  /** Which Ray it was last sent to: what that one answered says nothing of another. */
  epoch: number;
  /** When the list counts as read that its cluster was last looked up in, before it went out; null: in none. */
  listReadAt: Moment | null;
}

/** Keeps the journal in step with a change that is being done. */
export interface AttemptRecorder {
  /** Begins to do a change that the journal has. */
  start(record: ChangeRecord): ChangeAttempt;
  /** Notes what the cluster is before it is touched, as far as is known; it is written with the intent, which comes next. */
  recordBefore(now: ChangeAttempt): void;
  /**
   * Notes that the change goes out now, so that it outlives this console. Where that can't be, it must not go out:
   * rejects with `JournalUnwritable`, and one that never went out ends as not applied.
   */
  recordIntent(now: ChangeAttempt, sentOn: Revision | null): Promise<void>;
  update(now: ChangeAttempt, change: Partial<Change>): Promise<void>;
  /** Ends it. */
  settle(now: ChangeAttempt, result: Result, moved?: Change['moved']): Promise<void>;
}

export function createAttemptRecorder({
  model,
  log,
  clock,
}: {
  readonly model: FleetStore;
  readonly log: BufferedChangeLog;
  readonly clock: Clock;
}): AttemptRecorder {
  async function update(now: ChangeAttempt, change: Partial<Change>) {
    now.record = { ...now.record, change: { ...now.record.change, ...change } };
    await log.update(now.record);
  }

  async function settled(now: ChangeAttempt, result: Result, moved: Change['moved'] = null) {
    await update(now, { result, moved, settledAt: clock.now() });
  }

  function membersBefore(wanted: ChangeRequest): ReadonlyMap<string, Member> | null {
    if (wanted.kind === 'release')
      return model.state('state').last?.value.find((each) => each.id === wanted.clusterId)?.nodes ?? null;
    return (
      model.listedCluster(wanted.clusterId)?.members ??
      (wanted.kind === 'save' && wanted.base === null ? new Map() : null)
    );
  }

  return {
    start: (record) => ({ record, epoch: model.epoch(), listReadAt: null }),
    recordBefore(now) {
      const { change } = now.record;
      const cluster = model.listedCluster(change.wanted.clusterId);
      now.listReadAt = model.listMoment();
      now.record = {
        ...now.record,
        change: { ...change, before: toClusterSnapshot(cluster) },
        membersBefore: membersBefore(change.wanted),
      };
    },
    async recordIntent(now, sentOn) {
      const { change } = now.record;
      const session = model.state('identity').last?.value.sessionName ?? null;
      const intent: ChangeRecord = {
        ...now.record,
        sentOn,
        session,
        change: { ...change, attempts: change.attempts + 1 },
      };
      try {
        await log.recordIntent(intent);
      } catch (error) {
        if (change.attempts === 0) await settled(now, { kind: 'not-applied', evidence: 'never-sent' });
        throw error;
      }
      now.record = intent;
      now.epoch = model.epoch();
    },
    update,
    settle: settled,
  };
}
