/** The width of a text in the pen's font, CSS pixels. */
export type TextWidths = (pen: Pick<CanvasRenderingContext2D, 'font' | 'measureText'>, said: string) => number;

/** Many names are shortened in each frame, by many measurements each, which are the same in the next frame. */
const MAX_KEPT = 20_000;

/** Remembers what it measured. */
export function createTextWidths(): TextWidths {
  const known = new Map<string, number>();
  return (pen, said) => {
    const key = `${pen.font} ${said}`;
    const width = known.get(key);
    if (width !== undefined) return width;
    if (known.size >= MAX_KEPT) known.clear();
    const measured = pen.measureText(said).width;
    known.set(key, measured);
    return measured;
  };
}
