import { usageText } from '../text/usage-text.ts';
import { gapAt, type ChartModel } from './chart-model.ts';
import { amountText, layerText, stepText } from './chart-words.ts';
import classes from './usage-chart.module.css';

/** What each colour stands for, with its value at one step. */
export function ChartLegend({ model, at }: { readonly model: ChartModel; readonly at: number }) {
  if (model.count === 0) return null;
  const gap = gapAt(model, at);
  return (
    <div className={classes['legend']} role="group" aria-label={usageText.chart.legend}>
      <span className={classes['when']}>
        {stepText(model, at)}
        {gap !== null && ` · ${usageText.gap[gap]}`}
      </span>
      <ul className={`plain-list ${classes['entries'] ?? ''}`}>
        {model.held !== null && (
          <li className={classes['entry']}>
            <span className={classes['held']} aria-hidden="true" />
            {usageText.states.held} <b>{amountText(model.held[at] ?? null)}</b>
          </li>
        )}
        {model.layers.map((layer) => (
          <li key={layer.key} className={classes['entry']}>
            <span className={classes['swatch']} data-layer={layer.key} aria-hidden="true" />
            <span className={classes['name']} title={layerText(layer)}>
              {layerText(layer)}
            </span>{' '}
            <b>{amountText(layer.values[at] ?? null)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
