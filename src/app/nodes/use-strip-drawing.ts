import { useEffect, type RefObject } from 'react';
import { drawStrips, type StripColours } from './draw-strips.ts';
import type { StripLayout } from './strip-layout.ts';
import type { StripRow } from './strips.ts';

/** The height of the table's heading, under which no cell is drawn; as in overview.module.css. */
const HEADING = 32;

/**
 * Keeps the canvas as large as what is seen of the table, and draws the rows in view on it: anew when the fleet, the
 * size or the theme changes, and while it is scrolled.
 */
export function useStripDrawing(parts: {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rows: readonly StripRow[];
  readonly layout: StripLayout;
  readonly margin: number;
}): void {
  const { canvas, scroller, rows, layout, margin } = parts;
  useEffect(() => {
    const surface = canvas.current;
    const frame = scroller.current;
    if (surface === null || frame === null) return undefined;
    let asked = 0;
    const draw = () => {
      asked = 0;
      paint(surface, frame, { rows, layout, margin });
    };
    const drawSoon = () => {
      if (asked === 0) asked = requestAnimationFrame(draw);
    };
    draw();
    frame.addEventListener('scroll', drawSoon, { passive: true });
    const resized = new ResizeObserver(drawSoon);
    resized.observe(frame);
    const themed = new MutationObserver(drawSoon);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      frame.removeEventListener('scroll', drawSoon);
      resized.disconnect();
      themed.disconnect();
      cancelAnimationFrame(asked);
    };
  }, [canvas, scroller, rows, layout, margin]);
}

function paint(
  surface: HTMLCanvasElement,
  frame: HTMLElement,
  { rows, layout, margin }: { readonly rows: readonly StripRow[]; readonly layout: StripLayout; readonly margin: number },
): void {
  const pen = surface.getContext('2d');
  if (pen === null) return;
  const { clientWidth: width, clientHeight: height, scrollTop, scrollLeft } = frame;
  const ratio = window.devicePixelRatio;
  surface.width = Math.round(width * ratio);
  surface.height = Math.round(height * ratio);
  surface.style.width = `${String(width)}px`;
  surface.style.height = `${String(height)}px`;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.beginPath();
  pen.rect(margin, HEADING, width - margin, height - HEADING);
  pen.clip();
  pen.translate(margin - scrollLeft, HEADING - scrollTop);
  drawStrips(pen, { rows, layout, colours: coloursOf(frame), from: scrollTop, to: scrollTop + height });
}

/** A canvas can't read the page's tokens by itself. */
function coloursOf(element: Element): StripColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    busy: token('--accent'),
    idle: token('--accent'),
    free: token('--good'),
    unknown: token('--text-quiet'),
    dead: token('--bad'),
  };
}
