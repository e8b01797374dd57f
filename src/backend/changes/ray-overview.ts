import type { LastChange, RayFleet, RayState } from '../../contract/rays.ts';
import type { Clock } from '../../clock.ts';
import { isLasting, isUnknowableSince, UNKNOWABLE_SHOWN_MS } from '../../domain/attention.ts';
import { replacementOf } from '../../domain/node-replacement.ts';
import { sourceNames, type Recalled } from '../../domain/sourced.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { ChangeLog } from '../journal/change-log.ts';
import type { ChangeService } from './change-service.ts';

/** As many as a page of the journal, which is what the list of virtual clusters counts. */
const MAX_UNKNOWABLE = 100;

/** What the overview of several Rays says of one of them. */
export interface RayReport {
  readonly state: Extract<RayState, { readonly kind: 'reading' | 'read' | 'failing' }>;
  readonly lastChange: LastChange | null;
}

/** Reads what is known already: it asks Ray nothing. */
export async function reportRay(parts: {
  readonly store: FleetStore;
  readonly changes: Pick<ChangeService, 'pendingDeletions'>;
  readonly changeLog: Pick<ChangeLog, 'find' | 'read' | 'open'>;
  readonly clock: Pick<Clock, 'now'>;
}): Promise<RayReport> {
  const { store, changeLog } = parts;
  // Without its journal a Ray is shown, too.
  const [newest, open, unknowable] = await Promise.all([
    newestChange(changeLog).catch(() => null),
    changeLog.open().catch(() => []),
    unknowableSince(changeLog, parts.clock.now() - UNKNOWABLE_SHOWN_MS).catch(() => []),
  ]);
  const { last, failure } = store.state('list');
  if (failure !== null) {
    const { reason, since, cause } = failure;
    const lastReadAt = last?.begunAt ?? null;
    return { state: { kind: 'failing', reason, cause, since, lastReadAt }, lastChange: newest };
  }
  if (last === null) return { state: { kind: 'reading' }, lastChange: newest };
  const unknownOutcomes = new Set(
    open.flatMap(({ change }) => (change.result?.kind === 'unknown' ? [change.wanted.clusterId] : [])),
  );
  const waiting = unknownOutcomes.size + new Set(unknowable).size + parts.changes.pendingDeletions().length;
  return { state: { kind: 'read', fleet: fleetOf(store, waiting) }, lastChange: newest };
}

function fleetOf(store: FleetStore, waiting: number): RayFleet {
  const { nodeCounts } = store.stored();
  const { clusters, pool } = store.fleet();
  const failures = new Set<string>();
  let oldestReadAt = Number.POSITIVE_INFINITY;
  for (const name of sourceNames) {
    const { last, failure } = store.state(name);
    // Those for which Ray does not answer at all count as one.
    if (failure !== null && !isLasting(failure.reason))
      failures.add(failure.reason === 'unreachable' ? failure.reason : name);
    else if (last !== null && name !== 'identity') oldestReadAt = Math.min(oldestReadAt, last.begunAt);
  }
  let attention = waiting + failures.size;
  for (const cluster of clusters.values()) {
    if ((replacementOf(cluster, pool)?.waiting.length ?? 0) > 0) attention += 1;
    const { usedBy } = cluster;
    const isLeft = usedBy.known && usedBy.value.jobClusters.some(({ leftover }) => leftover.known && leftover.value);
    if (isLeft) attention += 1;
  }
  return {
    clusters: clusters.size,
    nodes: valueOf(nodeCounts.total),
    dead: valueOf(nodeCounts.dead),
    templates: pool.templates.map(({ templateId, free, alive }) => ({
      templateId,
      free: valueOf(free),
      alive: valueOf(alive),
    })),
    oldestReadAt,
    attention,
  };
}

/** The virtual clusters of changes of which nobody can know any more what became of them, since a time; of the newest such changes. */
async function unknowableSince(changeLog: Pick<ChangeLog, 'find' | 'read'>, since: number): Promise<readonly string[]> {
  const { rows } = await changeLog.find({ outcome: ['cannot-be-known'] }, { offset: 0, limit: MAX_UNKNOWABLE });
  const changes = await changeLog.read(rows.map(({ number }) => number));
  return changes.flatMap((change) => (isUnknowableSince(change, since) ? [change.wanted.clusterId] : []));
}

/** Null for what is not known now: the card shows no old values. */
function valueOf<T>(fact: Recalled<T>): T | null {
  return fact.known ? fact.value : null;
}

async function newestChange(changeLog: Pick<ChangeLog, 'find' | 'read'>): Promise<LastChange | null> {
  const { rows } = await changeLog.find({}, { offset: 0, limit: 1 });
  const [change] = await changeLog.read(rows.map(({ number }) => number));
  return change === undefined ? null : { clusterId: change.wanted.clusterId, who: change.who, askedAt: change.askedAt };
}
