import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useConsole, useFleet } from '../../../api/console.tsx';
import { findNodesQuery } from '../../../api/map-queries.ts';
import type { Cell } from './cell-lookup.ts';
import type { MapView } from './map-view-handle.ts';

export type NodeSearch = {
  /** Where those that have a place on the map are; null while they aren't known. */
  readonly cells: readonly Cell[] | null;
  /** The one that is in view. */
  readonly cell: Cell | null;
  /** Brings the next one into view, or (-1) the one before. */
  readonly step: (by: 1 | -1) => void;
} & (
  | { readonly state: 'looking' }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'found'; readonly total: number; readonly index: number }
);

const none: readonly Cell[] = [];

/** The nodes that a text finds, lit up on the map; the first is brought into view. */
export function useNodeSearch(q: string, view: MapView | null): NodeSearch {
  const { api } = useConsole();
  const { fleet } = useFleet();
  const { data, error } = useQuery({ ...findNodesQuery(api, q, fleet?.map ?? 0), enabled: q !== '' });
  const [at, setAt] = useState({ q, index: 0 });
  const cells = useMemo(() => data?.nodes.flatMap(({ place }) => (place === null ? [] : [place])) ?? null, [data]);
  const index = at.q === q && cells !== null && cells.length > 0 ? at.index % cells.length : 0;
  const current = cells?.[index] ?? null;
  const shownFor = useRef('');
  useEffect(() => {
    if (q === '') shownFor.current = '';
    // Once a text: a fleet that moves on must not move the map.
    if (view === null || q === '' || current === null || shownFor.current === q) return;
    shownFor.current = q;
    view.showCell(current, 'small');
  }, [view, q, current]);

  const step = (by: 1 | -1) => {
    if (cells === null || cells.length === 0) return;
    const next = (index + by + cells.length) % cells.length;
    setAt({ q, index: next });
    const cell = cells[next];
    if (cell !== undefined) view?.showCell(cell, 'small');
  };
  // Where nothing is found nothing is lit up, and all stands back.
  const base = { cells: q === '' ? null : (cells ?? none), cell: current, step };
  if (data !== undefined) return { ...base, state: 'found', total: data.total, index };
  return error === null
    ? { ...base, cells: null, state: 'looking' }
    : { ...base, cells: null, state: 'failed', why: error.message };
}
