import { useEffect, useRef } from 'react';
import { shownValue } from '../../../../domain/sourced.ts';
import { useConsole, useFleet } from '../../../api/console.tsx';
import { countsOf } from './card-counts.ts';
import { tourStop } from './kiosk-tour.ts';
import { holderOf, type Group } from './layout.ts';
import type { MapModel } from './map-model.ts';
import type { MapView } from './map-view-handle.ts';

/** How long each stop is shown, ms. */
const STOP_MS = 12_000;

/** Moves the map through the stops of the tour, one timer at a time, for as long as the page is open. */
export function useKioskTour(isOn: boolean, model: MapModel, view: MapView | null): void {
  const { clock } = useConsole();
  const { fleet } = useFleet();
  const latest = useRef(fleet);
  useEffect(() => {
    latest.current = fleet;
  });
  useEffect(() => {
    if (!isOn || view === null) return undefined;
    let step = 0;
    let cancel: () => void = () => undefined;
    const hasLeftover = (clusterId: string | null) => {
      const cluster = clusterId === null ? undefined : latest.current?.clusters.get(clusterId);
      const used = cluster === undefined ? null : shownValue(cluster.usedBy);
      return used?.value.jobClusters.some(({ leftover }) => leftover.known && leftover.value) ?? false;
    };
    const next = () => {
      const groups = view.layout()?.groups ?? [];
      const cards = groups.flatMap((group: Group) => {
        const card = holderOf(group);
        return card === null
          ? []
          : [{ card, counts: countsOf(group, model.sections), hasLeftover: hasLeftover(card.clusterId) }];
      });
      const stop = tourStop(cards, step);
      const group = groups.find((each) => stop !== null && holderOf(each)?.clusterId === stop.clusterId);
      view.setMarks({ card: stop });
      if (group === undefined) view.fitAll();
      else view.showGroup(group);
      step += 1;
      cancel = clock.after(STOP_MS, next);
    };
    next();
    return () => cancel();
  }, [isOn, model, view, clock]);
}
