import { createOverviewBitmap, type OverviewBitmap } from './overview-bitmap.ts';
import { lookOf } from './card-look.ts';
import { cardBoxOf } from './card-box.ts';
import { TINT_OPACITY } from './card-tint.ts';
import type { Cell } from '../layout/cell-lookup.ts';
import type { Group, Layout } from '../layout/layout.ts';
import type { Section } from '../layout/map-model.ts';
import { rasterize } from './raster.ts';
import { visibleAreaOf, type Scene } from './scene.ts';
import { fillCard } from './raster-card.ts';
import { createSprites, groundPixel, type Sprites } from './sprites.ts';
import { MIN_SHAPE, type Box } from '../layout/viewport.ts';

/** Paints the cards' tints and the cells on a canvas that covers the plot. */
export interface CellPainter {
  paint(canvas: HTMLCanvasElement, scene: Scene): void;
  /** Called when these cells have another state. */
  changed(cells: readonly Cell[]): void;
  /** Drops all cached drawings: the layout, the colours or the dimmed states changed. */
  renew(isDim: (code: number) => boolean): void;
}

/** How many sizes and hues of sprites are cached. */
const MAX_CACHED_SPRITES = 160;
/** Of a card's corners, CSS pixels. */
const RADIUS = 6;

export function createCellPainter(): CellPainter {
  let isDim: (code: number) => boolean = () => false;
  let sprites = new Map<number, Sprites>();
  let grounds = new Map<string, number>();
  let far: {
    readonly bitmap: OverviewBitmap;
    readonly layout: Layout;
    readonly sections: ReadonlyMap<string, Section>;
  } | null = null;
  let image: { readonly data: ImageData; readonly pixels: Uint32Array } | null = null;

  /** The sprites of each section's card. `hasGround`: whether they have the card's tint below them. */
  function spritesAt(
    side: number,
    { ratio, colours, colouring }: Scene,
    hasGround: boolean,
  ): (section: Section) => Sprites {
    return ({ clusterId }) => {
      const own = lookOf(clusterId).hue;
      const hue = colouring === 'cluster' ? own : 0;
      const key = (side * 16 + hue) * 16 + (hasGround ? own + 1 : 0);
      const drawn = sprites.get(key);
      if (drawn !== undefined) return drawn;
      if (sprites.size >= MAX_CACHED_SPRITES) sprites.clear();
      const ground = hasGround ? (colours.hues[own] ?? colours.quiet) : null;
      const now = createSprites(side, hue, { ratio, colours, colouring, isDim, ground });
      sprites.set(key, now);
      return now;
    };
  }

  function groundOf(colour: string): number {
    const pixel = grounds.get(colour) ?? groundPixel(colour);
    grounds.set(colour, pixel);
    return pixel;
  }

  function paintShapes(pen: CanvasRenderingContext2D, scene: Scene, width: number, height: number): void {
    if (image === null || image.data.width !== width || image.data.height !== height) {
      const data = new ImageData(width, height);
      image = { data, pixels: new Uint32Array(data.data.buffer) };
    }
    const side = Math.round(scene.scale * scene.ratio);
    const raster = { pixels: image.pixels, width, height };
    // Transparent pixels show the page's surface.
    image.pixels.fill(0);
    const hasCards = scene.layout.grouping === 'cluster';
    if (hasCards) for (const card of cardsOf(scene)) fillCard(raster, card.box, card.radius, groundOf(card.colour));
    const view = { side, left: Math.round(-scene.view.x * side), top: Math.round(-scene.view.y * side) };
    rasterize(raster, view, scene.layout.blocks.values(), scene.sections, spritesAt(side, scene, hasCards));
    pen.putImageData(image.data, 0, 0);
  }

  return {
    paint(canvas, scene) {
      const { plot, ratio, scale, layout, sections } = scene;
      const width = Math.max(1, Math.round(plot.width * ratio));
      const height = Math.max(1, Math.round(plot.height * ratio));
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      const pen = canvas.getContext('2d');
      if (pen === null || layout.width === 0) return;
      if (scale * ratio >= MIN_SHAPE) paintShapes(pen, scene, width, height);
      else {
        if (far === null || far.layout !== layout || far.sections !== sections)
          far = { bitmap: createOverviewBitmap(layout, sections, spritesAt(1, scene, false)), layout, sections };
        pen.clearRect(0, 0, width, height);
        if (layout.grouping === 'cluster') paintTints(pen, scene);
        far.bitmap.draw(pen, visibleAreaOf(scene), {
          left: -scene.view.x * scale * ratio,
          top: -scene.view.y * scale * ratio,
          scale: scale * ratio,
        });
      }
    },
    changed: (cells) => far?.bitmap.update(cells),
    renew(dim) {
      isDim = dim;
      sprites = new Map();
      grounds = new Map();
      far = null;
    },
  };
}

interface CardGround {
  /** In device pixels from the plot's corner, as `radius`. */
  readonly box: Box;
  readonly radius: number;
  readonly colour: string;
}

/** The ground of each visible card. */
function cardsOf(scene: Scene): readonly CardGround[] {
  const { layout, ratio, plot, colours } = scene;
  return layout.groups.flatMap((group): readonly CardGround[] => {
    const { x, y, width, height } = cardBoxOf(scene, group);
    const [left, top] = [x - plot.x, y - plot.y];
    if (left > plot.width || top > plot.height || left + width < 0 || top + height < 0) return [];
    const box = { x: left * ratio, y: top * ratio, width: width * ratio, height: height * ratio };
    return [{ box, radius: RADIUS * ratio, colour: colours.hues[hueOf(group)] ?? colours.quiet }];
  });
}

/** Paints each card's ground, before its cells are drawn over it. */
function paintTints(pen: CanvasRenderingContext2D, scene: Scene): void {
  pen.globalAlpha = TINT_OPACITY;
  for (const { box, radius, colour } of cardsOf(scene)) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.roundRect(box.x, box.y, box.width, box.height, radius);
    pen.fill();
  }
  pen.globalAlpha = 1;
}

function hueOf({ name }: Group): number {
  return lookOf(name.kind === 'cluster' ? name.id : null).hue;
}
