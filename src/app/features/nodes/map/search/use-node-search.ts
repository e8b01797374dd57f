import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useConsole, useFleet } from '../../../../api/console.tsx';
import { findNodesQuery } from '../../../../api/map-queries.ts';
import type { Cell } from '../layout/cell-lookup.ts';
import type { MapView } from '../surface/map-view-handle.ts';

export type NodeSearch = {
  /** The cells of the found nodes that are on the map; null while loading. */
  readonly cells: readonly Cell[] | null;
  /** The cell that was brought into view. */
  readonly cell: Cell | null;
  /** Brings the next (1) or previous (-1) node into view. */
  readonly step: (by: 1 | -1) => void;
  /** The same for Enter, which goes to the first hit first. */
  readonly enter: (by: 1 | -1) => void;
} & (
  | { readonly state: 'looking' }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'found'; readonly total: number; readonly index: number }
);

const none: readonly Cell[] = [];

/** Searches for nodes to highlight on the map; the first one is brought into view. */
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
    // Once per text: updates of the fleet must not move the map.
    if (view === null || q === '' || current === null || shownFor.current === q) return;
    shownFor.current = q;
    view.showCell(current, 'small');
  }, [view, q, current]);
  /** Enter brings the first hit into view again before it goes on. */
  const enteredFor = useRef('');

  const step = (by: 1 | -1) => {
    if (cells === null || cells.length === 0) return;
    enteredFor.current = q;
    const next = (index + by + cells.length) % cells.length;
    setAt({ q, index: next });
    const cell = cells[next];
    if (cell !== undefined) view?.showCell(cell, 'small');
  };
  // If nothing is found, every node is dimmed.
  const enter = (by: 1 | -1) => {
    if (enteredFor.current === q || current === null) step(by);
    else {
      enteredFor.current = q;
      view?.showCell(current, 'large');
    }
  };
  const base = { cells: q === '' ? null : (cells ?? none), cell: current, step, enter };
  if (data !== undefined) return { ...base, state: 'found', total: data.total, index };
  return error === null
    ? { ...base, cells: null, state: 'looking' }
    : { ...base, cells: null, state: 'failed', why: error.message };
}
