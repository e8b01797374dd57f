import { readableClusterId } from '../../../../../domain/cluster-id.ts';
import { freshnessLevel, freshnessText } from '../../../../api/freshness-text.ts';
import type { Freshness } from '../../../../api/freshness.ts';
import { NodeStateIcon } from '../../../../node-ui/node-state-icon.tsx';
import { SHOWN_STATES } from '../../../../routing/map-query.ts';
import { text } from '../../../../text/text.ts';
import { asOfText } from '../../../../ui/time-text.ts';
import classes from './kiosk-strip.module.css';
import { codeOf, countByCode, type MapModel } from '../layout/map-model.ts';
import type { KioskTour } from './use-kiosk-tour.ts';

/** Below a wall screen's map: what it shows now, how old that is, what the signs mean and how many there are. The buttons are seen only where the pointer or the focus is. */
export function KioskStrip({
  tour,
  freshness,
  model,
  leave,
}: {
  readonly tour: KioskTour;
  readonly freshness: Freshness;
  readonly model: MapModel;
  readonly leave: () => void;
}) {
  const words = text.map.kiosk;
  const counts = countByCode(model);
  const shown = tour.stop === null ? words.all : tour.stop.clusterId === null ? text.map.pool : null;
  return (
    <section className={classes['strip']} aria-label={words.label}>
      <p className={classes['stop']}>
        {shown ?? readableClusterId(tour.stop?.clusterId ?? '')}
        {tour.isStopped && <span className="quiet"> · {words.stopped}</span>}
      </p>
      <Age freshness={freshness} />
      <ul className={`plain-list ${classes['legend'] ?? ''}`} aria-label={text.map.legend}>
        {SHOWN_STATES.map((state) => ({ state, count: counts[codeOf(state)] ?? 0 }))
          .filter(({ count }) => count > 0)
          .map(({ state, count }) => (
            <li key={state}>
              <NodeStateIcon kind={state} /> {text.map.legendItem(state, count)}
            </li>
          ))}
      </ul>
      <p className={classes['controls']}>
        <button type="button" className="small-button" onClick={tour.toggle}>
          {tour.isStopped ? words.resume : words.stop}
        </button>{' '}
        <button type="button" className="small-button" onClick={leave}>
          {words.leave}
        </button>
      </p>
    </section>
  );
}

/** How old the picture is; also the time that it is from while nothing newer comes. */
function Age({ freshness }: { readonly freshness: Freshness }) {
  const shownFrom = 'shownFrom' in freshness ? freshness.shownFrom : null;
  return (
    <p className={classes['age']} data-level={freshnessLevel(freshness)}>
      {freshnessText(freshness)}
      {shownFrom !== null && ` · ${asOfText(shownFrom)}`}
    </p>
  );
}
