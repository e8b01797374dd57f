import { useEffect, useRef } from 'react';
import type { MapQuery } from '../../../../routing/map-query.ts';
import { holderOf } from '../layout/layout.ts';
import type { MapView } from '../surface/map-view-handle.ts';

/** A link that names a card brings it into view; one that is selected here does not move the map. */
export function useSelectedCard(
  { card, node, place }: Pick<MapQuery, 'card' | 'node' | 'place'>,
  view: MapView | null,
): void {
  const isLink = useRef(place === null && node === null);
  useEffect(() => {
    if (view === null) return;
    const layout = view.layout();
    const group = layout?.groups.find((each) => card !== null && holderOf(each)?.clusterId === card.clusterId);
    if (isLink.current && group !== undefined && layout?.grouping === 'cluster') view.revealGroup(group);
    isLink.current = false;
  }, [view, card]);
}
