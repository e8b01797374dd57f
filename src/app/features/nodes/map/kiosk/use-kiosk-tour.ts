import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { shownValue } from '../../../../../domain/sourced.ts';
import { useConsole, useFleet } from '../../../../api/console.tsx';
import { countsOf } from '../layout/card-counts.ts';
import { startTour } from './kiosk-tour.ts';
import type { LinkHolder } from '../../../../routing/map-query.ts';
import { holderOf, type Group } from '../layout/layout.ts';
import type { MapModel } from '../layout/map-model.ts';
import type { MapView } from '../surface/map-view-handle.ts';

/** The tour of a wall screen. */
export interface KioskTour {
  /** The card that is shown; null: the whole fleet. */
  readonly stop: LinkHolder | null;
  readonly isStopped: boolean;
  toggle(): void;
}

/** What the tour needs of the map. */
export type TouredView = Pick<MapView, 'layout' | 'setMarks' | 'fitAll' | 'showGroup'>;

/** Moves the map through the stops of the tour for as long as the page is open, or until somebody stops it. */
export function useKioskTour(model: MapModel, view: TouredView | null): KioskTour {
  const { clock } = useConsole();
  const { fleet } = useFleet();
  const [stop, setStop] = useState<LinkHolder | null>(null);
  const [isStopped, setStopped] = useState(false);
  const next = useRef(0);
  const hasLeftover = useEffectEvent((clusterId: string | null) => {
    const cluster = clusterId === null ? undefined : fleet?.clusters.get(clusterId);
    const used = cluster === undefined ? null : shownValue(cluster.usedBy);
    return used?.value.jobClusters.some(({ leftover }) => leftover.known && leftover.value) ?? false;
  });
  useEffect(() => {
    if (isStopped || view === null) return undefined;
    const groups = () => view.layout()?.groups ?? [];
    return startTour({
      clock,
      from: next.current,
      cards: () =>
        groups().flatMap((group: Group) => {
          const card = holderOf(group);
          return card === null
            ? []
            : [{ card, counts: countsOf(group, model.sections), hasLeftover: hasLeftover(card.clusterId) }];
        }),
      show(at, step) {
        next.current = step + 1;
        setStop(at);
        const group = groups().find((each) => at !== null && holderOf(each)?.clusterId === at.clusterId);
        view.setMarks({ card: at });
        if (group === undefined) view.fitAll();
        else view.showGroup(group);
      },
    });
  }, [isStopped, model, view, clock]);
  return { stop, isStopped, toggle: () => setStopped(!isStopped) };
}
