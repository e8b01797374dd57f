import type { Colouring } from '../../../../routing/map-query.ts';
import type { ShownState } from '../../../../../contract/map.ts';
import type { MapColours } from './colours.ts';

/** How one cell is filled: its colour, and which share of it is solid from the bottom up. */
export interface CellPaint {
  readonly colour: string;
  /** From 0 to 1. */
  readonly fill: number;
  /** The opacity of a cell that is only a dot. */
  readonly weight: number;
}

const EIGHTHS = 8;

/** `load`: in eighths plus one; 0: not known. `hue`: of the node's card. */
export function cellPaint(
  state: ShownState,
  load: number,
  { colours, colouring, hue }: { readonly colours: MapColours; readonly colouring: Colouring; readonly hue: number },
): CellPaint {
  const share = load === 0 ? null : (load - 1) / EIGHTHS;
  const fill = fillOf(state, share);
  const weight = weightOf(state, share);
  switch (state) {
    // Never coloured by their holder: they are to be seen anywhere.
    case 'dead':
    case 'arriving':
    case 'unknown':
      return { colour: colours.states[state], fill, weight };
    case 'used':
    case 'reserved':
    case 'idle':
    case 'free':
    case 'alive':
      switch (colouring) {
        case 'cluster':
          return { colour: colours.hues[hue] ?? colours.text, fill, weight };
        case 'state':
          return { colour: colours.states[state], fill, weight };
        case 'use':
          return share === null
            ? { colour: colours.states.unknown, fill: 0, weight: 0.3 }
            : { colour: colours.heat, fill: share, weight: 0.15 + 0.85 * share };
      }
  }
}

/** A used node shows at least a little, even where only a job supervisor runs on it; all where its load isn't known. */
function fillOf(state: ShownState, share: number | null): number {
  switch (state) {
    case 'used':
      return share === null ? 1 : Math.max(1 / EIGHTHS, share);
    case 'alive':
    case 'reserved':
    case 'idle':
    case 'free':
      return share ?? 0;
    case 'arriving':
    case 'dead':
    case 'unknown':
      return 0;
  }
}

/** States differ in lightness where cells are dots, and so do loads. */
function weightOf(state: ShownState, share: number | null): number {
  switch (state) {
    case 'used':
      return 0.66 + 0.34 * (share ?? 1);
    case 'reserved':
      return 0.5;
    case 'idle':
    case 'free':
      return 0.26;
    case 'alive':
      return 0.55;
    case 'arriving':
    case 'dead':
      return 1;
    case 'unknown':
      return 0.45;
  }
}
