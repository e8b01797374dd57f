import type { Clock } from '../clock.ts';
import { createCensus, type Census, type JoinedPicture } from './census.ts';
import { createHappenings, type Happenings } from './lately.ts';
import { createNodeMap, type NodeMap } from './node-map.ts';

/** What is told of single nodes: the map, what happened to them, and everybody as known. It follows the joined fleet. */
export interface NodeFeed {
  /** Another Ray: nothing of before is known of it. */
  begin(epoch: string): void;
  /** Takes the fleet as it was joined; gives the map's number and the newest happening's, as pages are told them. */
  joined(picture: JoinedPicture): { readonly map: number; readonly lately: number };
  map(): NodeMap;
  happenings(): Happenings;
  /** Everybody, each with its cell and place. */
  census(): Pick<Census, 'records' | 'counts'>;
  close(): void;
}

/** `wake`: asks for `joined` to be called again, as time alone has changed what a node is on the map. */
export function createNodeFeed({ clock, wake }: { readonly clock: Clock; readonly wake: () => void }): NodeFeed {
  let census = createCensus();
  let map = createNodeMap('');
  let happenings = createHappenings('');
  let cancelWake: () => void = () => undefined;

  function wakeAt(time: number | null) {
    cancelWake();
    cancelWake = time === null ? () => undefined : clock.after(time - clock.now(), wake);
  }

  return {
    begin(epoch) {
      census = createCensus();
      map = createNodeMap(epoch);
      happenings = createHappenings(epoch);
      wakeAt(null);
    },
    joined(picture) {
      const difference = census.take(picture);
      map.take(difference, census.records, clock.now());
      happenings.take(difference, picture.fleet.clusters, picture.at);
      wakeAt(map.nextChange());
      return { map: map.number(), lately: happenings.last() };
    },
    map: () => map,
    happenings: () => happenings,
    census() {
      map.settle();
      return census;
    },
    close: () => wakeAt(null),
  };
}
