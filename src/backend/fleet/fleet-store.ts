import type { ReadOnlyReason } from '../../contract/fleet.ts';
import type { SourceName, SourceState } from '../../domain/sourced.ts';
import type { Fleet } from '../../domain/fleet.ts';
import type { Revision } from '../../domain/revision.ts';
import { deepEqual } from '../../domain/deep-equal.ts';
import type { ListedCluster, Member, RayIdentity } from '../../domain/sources.ts';
import type { ClusterList } from '../../ray/decode/raw-clusters.ts';
import type { RayRead } from '../../ray/client/ray.ts';
import type { SourceValues } from '../../ray/client/sources.ts';
import type { Clock } from '../../clock.ts';
import { createEmitter } from '../../emitter.ts';
import { createNodeFeed, type NodeFeed } from '../nodes/node-feed.ts';
import { createClusterListStore } from './cluster-list-store.ts';
import { createFleetJoin, type JoinedFleet } from './fleet-join.ts';
import type { FleetView } from './fleet-versions.ts';
import type { Moment } from './moment.ts';
import { sourceHealthOf } from './source-health.ts';
import { createSourceStates, type ReplaceableSource } from './source-states.ts';

/** What caused an update of the fleet: a reading of Ray, or what somebody did in the console. */
export type UpdateCause = 'reading' | 'action';

/** What the readings and writes say about the fleet; the same object while nothing new was taken in. */
export interface StoredFleet extends Omit<FleetView, 'waiting' | 'notice'> {
  /** Another one for each Ray: the prefix of its versions. */
  readonly epoch: string;
}

/** The fleet as known from Ray: readings and replies to writes go in, the joined fleet comes out. */
export interface FleetStore {
  /** Now, as a moment after everything so far. Take it before a read is sent, or when the reply to a write came. */
  moment(): Moment;
  /**
   * Takes in a reading. `begun`: the moment it counts as begun at. A reading from an earlier epoch is ignored; one that
   * counts as begun before the held one only proves that the source can be read.
   */
  accept<K extends ReplaceableSource>(name: K, read: RayRead<SourceValues[K]>, begun: Moment): void;
  acceptList(read: RayRead<ClusterList>, begun: Moment): void;
  /** Another session name means another Ray, and starts an epoch (fact 27). */
  acceptIdentity(read: RayRead<RayIdentity>, begun: Moment): void;
  /**
   * Takes in the reply to a write: the cluster as it is now, or null for one (or a job cluster) that is gone.
   * `revisionWhenSent`: for a removal, as in the cluster list store.
   */
  applyWrite(
    clusterId: string,
    cluster: ListedCluster | null,
    moment: Moment,
    revisionWhenSent?: Revision | null,
  ): void;
  /** Forgets everything: this is another Ray now. */
  reset(): void;
  stored(): StoredFleet;
  /** Changes when this becomes another Ray. */
  epoch(): number;
  fleet(): Fleet;
  /** The fleet as it was last joined, which costs nothing: it may lack the newest input. */
  lastFleet(): Fleet;
  /** The cluster as the list, and writes since, have it; null when there is none, or the list was never read. */
  listedCluster(clusterId: string): ListedCluster | null;
  listedClusters(): readonly ListedCluster[];
  membersAt(clusterId: string, revision: Revision): ReadonlyMap<string, Member> | null;
  /** When the held list counts as read; null before the first. */
  listMoment(): Moment | null;
  state<K extends SourceName>(name: K): SourceState<SourceValues[K]>;
  /** Whether the last good reading of a source began after a moment. */
  isReadSince(name: ReplaceableSource, moment: Moment): boolean;
  readOnly(): ReadOnlyReason | null;
  /** The map and the events, up to date with `stored()`. */
  nodeFeed(): NodeFeed;
  /** Calls back after anything was taken in, with its cause; the returned function ends it. */
  subscribe(listener: (cause: UpdateCause) => void): () => void;
}

export interface FleetStoreOptions {
  readonly clock: Clock;
  readonly ids: () => string;
  readonly startedReadOnly: boolean;
}

export function createFleetStore({ clock, ids, startedReadOnly }: FleetStoreOptions): FleetStore {
  let order = 0;
  let epochBegan = 0;
  let sources = createSourceStates();
  let clusterList = createClusterListStore();
  let lastWriteAt = Number.NEGATIVE_INFINITY;
  let fleetJoin = createFleetJoin();
  const nodeFeed = createNodeFeed({ clock, wake: () => changed(false) });
  /** When the newest input came. */
  let changedAt = clock.now();
  let { fleet, nodeCounts } = join();
  let stored = beginEpoch();
  /** Whether there is any input since `stored` was made, and any that can change the fleet. */
  let isStale = false;
  let isJoinNeeded = false;
  /** Sources whose last reading is not joined yet. */
  const unjoined = new Set<SourceName>();
  const { subscribe, emit } = createEmitter<UpdateCause>();

  function join(): JoinedFleet {
    return fleetJoin.join(sources.all(), clusterList.clusters(), lastWriteAt);
  }

  function beginEpoch(): StoredFleet {
    const epoch = ids();
    nodeFeed.reset(epoch);
    return toStored(epoch);
  }

  function toStored(epoch: string): StoredFleet {
    const health = sourceHealthOf(sources);
    return {
      epoch,
      clusters: fleet.clusters,
      pool: fleet.pool,
      nodeCounts,
      sources: health,
      readOnly: readOnly(),
      ...nodeFeed.update({ fleet, sources: health, at: changedAt }),
    };
  }

  function readOnly(): ReadOnlyReason | null {
    if (startedReadOnly) return 'started-read-only';
    return sources.of('list').failure?.reason === 'not-offered' ? 'list-unreadable' : null;
  }

  /** Joins lazily: many inputs between two looks cost one join, and unchanged readings none. */
  function refresh() {
    if (!isStale) return;
    isStale = false;
    unjoined.clear();
    if (isJoinNeeded) {
      isJoinNeeded = false;
      ({ fleet, nodeCounts } = join());
    }
    stored = toStored(stored.epoch);
  }

  /** `needsJoin`: whether the input can change the fleet. */
  function changed(needsJoin = true, cause: UpdateCause = 'reading') {
    isStale = true;
    isJoinNeeded ||= needsJoin;
    changedAt = clock.now();
    emit(cause);
  }

  function startEpoch() {
    // Readings that began earlier are of the Ray before.
    epochBegan = order + 1;
    isStale = false;
    isJoinNeeded = false;
    unjoined.clear();
    sources = createSourceStates();
    clusterList = createClusterListStore();
    lastWriteAt = Number.NEGATIVE_INFINITY;
    fleetJoin = createFleetJoin();
    ({ fleet, nodeCounts } = join());
    stored = beginEpoch();
  }

  /** `isSame`: whether a good reading says the same as the one before. */
  function storeReading<K extends SourceName>(name: K, read: RayRead<SourceValues[K]>, begun: Moment, isSame: boolean) {
    // The join remembers what only the replaced reading has, such as a template or a leftover.
    if (unjoined.has(name)) refresh();
    const { failure } = sources.of(name);
    sources.put(name, read, begun);
    const isUnchanged = read.ok ? isSame && failure === null : failure?.reason === read.reason;
    if (!isUnchanged) unjoined.add(name);
    changed(!isUnchanged);
  }

  function markReadable(name: SourceName, read: RayRead<unknown>, begun: Moment) {
    sources.markReadable(name, read, begun);
    changed();
  }

  /**
   * Whether a good reading makes the same fleet as the one before. Never for the state API, the nodes and the summary,
   * whose times decide who is dead. Nor for the actors while they stand in for the state API, since their time decides
   * when a job cluster was last seen.
   */
  function isSameValue<K extends ReplaceableSource>(name: K, read: RayRead<SourceValues[K]>): boolean {
    const state = sources.of('state');
    const isTimeless = name === 'jobs' || (name === 'actors' && state.last !== null && state.failure === null);
    const { last } = sources.of(name);
    return isTimeless && read.ok && last !== null && deepEqual(last.value, read.value);
  }

  return {
    moment() {
      order += 1;
      return { at: clock.now(), order };
    },
    accept(name, read, begun) {
      if (begun.order < epochBegan) return;
      if (read.ok && sources.isAtLeastAsNew(name, begun)) markReadable(name, read, begun);
      else storeReading(name, read, begun, isSameValue(name, read));
    },
    acceptList(read, begun) {
      if (begun.order < epochBegan) return;
      const before = clusterList.clusters();
      if (read.ok && !clusterList.accept(read.value.clusters, begun)) {
        markReadable('list', read, begun);
        return;
      }
      const isSame = read.ok && sources.of('list').last !== null && shallowEqual(before, clusterList.clusters());
      storeReading('list', read, begun, isSame);
    },
    acceptIdentity(read, begun) {
      if (begun.order < epochBegan) return;
      const last = sources.of('identity').last?.value;
      if (read.ok && last !== undefined && last.sessionName !== read.value.sessionName) startEpoch();
      // The identity is not part of the fleet.
      storeReading('identity', read, begun, true);
    },
    applyWrite(clusterId, cluster, writeMoment, revisionWhenSent) {
      if (writeMoment.order < epochBegan) return;
      clusterList.applyWrite(clusterId, cluster, writeMoment, revisionWhenSent);
      if (cluster === null) fleetJoin.forget(clusterId, writeMoment.at);
      lastWriteAt = Math.max(lastWriteAt, writeMoment.at);
      changed(true, 'action');
    },
    reset() {
      startEpoch();
      changed(true, 'action');
    },
    stored() {
      refresh();
      return stored;
    },
    epoch: () => epochBegan,
    fleet() {
      refresh();
      return fleet;
    },
    lastFleet: () => fleet,
    listedCluster: (clusterId) => clusterList.get(clusterId),
    listedClusters: () => clusterList.clusters(),
    membersAt: (clusterId, revision) => clusterList.membersAt(clusterId, revision),
    listMoment: () => clusterList.readMoment(),
    state: (name) => sources.of(name),
    isReadSince: (name, moment) => sources.isReadSince(name, moment),
    readOnly,
    nodeFeed() {
      refresh();
      return nodeFeed;
    },
    subscribe,
  };
}

function shallowEqual<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}
