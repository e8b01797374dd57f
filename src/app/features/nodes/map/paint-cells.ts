import { createOverviewBitmap, type OverviewBitmap } from './overview-bitmap.ts';
import { lookOf } from './card-look.ts';
import { cardBoxOf } from './card-box.ts';
import { TINT_OPACITY } from './card-tint.ts';
import type { Cell } from './cell-lookup.ts';
import type { Group, Layout } from './layout.ts';
import type { Section } from './map-model.ts';
import { rasterize } from './raster.ts';
import { visibleAreaOf, type Scene } from './scene.ts';
import { createSprites, type Sprites } from './sprites.ts';
import { LEAST_SHAPE } from './viewport.ts';

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

export function createCellPainter(): CellPainter {
  let isDim: (code: number) => boolean = () => false;
  let sprites = new Map<number, Sprites>();
  let far: {
    readonly bitmap: OverviewBitmap;
    readonly layout: Layout;
    readonly sections: ReadonlyMap<string, Section>;
  } | null = null;
  let image: { readonly data: ImageData; readonly pixels: Uint32Array } | null = null;

  /** The sprites of each section's card. */
  function spritesAt(side: number, { ratio, colours, colouring }: Scene): (section: Section) => Sprites {
    return ({ clusterId }) => {
      const hue = colouring === 'cluster' ? lookOf(clusterId).hue : 0;
      const key = side * 64 + hue;
      const drawn = sprites.get(key);
      if (drawn !== undefined) return drawn;
      if (sprites.size >= MAX_CACHED_SPRITES) sprites.clear();
      const now = createSprites(side, hue, { ratio, colours, colouring, isDim });
      sprites.set(key, now);
      return now;
    };
  }

  function paintShapes(pen: CanvasRenderingContext2D, scene: Scene, width: number, height: number): void {
    if (image === null || image.data.width !== width || image.data.height !== height) {
      const data = new ImageData(width, height);
      image = { data, pixels: new Uint32Array(data.data.buffer) };
    }
    const side = Math.round(scene.scale * scene.ratio);
    // Transparent pixels show the card's tint, or the page's surface.
    image.pixels.fill(0);
    const view = { side, left: Math.round(-scene.view.x * side), top: Math.round(-scene.view.y * side) };
    rasterize(
      { pixels: image.pixels, width, height },
      view,
      scene.layout.blocks.values(),
      scene.sections,
      spritesAt(side, scene),
    );
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
      if (scale * ratio >= LEAST_SHAPE) paintShapes(pen, scene, width, height);
      else {
        if (far === null || far.layout !== layout || far.sections !== sections)
          far = { bitmap: createOverviewBitmap(layout, sections, spritesAt(1, scene)), layout, sections };
        pen.clearRect(0, 0, width, height);
        far.bitmap.draw(pen, visibleAreaOf(scene), {
          left: -scene.view.x * scale * ratio,
          top: -scene.view.y * scale * ratio,
          scale: scale * ratio,
        });
      }
      if (layout.grouping === 'cluster') paintTints(pen, scene);
    },
    changed: (cells) => far?.bitmap.update(cells),
    renew(dim) {
      isDim = dim;
      sprites = new Map();
      far = null;
    },
  };
}

/** Paints each card's ground below its cells. */
function paintTints(pen: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, ratio, plot, colours } = scene;
  pen.save();
  pen.globalCompositeOperation = 'destination-over';
  pen.globalAlpha = TINT_OPACITY;
  for (const group of layout.groups) {
    const { x, y, width, height } = cardBoxOf(scene, group);
    pen.fillStyle = colours.hues[hueOf(group)] ?? colours.quiet;
    pen.beginPath();
    pen.roundRect((x - plot.x) * ratio, (y - plot.y) * ratio, width * ratio, height * ratio, 6 * ratio);
    pen.fill();
  }
  pen.restore();
}

function hueOf({ name }: Group): number {
  return lookOf(name.kind === 'cluster' ? name.id : null).hue;
}
