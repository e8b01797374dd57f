import type { Clock } from '../../clock.ts';
import { MAX_USAGE_POINTS, type UsageTrends } from '../../contract/usage.ts';
import { MINUTE } from '../../domain/usage-sample.ts';
import { usageOver, type SeriesQuery } from '../usage/usage-series.ts';
import { usageSummaryOf, usageTrendsOf } from '../usage/usage-summaries.ts';
import { usageCsv } from '../usage/usage-csv.ts';
import type { UsageHistory } from '../usage/usage-history.ts';
import { DAY, HOUR, MINUTES_KEPT, QUARTER } from '../usage/usage-store.ts';
import { problemReply } from '../web/problem-reply.ts';
import type { Handlers } from './handler.ts';
import { parseChoice, parseTime, parseWholeNumber } from './query-parameters.ts';

export interface UsageRouteParts {
  /** Null: it is turned off. */
  readonly usage: UsageHistory | null;
  readonly clock: Clock;
}

/** The steps to choose from where none is asked for, and how many of them at most. */
const STEPS = [MINUTE, 5 * MINUTE, QUARTER, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 7 * DAY];
const POINTS = 600;

/** Trends may be as old as this: they are read for every page, and move every few hours, ms. */
const TRENDS_KEPT = 5 * MINUTE;

/** Longer summaries are of whole days: totals of these are kept. */
const EXACT_SUMMARY = 2 * DAY;

/** Usage over time, its sums, and both as a table. */
export function createUsageRoutes({ usage, clock }: UsageRouteParts) {
  let trends: { readonly at: number; readonly reply: Promise<UsageTrends> } | null = null;
  return {
    async 'GET usage'(c) {
      if (usage === null) return isOff();
      const query = parseSeriesQuery(new URL(c.req.url).searchParams, clock.now());
      return typeof query === 'string'
        ? problemReply(400, 'bad-query', query)
        : Response.json(await usageOver(usage, query));
    },
    async 'GET usageSummary'(c) {
      if (usage === null) return isOff();
      const params = new URL(c.req.url).searchParams;
      const range = parseRange(params, clock.now());
      if (typeof range === 'string') return problemReply(400, 'bad-query', range);
      const grain = range.to - range.from > EXACT_SUMMARY ? DAY : fineGrain(range.from, clock.now());
      const query = { ...aligned(range, grain), clusterId: params.get('cluster'), templateId: params.get('template') };
      return Response.json(await usageSummaryOf(usage, query));
    },
    async 'GET usageTrends'() {
      if (usage === null) return isOff();
      const now = clock.now();
      if (trends === null || now - trends.at > TRENDS_KEPT || now < trends.at) {
        const reply = usageTrendsOf(usage, now);
        const own = { at: now, reply };
        trends = own;
        reply.catch(() => {
          if (trends === own) trends = null;
        });
      }
      return Response.json(await trends.reply);
    },
    async 'GET usageExport'(c) {
      if (usage === null) return isOff();
      const query = parseSeriesQuery(new URL(c.req.url).searchParams, clock.now());
      if (typeof query === 'string') return problemReply(400, 'bad-query', query);
      const headers = {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="usage.csv"',
      };
      if (c.req.raw.method === 'HEAD') return new Response(null, { headers });
      const pieces = usageCsv(await usageOver(usage, query));
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            const piece = pieces.next();
            if (piece.done === true) controller.close();
            else controller.enqueue(encoder.encode(piece.value));
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(body, { headers });
    },
  } satisfies Partial<Handlers>;
}

function isOff(): Response {
  return problemReply(404, 'usage-off', 'This console keeps no usage: it was started with --usage-days 0.');
}

/** A range, or what is wrong with it, in words. The last day where none is given. */
function parseRange(params: URLSearchParams, now: number): { readonly from: number; readonly to: number } | string {
  const from = parseTime(params.get('from'));
  const to = parseTime(params.get('to'));
  if (from === 'invalid' || to === 'invalid') return 'from and to must be whole numbers: milliseconds since 1970.';
  const end = to ?? now;
  const range = { from: from ?? end - DAY, to: end };
  if (range.from >= range.to) return 'from must be before to.';
  return range.to - range.from > 4_000 * DAY ? 'from and to must be at most 4,000 days apart.' : range;
}

function parseSeriesQuery(params: URLSearchParams, now: number): SeriesQuery | string {
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
  const query = aligned(range, step < QUARTER ? MINUTE : QUARTER);
  const to = query.from + Math.ceil((query.to - query.from) / step) * step;
  if ((to - query.from) / step > MAX_USAGE_POINTS)
    return `There would be more than ${String(MAX_USAGE_POINTS)} steps: ask for longer steps, or for less time.`;
  return {
    from: query.from,
    to,
    step,
    by: by ?? null,
    clusterId: params.get('cluster'),
    templateId: params.get('template'),
  };
}

/** The shortest steps that are still kept from a time on. */
function fineGrain(from: number, now: number): number {
  return from >= now - MINUTES_KEPT ? MINUTE : QUARTER;
}

function aligned({ from, to }: { readonly from: number; readonly to: number }, grain: number) {
  return { from: Math.floor(from / grain) * grain, to: Math.ceil(to / grain) * grain };
}
