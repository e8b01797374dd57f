import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Change } from '../../contract/change.ts';
import { usageText } from '../text/usage-text.ts';
import { useIsPrinting } from '../ui/use-is-printing.ts';
import type { ChartModel } from './chart-model.ts';
import { stepSentence, zonesText } from './chart-words.ts';
import { ChartLegend } from './chart-legend.tsx';
import { ChartMarks } from './chart-marks-row.tsx';
import { ChartTable } from './chart-table.tsx';
import { createPlot, readChartColours, type Plot } from './create-plot.ts';
import { steppedBy } from './chart-cursor.ts';
import classes from './usage-chart.module.css';

interface UsageChartProps {
  readonly model: ChartModel;
  /** What it shows, as its name. */
  readonly label: string;
  readonly height: number;
  /** The virtual cluster that the changes are of, and these; null: no marks. */
  readonly marks: { readonly clusterId: string; readonly changes: readonly Change[] } | null;
}

/** Nodes over time: drawn, or the same numbers as a table. */
export function UsageChart({ model, label, height, marks }: UsageChartProps) {
  const words = usageText.chart;
  const [isTable, setTable] = useState(false);
  const scheme = useComputedColorScheme();
  const isPrinting = useIsPrinting();
  const gaps = [...new Set(model.gaps.map(({ kind }) => usageText.gap[kind]))];
  return (
    <figure className={classes['figure']} aria-label={label}>
      {isTable ? (
        <ChartTable model={model} label={label} />
      ) : (
        // Drawn again for another theme, since a canvas keeps its colours.
        <Drawn
          key={isPrinting ? 'paper' : scheme}
          isPrinting={isPrinting}
          model={model}
          label={label}
          height={height}
          marks={marks}
        />
      )}
      <figcaption className={classes['caption']}>
        <button type="button" className="link-button screen-only" onClick={() => setTable(!isTable)}>
          {isTable ? words.asChart : words.asTable}
        </button>
        <span className="quiet">
          {usageText.zone(zonesText(model))}
          {gaps.length > 0 && ` ${usageText.gaps(gaps)}`}
        </span>
      </figcaption>
    </figure>
  );
}

/** The canvas, its crosshair and its legend. A slider over time, so that arrow keys move the crosshair and its value is read out. */
function Drawn({ model, label, height, marks, isPrinting }: UsageChartProps & { readonly isPrinting: boolean }) {
  const words = usageText.chart;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [area, setArea] = useState<{ readonly left: number; readonly width: number } | null>(null);
  const keys = useId();

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    const { fontFamily } = getComputedStyle(element);
    const made = createPlot(element, {
      model,
      colours: readChartColours(element),
      font: `12px ${fontFamily}`,
      width: element.clientWidth,
      height,
      onPoint: setAt,
      onDrawn: () => setTimeout(() => plot.current !== null && setArea(plot.current.area()), 0),
    });
    plot.current = made;
    setArea(made.area());
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === 0) return;
      made.resize(element.clientWidth, height);
      setArea(made.area());
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [model, height]);

  useEffect(() => plot.current?.point(at), [at]);

  function keyPressed(event: KeyboardEvent) {
    const next = steppedBy(event.key, at, model.count);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
  }

  // A new model may have fewer steps.
  const shown = Math.min(at ?? model.count, model.count - 1);
  return (
    <>
      <div
        ref={host}
        className={classes['plot']}
        data-print={isPrinting || undefined}
        style={{ minHeight: height }}
        role="slider"
        tabIndex={0}
        aria-label={words.position(label)}
        aria-describedby={keys}
        aria-valuemin={0}
        aria-valuemax={model.count - 1}
        aria-valuenow={shown}
        aria-valuetext={stepSentence(model, shown)}
        onKeyDown={keyPressed}
      />
      <span id={keys} className="visually-hidden">
        {words.keys}
      </span>
      {marks !== null && area !== null && <ChartMarks model={model} area={area} {...marks} />}
      <ChartLegend model={model} at={shown} />
    </>
  );
}
