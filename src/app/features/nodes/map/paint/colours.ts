import type { ShownState } from '../../../../../contract/map.ts';
import { HUES } from './card-look.ts';

/** The map's colours as CSS values. */
export interface MapColours {
  readonly surface: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly mark: string;
  /** The node that was found and brought into view. */
  readonly current: string;
  readonly heat: string;
  readonly states: Readonly<Record<ShownState, string>>;
  /** By hue of `CardLook`, the free pool's last. */
  readonly hues: readonly string[];
}

/** Reads the map's colours from an element's styles, since a canvas cannot use custom properties. */
export function readMapColours(element: Element): MapColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--map-${name}`).trim() || 'gray';
  return {
    surface: token('surface'),
    text: token('text'),
    quiet: token('quiet'),
    line: token('line'),
    mark: token('mark'),
    current: token('current'),
    heat: token('heat'),
    states: {
      used: token('used'),
      reserved: token('reserved'),
      idle: token('idle'),
      free: token('free'),
      alive: token('alive'),
      arriving: token('arriving'),
      dead: token('dead'),
      unknown: token('unknown'),
    },
    hues: [...Array.from({ length: HUES }, (_, index) => token(`hue-${String(index)}`)), token('hue-pool')],
  };
}
