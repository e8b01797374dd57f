import type { Measure } from './card-label.ts';

/**
 * Sets the pen's font and measures texts in it, CSS pixels; call it again for another font. The font is
 * not read back from the pen, which serializes it on every read.
 */
export type TextWidths = (pen: MeasuringPen, font: string) => Measure;

interface MeasuringPen {
  font: string;
  measureText(label: string): { readonly width: number };
}

/** Many names are shortened in each frame, by many measurements each, which are the same in the next frame. */
const MAX_KEPT = 20_000;
const MAX_FONTS = 60;

/** Remembers what it measured. */
export function createTextWidths(): TextWidths {
  const fonts = new Map<string, Map<string, number>>();
  return (pen, font) => {
    pen.font = font;
    const known = fonts.get(font) ?? new Map<string, number>();
    if (fonts.size >= MAX_FONTS && !fonts.has(font)) fonts.clear();
    fonts.set(font, known);
    return (label) => {
      const width = known.get(label);
      if (width !== undefined) return width;
      if (known.size >= MAX_KEPT) known.clear();
      const measured = pen.measureText(label).width;
      known.set(label, measured);
      return measured;
    };
  };
}
