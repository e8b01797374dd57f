import type { CellState } from '../../../../contract/map.ts';

/** The map's colours as CSS values. */
export interface MapColours {
  readonly surface: string;
  readonly band: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly mark: string;
  readonly onUsed: string;
  readonly states: Readonly<Record<CellState, string>>;
}

/** Reads the map's colours from an element's styles, since a canvas cannot use custom properties. */
export function readMapColours(element: Element): MapColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--map-${name}`).trim() || 'gray';
  return {
    surface: token('surface'),
    band: token('band'),
    text: token('text'),
    quiet: token('quiet'),
    line: token('line'),
    mark: token('mark'),
    onUsed: token('on-used'),
    states: {
      used: token('used'),
      reserved: token('reserved'),
      idle: token('idle'),
      alive: token('alive'),
      arriving: token('arriving'),
      dead: token('dead'),
      unknown: token('unknown'),
    },
  };
}
