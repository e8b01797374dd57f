import type { Group } from '../layout/layout.ts';
import { toCanvas, type Scene } from './scene.ts';
import type { Box } from '../layout/viewport.ts';

/** Half of the gap between two cards, CSS pixels. */
const MARGIN = 2;

/** Where a card is drawn on the canvas, CSS pixels. */
export function cardBoxOf(scene: Pick<Scene, 'view' | 'scale' | 'plot'>, group: Group): Box {
  const { x, y } = toCanvas(scene, group.x, group.y);
  const margin = Math.min(MARGIN, group.width * scene.scale * 0.04);
  return {
    x: x + margin,
    y: y + margin,
    width: Math.max(1, group.width * scene.scale - 2 * margin),
    height: Math.max(1, group.height * scene.scale - 2 * margin),
  };
}
