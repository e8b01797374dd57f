import { createOverviewBitmap, type OverviewBitmap } from './overview-bitmap.ts';
import type { Cell } from './cell-lookup.ts';
import type { Layout } from './layout.ts';
import type { Section } from './map-model.ts';
import { rasterize } from './raster.ts';
import { visibleAreaOf, type Scene } from './scene.ts';
import { drawSprites, type Sprites } from './sprites.ts';
import { LEAST_SHAPE } from './viewport.ts';

/** Paints the cells on a canvas that covers the plot. */
export interface CellPainter {
  paint(canvas: HTMLCanvasElement, scene: Scene): void;
  /** Called when these cells have another state. */
  changed(cells: readonly Cell[]): void;
  /** Drops all cached drawings: the layout, the colours or the dimmed states changed. */
  renew(isDim: (code: number) => boolean): void;
}

/** How many sizes of sprites are cached. */
const MAX_CACHED_SIZES = 48;

export function createCellPainter(): CellPainter {
  let isDim: (code: number) => boolean = () => false;
  let sprites = new Map<number, Sprites>();
  let far: {
    readonly bitmap: OverviewBitmap;
    readonly layout: Layout;
    readonly sections: ReadonlyMap<string, Section>;
  } | null = null;
  let image: { readonly data: ImageData; readonly pixels: Uint32Array } | null = null;

  function spritesOf(side: number, { ratio, colours }: Scene): Sprites {
    const drawn = sprites.get(side);
    if (drawn !== undefined) return drawn;
    if (sprites.size >= MAX_CACHED_SIZES) sprites.clear();
    const now = drawSprites(side, ratio, colours, isDim);
    sprites.set(side, now);
    return now;
  }

  function paintShapes(pen: CanvasRenderingContext2D, scene: Scene, width: number, height: number): void {
    if (image === null || image.data.width !== width || image.data.height !== height) {
      const data = new ImageData(width, height);
      image = { data, pixels: new Uint32Array(data.data.buffer) };
    }
    const side = Math.round(scene.scale * scene.ratio);
    // Transparent pixels show the page's surface.
    image.pixels.fill(0);
    const view = { side, left: Math.round(-scene.view.x * side), top: Math.round(-scene.view.y * side) };
    rasterize(
      { pixels: image.pixels, width, height },
      view,
      scene.layout.blocks.values(),
      scene.sections,
      spritesOf(side, scene),
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
      if (scale * ratio >= LEAST_SHAPE) {
        paintShapes(pen, scene, width, height);
        return;
      }
      if (far === null || far.layout !== layout || far.sections !== sections)
        far = { bitmap: createOverviewBitmap(layout, sections, spritesOf(1, scene)), layout, sections };
      pen.clearRect(0, 0, width, height);
      far.bitmap.draw(pen, visibleAreaOf(scene), {
        left: -scene.view.x * scale * ratio,
        top: -scene.view.y * scale * ratio,
        scale: scale * ratio,
      });
    },
    changed: (cells) => far?.bitmap.update(cells),
    renew(dim) {
      isDim = dim;
      sprites = new Map();
      far = null;
    },
  };
}
