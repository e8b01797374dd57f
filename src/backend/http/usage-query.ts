import { MAX_EXACT_SUMMARY, MAX_USAGE_POINTS } from '../../contract/usage.ts';
import { MINUTE } from '../../domain/usage-sample.ts';
import type { SeriesQuery } from '../usage/usage-series.ts';
import type { SummaryQuery } from '../usage/usage-summaries.ts';
import { DAY, HOUR, MINUTES_KEPT, QUARTER } from '../usage/usage-store.ts';
import { parseChoice, parseTime, parseWholeNumber } from './query-parameters.ts';

/** The steps to choose from where none is asked for, and how many of them at most. */
const STEPS = [MINUTE, 5 * MINUTE, QUARTER, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 7 * DAY];
const POINTS = 600;

/** A range, or what is wrong with it, in words. The last day where none is given. */
function parseRange(params: URLSearchParams, now: number): { readonly from: number; readonly to: number } | string {
  const from = parseTime(params.get('from'));
  const to = parseTime(params.get('to'));
  if (from === 'invalid' || to === 'invalid') return 'from and to must be whole numbers: milliseconds since 1970.';
  const end = to ?? now;
  const range = { from: from ?? end - DAY, to: end };
  if (range.from >= range.to) return 'from must be before to.';
  if (range.from >= endOf(now)) return 'from must be before now: usage of times to come is not known.';
  return range.to - range.from > 4_000 * DAY ? 'from and to must be at most 4,000 days apart.' : range;
}

/** The series that are asked for, or what is wrong, in words. */
export function parseSeriesQuery(params: URLSearchParams, now: number): SeriesQuery | string {
  const range = parseRange(params, now);
  if (typeof range === 'string') return range;
  const by = parseChoice(params.get('by'), ['cluster', 'template']);
  if (by === null) return 'by must be cluster or template.';
  const length = range.to - range.from;
  const fine = fineGrain(range.from, now);
  const asked = parseWholeNumber(params.get('step'), 0);
  const text = params.get('step');
  const long = text !== null && /^\d{10,12}$/.test(text) ? Number(text) : asked;
  if (long === null || (text !== null && long === 0) || long % MINUTE !== 0)
    return 'step must be a number of milliseconds: whole minutes, at least one.';
  const step = long > 0 ? long : (STEPS.find((each) => each >= fine && length / each <= POINTS) ?? 7 * DAY);
  if (step < fine) return 'Steps of less than 15 minutes are kept for the last 2 days only.';
  if (step > QUARTER && step % QUARTER !== 0) return 'A step of more than 15 minutes must be a multiple of 15 minutes.';
  // Steps that nobody asked for begin at whole ones, and days at midnight: what a day has so far need not be added up again.
  const grain = long > 0 ? QUARTER : Math.min(step, DAY);
  const { from, to } = aligned(range, step < QUARTER ? MINUTE : grain, now);
  if (Math.ceil((to - from) / step) > MAX_USAGE_POINTS)
    return `There would be more than ${String(MAX_USAGE_POINTS)} steps: ask for longer steps, or for less time.`;
  return {
    from,
    to,
    step,
    by: by ?? null,
    clusterId: params.get('cluster'),
    templateId: params.get('template'),
  };
}

/** The summary that is asked for, or what is wrong, in words. */
export function parseSummaryQuery(params: URLSearchParams, now: number): SummaryQuery | string {
  const range = parseRange(params, now);
  if (typeof range === 'string') return range;
  const grain = range.to - range.from > MAX_EXACT_SUMMARY ? DAY : fineGrain(range.from, now);
  return { ...aligned(range, grain, now), clusterId: params.get('cluster'), templateId: params.get('template') };
}

/** The shortest steps that are still kept from a time on. */
function fineGrain(from: number, now: number): number {
  return from >= now - MINUTES_KEPT ? MINUTE : QUARTER;
}

/** Whole steps of the grain; but nothing is said of times to come. */
function aligned({ from, to }: { readonly from: number; readonly to: number }, grain: number, now: number) {
  return { from: Math.floor(from / grain) * grain, to: Math.min(Math.ceil(to / grain) * grain, endOf(now)) };
}

/** The end of the minute under way. */
function endOf(now: number): number {
  return Math.ceil(now / MINUTE) * MINUTE;
}
