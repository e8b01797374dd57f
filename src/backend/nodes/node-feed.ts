import type { Clock } from '../../clock.ts';
import { createNodeRegistry, type NodeRegistry, type FleetSnapshot } from './node-registry.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createNodeMap, type NodeMap } from './node-map.ts';

/** What is told of single nodes: the map, what happened to them, and everybody as known. It follows the joined fleet. */
export interface NodeFeed {
  /** Another Ray: nothing of before is known of it. */
  reset(epoch: string): void;
  /** Takes the fleet as it was joined; gives the map's number and the newest happening's, as pages are told them. */
  update(picture: FleetSnapshot): { readonly map: number; readonly lately: number };
  map(): NodeMap;
  eventLog(): EventLog;
  /** Everybody, each with its cell and place. */
  registry(): Pick<NodeRegistry, 'records' | 'changeCounters'>;
  close(): void;
}

/** `wake`: asks for `joined` to be called again, as time alone has changed what a node is on the map. */
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
    update(picture) {
      const difference = registry.update(picture);
      map.update(difference, registry.records, clock.now());
      eventLog.record(difference, picture.fleet.clusters, picture.at);
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
