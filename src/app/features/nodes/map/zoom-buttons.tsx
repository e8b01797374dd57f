import { text } from '../../../text/text.ts';
import { Icon } from '../../../ui/icon.tsx';
import classes from './zoom-buttons.module.css';
import type { MapView } from './surface/map-view-handle.ts';
import { ZOOM_STEP } from './layout/viewport.ts';

/** Beside the legend, so that they cover no card. */
export function ZoomButtons({ view }: { readonly view: MapView | null }) {
  const words = text.map;
  return (
    <div className={`screen-only button-group ${classes['zoom'] ?? ''}`} role="group" aria-label={words.zoom.label}>
      <button type="button" title={words.zoom.in} aria-label={words.zoom.in} onClick={() => view?.zoomBy(ZOOM_STEP)}>
        <Icon of="plus" size={16} />
      </button>
      <button
        type="button"
        title={words.zoom.out}
        aria-label={words.zoom.out}
        onClick={() => view?.zoomBy(1 / ZOOM_STEP)}
      >
        <Icon of="minus" size={16} />
      </button>
      <button type="button" title={words.zoom.fit} aria-label={words.zoom.fit} onClick={() => view?.resetView()}>
        <Icon of="fit" size={16} />
      </button>
    </div>
  );
}
