import type { Clock } from '../../clock.ts';
import { createNodeRegistry, type NodeRegistry, type FleetSnapshot } from './node-registry.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createNodeMap, type NodeMap } from './node-map.ts';

/** Everything about single nodes (registry, map, events), derived from the joined fleet. */
export interface NodeFeed {
  /** Another Ray: forgets everything. */
  reset(epoch: string): void;
  /** Applies the joined fleet; returns the numbers of the map and of the newest event. */
  update(snapshot: FleetSnapshot): { readonly map: number; readonly lately: number };
  map(): NodeMap;
  eventLog(): EventLog;
  /** All nodes, each with its cell and place. */
  registry(): Pick<NodeRegistry, 'records' | 'changeCounters'>;
  close(): void;
}

/** `wake`: called when `update` is due because a node has stopped being new. */
export function createNodeFeed({ clock, wake }: { readonly clock: Clock; readonly wake: () => void }): NodeFeed {
  let registry = createNodeRegistry();
  let map = createNodeMap('');
  let eventLog = createEventLog('');
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
      wakeAt(null);
    },
    update(snapshot) {
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
    close: () => wakeAt(null),
  };
}
