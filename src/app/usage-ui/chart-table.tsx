import { usageText } from '../text/usage-text.ts';
import { Pager, usePagination } from '../ui/pager.tsx';
import type { ChartModel } from './chart-model.ts';
import { amountText, layerText, stepText } from './chart-words.ts';
import classes from './usage-chart.module.css';

const SIZE = 50;

/** The numbers of a chart, newest first. */
export function ChartTable({ model, label }: { readonly model: ChartModel; readonly label: string }) {
  const pages = usePagination(model.count, SIZE);
  const steps = Array.from({ length: pages.to - pages.from }, (_, row) => model.count - 1 - pages.from - row);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard */}
      <div className={classes['scroller']} role="region" aria-label={usageText.chart.table(label)} tabIndex={0}>
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">{usageText.chart.when}</th>
              {model.held !== null && <th scope="col">{usageText.states.held}</th>}
              {model.layers.map((layer) => (
                <th key={layer.key} scope="col">
                  {layerText(layer)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((at) => (
              <tr key={at}>
                <th scope="row">{stepText(model, at)}</th>
                {model.held !== null && <td>{amountText(model.held[at] ?? null)}</td>}
                {model.layers.map((layer) => (
                  <td key={layer.key}>{amountText(layer.values[at] ?? null)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager pages={pages} label={usageText.chart.table(label)} />
    </>
  );
}
