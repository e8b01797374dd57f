import type { Clock } from '../../clock.ts';
import { nodesLastKnownAt } from '../../contract/nodes-last-known.ts';
import { createNodeRegistry, type NodeRegistry, type FleetSnapshot } from './node-registry.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createNodeMap, type NodeMap } from './node-map.ts';

/** Everything about single nodes (registry, map, events), derived from the joined fleet. */
export interface NodeFeed {
  /** Another Ray: forgets everything. */
  reset(epoch: string): void;
  /**
   * Applies the joined fleet; returns the numbers of the map and of the newest event. While Ray is away, everything stays as it
   * was known last.
   */
  update(snapshot: FleetSnapshot): { readonly map: number; readonly lately: number };
  map(): NodeMap;
  eventLog(): EventLog;
  /** All nodes, each with its cell and place. */
  registry(): Pick<NodeRegistry, 'records' | 'changeCounters'>;
  /** When the nodes were read, ms since 1970, while Ray is away and they stay as they were known last; null: they are current. */
  lastKnownAt(): number | null;
  close(): void;
}

/** `wake`: called when `update` is due because a node has stopped being new. */
export function createNodeFeed({ clock, wake }: { readonly clock: Clock; readonly wake: () => void }): NodeFeed {
  let registry = createNodeRegistry();
  let map = createNodeMap('');
  let eventLog = createEventLog('');
  let lastKnownAt: number | null = null;
  let cancelWake: () => void = () => undefined;

  function wakeAt(time: number | null) {
    cancelWake();
    cancelWake = time === null ? () => undefined : clock.after(time - clock.now(), wake);
  }

  return {
    reset(epoch) {
      registry = createNodeRegistry();
      map = createNodeMap(epoch);
      eventLog = createEventLog(epoch);
      lastKnownAt = null;
      wakeAt(null);
    },
    update(snapshot) {
      lastKnownAt = registry.records.size === 0 ? null : nodesLastKnownAt(snapshot.sources);
      if (lastKnownAt !== null) return { map: map.number(), lately: eventLog.last() };
      const difference = registry.update(snapshot);
      map.update(difference, registry.records, clock.now());
      eventLog.record(difference, snapshot.fleet.clusters, snapshot.at);
      wakeAt(map.nextChange());
      return { map: map.number(), lately: eventLog.last() };
    },
    map: () => map,
    eventLog: () => eventLog,
    registry() {
      map.build();
      return registry;
    },
    lastKnownAt: () => lastKnownAt,
    close: () => wakeAt(null),
  };
}
