import type { Grouping } from '../../../../routing/map-query.ts';
import type { Flights } from './flights.ts';
import { createCellPainter, type CellPainter } from './paint-cells.ts';
import { paintFlights } from './paint-flights.ts';
import { paintGroupLabels } from './paint-group-labels.ts';
import { paintOverlay } from './paint-overlay.ts';
import { plotOf } from './plot-area.ts';
import type { Scene } from './scene.ts';
import type { Size } from '../layout/viewport.ts';

/** The two canvases of the map, one above the other: the cells, which change seldom, and what is painted over them. */
export interface MapCanvases {
  /** The size of the map, CSS pixels. */
  size(): Size;
  /** Takes the host's size. False where it is what it was and the grouping is the same. */
  measure(grouping: Grouping): boolean;
  /** Paints what changed; true while nodes are on their way, so that another frame is needed. */
  paint(scene: Scene, changed: { readonly cells: boolean }): boolean;
  readonly painter: Pick<CellPainter, 'changed' | 'renew'>;
}

interface MapCanvasesParts {
  readonly host: HTMLElement;
  readonly cells: HTMLCanvasElement;
  readonly over: HTMLCanvasElement;
  readonly flights: Flights;
}

export function createMapCanvases({ host, cells, over, flights }: MapCanvasesParts): MapCanvases {
  const painter = createCellPainter();
  let size: Size = { width: 0, height: 0 };
  let measuredFor: Grouping | null = null;

  return {
    painter,
    size: () => size,
    measure(grouping) {
      const [width, height] = [host.clientWidth, host.clientHeight];
      if (width === size.width && height === size.height && grouping === measuredFor) return false;
      size = { width, height };
      measuredFor = grouping;
      const plot = plotOf(size, grouping);
      Object.assign(cells.style, {
        left: `${String(plot.x)}px`,
        top: `${String(plot.y)}px`,
        width: `${String(plot.width)}px`,
        height: `${String(plot.height)}px`,
      });
      Object.assign(over.style, { width: `${String(width)}px`, height: `${String(height)}px` });
      return true;
    },
    paint(scene, changed) {
      if (changed.cells) painter.paint(cells, scene);
      const { ratio } = scene;
      const pen = over.getContext('2d');
      const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
      if (over.width !== width || over.height !== height) {
        over.width = width;
        over.height = height;
      }
      if (pen === null) return false;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, size.width, size.height);
      pen.textBaseline = 'alphabetic';
      paintOverlay(pen, scene);
      const flying = flights.at(performance.now());
      if (flying !== null) paintFlights(pen, scene, flying);
      if (scene.layout.grouping === 'template') paintGroupLabels(pen, scene);
      return flying !== null;
    },
  };
}
