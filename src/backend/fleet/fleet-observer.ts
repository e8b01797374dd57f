import type { Clock } from '../../clock.ts';
import type { RayNotice } from '../../contract/fleet.ts';
import type { Sighting } from '../../contract/timeline.ts';
import type { ListedCluster } from '../../domain/sources.ts';
import { sourceNames, type SourceName, type UnknownReason } from '../../domain/sourced.ts';
import type { ChangeLog } from '../journal/change-log.ts';
import type { ObservationRecorder } from '../journal/observation-recorder.ts';
import { originOf, sightingBefore, sightingOf, type ClusterStep } from './cluster-sightings.ts';
import type { FleetStore } from './fleet-store.ts';
import { createJobClusterObserver } from './job-cluster-observer.ts';
import { sightingOfNodes } from './node-sightings.ts';

/** How long after an input it is looked at, ms: the journal has the result of a write of ours by then. */
const LOOK_DELAY = 3_000;

/** How long a step waits for a change of ours that may have made it, ms. */
const OWN_CHANGE_TIMEOUT = 120_000;

/** A source that fails for less long than this, ms, is no outage: the state API does so all the time (fact 18). */
const OUTAGE_AFTER = 30_000;

/** How long nodes move after a change of ours because of it, ms. */
const OWN_MOVES = 30_000;

/** Watches what is read of Ray, and records what this console did not do itself. */
export interface FleetObserver {
  /** Looks at everything that was taken in. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export function createFleetObserver(parts: {
  readonly store: FleetStore;
  readonly changeLog: Pick<ChangeLog, 'forRevision' | 'find' | 'read'>;
  readonly recorder: Pick<ObservationRecorder, 'record'>;
  readonly clock: Clock;
  readonly mayHaveRemoved: (clusterId: string) => boolean;
  readonly notice: () => RayNotice | null;
}): FleetObserver {
  const { store, changeLog, recorder, clock, mayHaveRemoved, notice } = parts;
  let epoch = store.epoch();
  /** Null before the first list of this Ray. */
  let clusters: ReadonlyMap<string, ListedCluster> | null = null;
  let steps: readonly ClusterStep[] = [];
  const outages = new Map<SourceName, { readonly since: number; isRecorded: boolean }>();
  let emptiedNotice: string | null = null;
  /** When a change of ours last showed in each cluster. */
  const ownAt = new Map<string, number>();
  let events = { epoch: '', last: 0 };
  const jobClusters = createJobClusterObserver({ recorder, clock });
  let cancel: (() => void) | null = null;
  let looking: Promise<void> = Promise.resolve();

  function check() {
    checkEpoch();
    checkList();
    checkSources();
    const shown = notice();
    if (shown?.kind === 'emptied' && shown.id !== emptiedNotice) {
      emptiedNotice = shown.id;
      recorder.record({ kind: 'ray-emptied' }, shown.at);
    }
    schedule(LOOK_DELAY);
  }

  function checkEpoch() {
    if (epoch === store.epoch()) return;
    epoch = store.epoch();
    clusters = null;
    jobClusters.reset();
    recorder.record({ kind: 'ray-restarted' }, clock.now());
  }

  function checkList() {
    if (store.listMoment() === null) return;
    const now = new Map(store.listedClusters().map((each) => [each.id, each]));
    const before = clusters;
    clusters = now;
    if (before === null) return;
    const changed = [...new Set([...before.keys(), ...now.keys()])].filter((id) => before.get(id) !== now.get(id));
    steps = [
      ...steps,
      ...changed.map((id) => ({
        at: clock.now(),
        id,
        before: before.get(id) ?? null,
        after: now.get(id) ?? null,
        mayBeOwnRemoval: mayHaveRemoved(id),
      })),
    ];
  }

  function checkSources() {
    const now = clock.now();
    for (const source of sourceNames) {
      const { failure } = store.state(source);
      const outage = outages.get(source);
      if (failure === null) {
        outages.delete(source);
        if (outage?.isRecorded === true) recorder.record({ kind: 'outage-ended', source }, now);
      } else if (outage === undefined) outages.set(source, { since: now, isRecorded: false });
      else if (!outage.isRecorded && now - outage.since >= OUTAGE_AFTER) recordOutage(source, outage, failure.reason);
    }
  }

  function recordOutage(
    source: SourceName,
    outage: { readonly since: number; isRecorded: boolean },
    reason: UnknownReason,
  ) {
    outage.isRecorded = true;
    // A Ray without it is no outage (fact 30).
    if (reason !== 'not-offered') recorder.record({ kind: 'outage-began', source, reason }, outage.since);
  }

  function schedule(delay: number) {
    cancel ??= clock.after(delay, () => {
      cancel = null;
      void look();
    });
  }

  /** One at a time, so that steps are recorded in their order. */
  function look(): Promise<void> {
    looking = looking.then(lookOnce).catch(() => undefined);
    return looking;
  }

  async function lookOnce(): Promise<void> {
    await recordSteps();
    recordNodeEvents();
    jobClusters.look(store.lastFleet());
    if (steps.length > 0) schedule(LOOK_DELAY);
  }

  async function recordSteps(isLast = false): Promise<void> {
    const taken = steps;
    steps = [];
    const left: ClusterStep[] = [];
    for (const step of taken) {
      const isHeld = left.some(({ id }) => id === step.id);
      const origin = isHeld ? null : await originOf(step, changeLog).catch(() => null);
      const isOver = isLast || clock.now() - step.at >= OWN_CHANGE_TIMEOUT;
      if (!isOver && (origin === null || origin.kind === 'open')) {
        left.push(step);
        continue;
      }
      const isOwn = origin?.kind === 'own';
      if (isOwn) ownAt.set(step.id, step.at);
      const change = isOwn ? origin.change : null;
      const what = isOwn ? (change === null ? null : sightingBefore(step, change)) : sightingOf(step);
      if (what !== null) recorder.record(what, step.at);
    }
    steps = [...left, ...steps];
  }

  function recordNodeEvents() {
    const recent = store.nodeFeed().eventLog().since(0, clock.now());
    const known = recent.epoch === events.epoch ? events.last : 0;
    events = { epoch: recent.epoch, last: recent.last };
    const fresh = recent.happenings.filter(({ n }) => n > known);
    for (const event of fresh) {
      const what = sightingOfNodes(event);
      if (what !== null && !isOwnMove(what, event.at)) recorder.record(what, event.at);
    }
    const missed = recent.last - known - fresh.length;
    if (missed > 0) recorder.record({ kind: 'omitted', of: 'nodes', count: missed }, clock.now());
  }

  function isOwnMove(what: Sighting, at: number): boolean {
    if (what.kind !== 'moved') return false;
    return [what.from, what.to].some(
      (id) => id !== null && at - (ownAt.get(id) ?? Number.NEGATIVE_INFINITY) <= OWN_MOVES,
    );
  }

  const unsubscribe = store.subscribe(check);

  return {
    look,
    async close() {
      unsubscribe();
      cancel?.();
      await look();
      await recordSteps(true);
      cancel?.();
    },
  };
}
