import type { FleetUpdate, RayNotice, ReadOnlyReason, WaitingDeletion } from '../../contract/fleet.ts';
import type { SourceName, SourceState } from '../../domain/sourced.ts';
import type { Fleet } from '../../domain/fleet.ts';
import { emptyMemory, forgetCluster } from '../../domain/fleet-memory.ts';
import type { FleetSources } from '../../domain/fleet-sources.ts';
import { joinFleet } from '../../domain/join.ts';
import type { Revision } from '../../domain/revision.ts';
import { deepEqual } from '../../domain/deep-equal.ts';
import type {
  ListedCluster,
  ListedJob,
  LiveNode,
  Member,
  RayIdentity,
  StateCluster,
  SummaryNode,
  Supervisor,
} from '../../domain/sources.ts';
import type { ClusterList, RayRead } from '../../ray/client/client.ts';
import type { Clock } from '../../clock.ts';
import { createClusterListStore, isLater, type Moment } from './cluster-list-store.ts';
import { countNodes, sourceHealthOf } from './source-health.ts';
import { createNodeFeed, type NodeFeed } from '../nodes/node-feed.ts';
import { createFleetVersions, type FleetView } from './fleet-versions.ts';

/** What a good reading of each source holds. */
export interface SourceValues {
  readonly list: ClusterList;
  readonly liveness: readonly LiveNode[];
  readonly state: readonly StateCluster[];
  readonly summary: readonly SummaryNode[];
  readonly actors: readonly Supervisor[];
  readonly jobs: readonly ListedJob[];
  readonly identity: RayIdentity;
}

/** The sources whose newest reading simply takes the place of the one before. */
export type ReplaceableSource = Exclude<SourceName, 'list' | 'identity'>;

export type SourceStates = { readonly [K in SourceName]: SourceState<SourceValues[K]> };

/** What is said of the fleet beside what Ray's readings tell. */
interface Annotations {
  readonly waiting: readonly WaitingDeletion[];
  readonly notice: RayNotice | null;
}

/** The fleet as known, with its versions: takes readings and write replies in, gives updates and answers out. */
export interface FleetStore {
  /** Now, as a moment after everything so far. Take it before a read goes out, or when a write's reply came. */
  moment(): Moment;
  /**
   * Takes a reading in. `moment`: what it counts as begun at. A reading of an epoch before is left aside; one that
   * counts as begun before the one that is held only tells that the source can be read.
   */
  accept<K extends ReplaceableSource>(name: K, read: RayRead<SourceValues[K]>, moment: Moment): void;
  acceptList(read: RayRead<ClusterList>, moment: Moment): void;
  /** Another session name is another Ray, and starts an epoch (fact 27). */
  acceptIdentity(read: RayRead<RayIdentity>, moment: Moment): void;
  /**
   * Folds in what a write's reply said: the cluster as it is now, or null for one (or a job cluster) that is gone.
   * `revisionWhenSent`: of a removal, as in the held list.
   */
  applyWrite(
    clusterId: string,
    cluster: ListedCluster | null,
    moment: Moment,
    revisionWhenSent?: Revision | null,
  ): void;
  /** Forgets everything: this is another Ray now. */
  reset(): void;
  /** Puts what is said beside the readings in its place. */
  annotate(said: Partial<Annotations>): void;
  updateSince(version: string | null): FleetUpdate;
  version(): string;
  /** Changes when this becomes another Ray. */
  epoch(): number;
  fleet(): Fleet;
  /** The cluster as the list, and writes since, have it; null when there is none, or the list was never read. */
  listedCluster(clusterId: string): ListedCluster | null;
  /** All of them. */
  listedClusters(): readonly ListedCluster[];
  membersAt(clusterId: string, revision: Revision): ReadonlyMap<string, Member> | null;
  /** When the list that is held counts as read; null before the first. */
  listMoment(): Moment | null;
  state<K extends SourceName>(name: K): SourceState<SourceValues[K]>;
  /** Whether the last good reading of a source began after a moment. */
  isReadSince(name: ReplaceableSource, moment: Moment): boolean;
  readOnly(): ReadOnlyReason | null;
  /** The map and what happened, as of the picture that `version` names. */
  nodeFeed(): NodeFeed;
  /** Calls back after anything was taken in; the returned function ends it. */
  subscribe(callBack: () => void): () => void;
}

export interface FleetStoreOptions {
  readonly clock: Clock;
  readonly ids: () => string;
  readonly startedReadOnly: boolean;
}

export function createFleetStore({ clock, ids, startedReadOnly }: FleetStoreOptions): FleetStore {
  let order = 0;
  let epochBegan = 0;
  let states = emptyStates();
  let clusterList = createClusterListStore();
  let begunBySource = new Map<SourceName, Moment>();
  let lastWriteAt = Number.NEGATIVE_INFINITY;
  let memory = emptyMemory();
  let annotations: Annotations = { waiting: [], notice: null };
  const nodeFeed = createNodeFeed({ clock, wake: () => changed(false) });
  /** When what was taken in last came. */
  let changedAt = clock.now();
  let fleet = join();
  let nodeCounts = countNodes(fleet, states);
  let versions = beginVersions();
  /** Whether anything was taken in since the last picture, and anything that can make another fleet. */
  let stale = false;
  let joinNeeded = false;
  /** Whose last readings were not joined yet. */
  const unjoined = new Set<SourceName>();
  const subscribers = new Set<() => void>();

  function join(): Fleet {
    const { last, failure } = states.list;
    const sources: FleetSources = {
      ...states,
      // It holds what writes have said since, too, so it is no older than they are.
      list: {
        last:
          last === null
            ? null
            : { ...last, value: clusterList.clusters(), arrivedAt: Math.max(last.arrivedAt, lastWriteAt) },
        failure,
      },
    };
    const joined = joinFleet(sources, memory);
    memory = joined.memory;
    return joined.fleet;
  }

  function beginVersions() {
    const epoch = ids();
    nodeFeed.reset(epoch);
    return createFleetVersions(epoch, view());
  }

  function view(): FleetView {
    const sources = sourceHealthOf(states);
    return {
      clusters: fleet.clusters,
      pool: fleet.pool,
      nodeCounts,
      sources,
      readOnly: readOnly(),
      ...annotations,
      ...nodeFeed.update({ fleet, sources, at: changedAt }),
    };
  }

  function readOnly(): ReadOnlyReason | null {
    if (startedReadOnly) return 'started-read-only';
    return states.list.failure?.reason === 'not-offered' ? 'list-unreadable' : null;
  }

  /** Joins what was taken in since the last time; so many readings at once cost one join, and what says the same none. */
  function refresh() {
    if (!stale) return;
    stale = false;
    unjoined.clear();
    if (joinNeeded) {
      joinNeeded = false;
      fleet = join();
      nodeCounts = countNodes(fleet, states);
    }
    versions.advance(view());
  }

  /** `needsJoin`: whether it can make another fleet. */
  function changed(needsJoin = true) {
    stale = true;
    joinNeeded ||= needsJoin;
    changedAt = clock.now();
    for (const callBack of subscribers) callBack();
  }

  function startEpoch() {
    // Readings begun before belong to the Ray before.
    epochBegan = order + 1;
    stale = false;
    joinNeeded = false;
    unjoined.clear();
    states = emptyStates();
    clusterList = createClusterListStore();
    begunBySource = new Map();
    lastWriteAt = Number.NEGATIVE_INFINITY;
    memory = emptyMemory();
    fleet = join();
    nodeCounts = countNodes(fleet, states);
    versions = beginVersions();
  }

  function moment(): Moment {
    order += 1;
    return { at: clock.now(), order };
  }

  /**
   * Puts a reading in its place; a failed one leaves the last good one, and tells since when there is nothing new.
   * `isSame`: a good one that says what the one before said.
   */
  function storeReading<K extends SourceName>(name: K, read: RayRead<SourceValues[K]>, begun: Moment, isSame: boolean) {
    // What only the reading before told, such as a template or a leftover, is learned before it goes.
    if (unjoined.has(name)) refresh();
    const before: SourceState<SourceValues[K]> = states[name];
    const after: SourceState<SourceValues[K]> = read.ok
      ? {
          last: { value: read.value, begunAt: begun.at, arrivedAt: read.arrivedAt, ...cacheFlag(read, begun) },
          failure: null,
        }
      : { last: before.last, failure: { reason: read.reason, since: before.failure?.since ?? read.arrivedAt } };
    states = { ...states, [name]: after };
    if (read.ok) begunBySource.set(name, begun);
    const tellsNothing = read.ok ? isSame && before.failure === null : before.failure?.reason === read.reason;
    if (!tellsNothing) unjoined.add(name);
    changed(!tellsNothing);
  }

  /**
   * Whether a good reading makes no other fleet than the one before did. Not by the state API, the nodes and the
   * summary: when they began tells who is dead, and they differ each time. Nor by the actors while they stand in for
   * the state API: when they came tells when a job cluster was last seen.
   */
  function isUnchanged<K extends ReplaceableSource>(name: K, read: RayRead<SourceValues[K]>): boolean {
    const isPlain =
      name === 'jobs' || (name === 'actors' && states.state.last !== null && states.state.failure === null);
    const { last } = states[name];
    return isPlain && read.ok && last !== null && deepEqual(last.value, read.value);
  }

  /** What is held counts as newer: all that a reading tells is that the source can be read. */
  function markReadable(name: SourceName, cached: ReturnType<typeof cacheFlag>) {
    const { last } = states[name];
    states = { ...states, [name]: { last: last === null ? null : { ...last, ...cached }, failure: null } };
    changed();
  }

  return {
    moment,
    accept(name, read, begun) {
      if (begun.order < epochBegan) return;
      const held = begunBySource.get(name);
      if (read.ok && held !== undefined && !isLater(begun, held)) markReadable(name, cacheFlag(read, begun));
      else storeReading(name, read, begun, isUnchanged(name, read));
    },
    acceptList(read, begun) {
      if (begun.order < epochBegan) return;
      const before = clusterList.clusters();
      if (read.ok && !clusterList.accept(read.value.clusters, begun)) markReadable('list', cacheFlag(read, begun));
      else
        storeReading(
          'list',
          read,
          begun,
          read.ok && states.list.last !== null && shallowEqual(before, clusterList.clusters()),
        );
    },
    acceptIdentity(read, begun) {
      if (begun.order < epochBegan) return;
      const last = states.identity.last?.value;
      if (read.ok && last !== undefined && last.sessionName !== read.value.sessionName) startEpoch();
      // No part of the fleet.
      storeReading('identity', read, begun, true);
    },
    applyWrite(clusterId, cluster, writeMoment, revisionWhenSent) {
      if (writeMoment.order < epochBegan) return;
      clusterList.applyWrite(clusterId, cluster, writeMoment, revisionWhenSent);
      if (cluster === null) memory = forgetCluster(memory, clusterId, writeMoment.at);
      lastWriteAt = Math.max(lastWriteAt, writeMoment.at);
      changed();
    },
    reset() {
      startEpoch();
      changed();
    },
    annotate(news) {
      annotations = { ...annotations, ...news };
      changed(false);
    },
    updateSince(version) {
      refresh();
      return versions.since(version, clock.now());
    },
    version() {
      refresh();
      return versions.version();
    },
    epoch: () => epochBegan,
    fleet() {
      refresh();
      return fleet;
    },
    listedCluster: (clusterId) => clusterList.get(clusterId),
    listedClusters: () => clusterList.clusters(),
    membersAt: (clusterId, revision) => clusterList.membersAt(clusterId, revision),
    listMoment: () => clusterList.readMoment(),
    state: (name) => states[name],
    isReadSince(name, moment) {
      const begun = begunBySource.get(name);
      return begun !== undefined && isLater(begun, moment);
    },
    readOnly,
    nodeFeed() {
      refresh();
      return nodeFeed;
    },
    subscribe(callBack) {
      subscribers.add(callBack);
      return () => subscribers.delete(callBack);
    },
  };
}

/** A reading that counts as begun before it was asked for may be one of Ray's cache. */
function cacheFlag(read: RayRead<unknown>, begun: Moment): { readonly fromCache?: true } {
  return begun.at < read.begunAt ? { fromCache: true } : {};
}

function emptyStates(): SourceStates {
  const nothing = { last: null, failure: null };
  return {
    list: nothing,
    liveness: nothing,
    state: nothing,
    summary: nothing,
    actors: nothing,
    jobs: nothing,
    identity: nothing,
  };
}

function shallowEqual<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}
