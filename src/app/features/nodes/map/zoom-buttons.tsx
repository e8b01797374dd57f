import { text } from '../../../text/text.ts';
import classes from './map-screen.module.css';
import type { MapView } from './map-view-handle.ts';
import { ZOOM_STEP } from './viewport.ts';

/** Beside the legend, so that they cover no card. */
export function ZoomButtons({ view }: { readonly view: MapView | null }) {
  const words = text.map;
  return (
    <div className={`screen-only ${classes['zoom'] ?? ''}`} role="group" aria-label={words.zoom.label}>
      <button type="button" title={words.zoom.in} aria-label={words.zoom.in} onClick={() => view?.zoomBy(ZOOM_STEP)}>
        <ZoomSign d="M8 3v10M3 8h10" />
      </button>
      <button
        type="button"
        title={words.zoom.out}
        aria-label={words.zoom.out}
        onClick={() => view?.zoomBy(1 / ZOOM_STEP)}
      >
        <ZoomSign d="M3 8h10" />
      </button>
      <button type="button" title={words.zoom.fit} aria-label={words.zoom.fit} onClick={() => view?.fitAll()}>
        <ZoomSign d="M2.5 6V2.500H6M10 2.500h3.500V6M13.500 10v3.500H10M6 13.500H2.500V10" />
      </button>
    </div>
  );
}

function ZoomSign({ d }: { readonly d: string }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d={d} />
    </svg>
  );
}
