// oxlint-disable-next-line import/no-unassigned-import -- uPlot is loaded after it
import './valid-language.ts';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { heightOf, plotData, stepEnd, type ChartModel, type LayerKey } from './chart-model.ts';
import { amountText, axisText } from './chart-words.ts';
import { stepRuns } from './step-runs.ts';

/** The colours of a chart as CSS values. */
export interface ChartColours {
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly hatch: string;
  readonly of: (key: LayerKey) => string;
}

/** Reads a chart's colours from an element's styles, since a canvas cannot use custom properties. */
export function readChartColours(element: Element): ChartColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--chart-${name}`).trim() || 'gray';
  return {
    text: token('text'),
    quiet: token('quiet'),
    line: token('line'),
    hatch: token('hatch'),
    of: (key) => token(key),
  };
}

export interface Plot {
  resize(width: number, height: number): void;
  /** Puts the line of the crosshair on a step; null: nowhere. */
  point(at: number | null): void;
  /** Where the plot's area begins and how wide it is, in CSS pixels within the chart. */
  area(): { readonly left: number; readonly width: number };
  destroy(): void;
}

interface PlotParts {
  readonly model: ChartModel;
  readonly colours: ChartColours;
  readonly font: string;
  readonly width: number;
  readonly height: number;
  /** The step below the pointer; null: it left. */
  readonly onPoint: (at: number | null) => void;
  readonly onDrawn: () => void;
}

/** Draws a model into an element. */
export function createPlot(host: HTMLElement, parts: PlotParts): Plot {
  const { model, colours, font, onPoint } = parts;
  const layers = model.layers.toReversed();
  const plot = new UPlot(
    {
      width: parts.width,
      height: parts.height,
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: { x: { time: true }, y: { range: () => [0, Math.ceil(heightOf(model) * 1.05)] } },
      axes: [
        {
          stroke: colours.quiet,
          font,
          size: 28,
          gap: 4,
          space: 64,
          grid: { show: false },
          ticks: { stroke: colours.line, size: 4, width: 1 },
          values: (_plot, splits) => {
            const step = ((splits[1] ?? 0) - (splits[0] ?? 0)) * 1_000;
            return splits.map((second) => axisText(second * 1_000, step));
          },
        },
        {
          stroke: colours.quiet,
          font,
          gap: 4,
          size: (_plot, values) => 16 + 7 * Math.max(2, ...(values ?? []).map(({ length }) => length)),
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000],
          grid: { stroke: colours.line, width: 1 },
          ticks: { show: false },
          values: (_plot, splits) => splits.map((value) => amountText(value)),
        },
      ],
      series: [
        {},
        ...layers.map(({ key }) => ({ fill: colours.of(key), width: 0, paths: areaPaths, points: { show: false } })),
        ...(model.held === null
          ? []
          : [{ stroke: colours.text, width: 1.5, paths: linePaths, points: { show: false } }]),
      ],
      hooks: {
        setCursor: [
          (self) => {
            const { left } = self.cursor;
            if (left === undefined || left < 0) return onPoint(null);
            const at = Math.floor((self.posToVal(left, 'x') * 1_000 - model.from) / model.step);
            onPoint(Math.min(model.count - 1, Math.max(0, at)));
          },
        ],
        draw: [(self) => drawGaps(self, model, colours)],
        ready: [() => parts.onDrawn()],
      },
    },
    plotData(model),
    host,
  );
  let pointed: number | null = null;
  function point(at: number | null) {
    pointed = at;
    const middle = at === null ? null : (model.from + at * model.step + stepEnd(model, at)) / 2_000;
    plot.setCursor({ left: middle === null ? -10 : plot.valToPos(middle, 'x'), top: 0 }, false);
  }
  return {
    resize(width, height) {
      plot.setSize({ width, height });
      point(pointed);
    },
    point,
    area: () => ({ left: plot.over.offsetLeft, width: plot.over.clientWidth }),
    destroy: () => plot.destroy(),
  };
}

/** Steps filled down to 0. */
const areaPaths: UPlot.Series.PathBuilder = (plot, index, from, to) => {
  const fill = new Path2D();
  const zero = plot.valToPos(0, 'y', true);
  for (const run of runsOf(plot, index, from, to)) {
    fill.moveTo(run[0]?.left ?? 0, zero);
    for (const { left, right, top } of run) {
      fill.lineTo(left, top);
      fill.lineTo(right, top);
    }
    fill.lineTo(run.at(-1)?.right ?? 0, zero);
  }
  return { stroke: null, fill };
};

/** Steps as a line. */
const linePaths: UPlot.Series.PathBuilder = (plot, index, from, to) => {
  const stroke = new Path2D();
  for (const run of runsOf(plot, index, from, to)) {
    run.forEach(({ left, right, top }, at) => {
      if (at === 0) stroke.moveTo(left, top);
      else stroke.lineTo(left, top);
      stroke.lineTo(right, top);
    });
  }
  return { stroke };
};

function runsOf(plot: UPlot, index: number, from: number, to: number) {
  return stepRuns(plot.data[0], plot.data[index] ?? [], { from, to }, (second, value) => ({
    x: plot.valToPos(second, 'x', true),
    y: plot.valToPos(value, 'y', true),
  }));
}

/** Hatches what is not known, over the areas. */
function drawGaps(plot: UPlot, { gaps }: ChartModel, colours: ChartColours): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colours.hatch;
  ctx.lineWidth = UPlot.pxRatio;
  // Wide enough that a year of which nothing is known does not outshout the month that is.
  const distance = 12 * UPlot.pxRatio;
  for (const { from, to } of gaps) {
    const left = Math.max(bbox.left, plot.valToPos(from / 1_000, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(to / 1_000, 'x', true));
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, bbox.top, Math.max(1, right - left), bbox.height);
    ctx.clip();
    ctx.beginPath();
    // On one grid, so that gaps side by side look alike.
    const first = Math.floor((left - bbox.height) / distance) * distance;
    for (let x = first; x < right; x += distance) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
  }
  ctx.restore();
}
