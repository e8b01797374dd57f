import { usageText } from '../text/usage-text.ts';
import { readableClusterId } from '../../domain/cluster-id.ts';
import { countText } from '../text/en/count-text.ts';
import { text } from '../text/text.ts';
import { clockText, dateText } from '../ui/time-text.ts';
import { gapAt, stepEnd, type ChartLayer, type ChartModel } from './chart-model.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A number of nodes, which as a mean may be a fraction: `8`, `7.5`, `1,204.3`. */
export function amountText(value: number | null): string {
  if (value === null) return usageText.unknown;
  const tenths = Math.round(value * 10);
  const whole = countText(Math.floor(tenths / 10));
  return tenths % 10 === 0 ? whole : `${whole}.${String(tenths % 10)}`;
}

/** The name of a layer. */
export function layerText({ key, clusterId, count }: Pick<ChartLayer, 'key' | 'clusterId' | 'count'>): string {
  if (clusterId !== null) return readableClusterId(clusterId);
  switch (key) {
    case 'used':
    case 'reserved':
    case 'idle':
    case 'dead':
    case 'free':
      return usageText.states[key];
    case 'others':
      return usageText.others(count);
    default:
      return usageText.unknown;
  }
}

/** A mark on the time axis. `step`: the distance of the marks. */
export function axisText(at: number, step: number): string {
  const date = new Date(at);
  const day = usageText.dates.day(date.getDate(), date.getMonth());
  if (step < DAY) return date.getHours() === 0 && date.getMinutes() === 0 ? day : clockText(at);
  if (step < 28 * DAY) return day;
  return usageText.dates.month(date.getMonth(), date.getFullYear());
}

/** When a step of a chart was: `24 Nov 2026, 14:00 – 15:00`. */
export function stepText(model: Pick<ChartModel, 'from' | 'to' | 'step'>, at: number): string {
  const begin = model.from + at * model.step;
  const end = stepEnd(model, at);
  const isOneDay = new Date(begin).toDateString() === new Date(end - 1).toDateString();
  const time = (of: number) => text.ago.dateAndTime(dateText(of), clockText(of));
  const [before, after] = [begin, end].map((of) => zoneText(new Date(of).getTimezoneOffset()));
  // When clocks are set back, an hour would seem to end when it begins.
  if (before !== undefined && after !== undefined && before !== after)
    return usageText.until(text.joins.bracketed(time(begin), before), text.joins.bracketed(time(end), after));
  return usageText.until(time(begin), isOneDay ? clockText(end) : time(end));
}

const ZONES_LOOKED_AT = 16;

/** The reader's zones in a chart's time: two where clocks are changed in it. */
export function zonesText({ from, to }: Pick<ChartModel, 'from' | 'to'>): string {
  const times = Array.from({ length: ZONES_LOOKED_AT }, (_, i) => from + ((to - from) * i) / (ZONES_LOOKED_AT - 1));
  return text.joins.list([...new Set(times.map((at) => zoneText(new Date(at).getTimezoneOffset())))]);
}

/** The reader's zone: `UTC+01:00`. `offset`: as `getTimezoneOffset` has it, minutes west of UTC. */
export function zoneText(offset: number): string {
  const minutes = Math.abs(offset);
  if (minutes === 0) return 'UTC';
  const two = (value: number) => String(value).padStart(2, '0');
  return `UTC${offset > 0 ? '−' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** What a step has, in one sentence that is read out. */
export function stepSentence(model: ChartModel, at: number): string {
  const parts = model.layers.map((layer) => `${layerText(layer)} ${amountText(layer.values[at] ?? null)}`);
  const held = model.held === null ? [] : [`${usageText.states.held} ${amountText(model.held[at] ?? null)}`];
  const gap = gapAt(model, at);
  const step = stepText(model, at);
  const when = gap === null ? step : text.joins.bracketed(step, usageText.gap[gap]);
  return text.joins.labelled(when, text.joins.list([...held, ...parts]));
}

/** How long ago something was in its largest unit: `3 days`, `5 h`. */
export function idleText(ms: number): string {
  if (ms >= DAY) return usageText.idleDays(Math.floor(ms / DAY));
  return usageText.idleHours(Math.max(0, Math.floor(ms / HOUR)));
}
