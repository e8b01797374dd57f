import type { Clock } from '../../clock.ts';
import type { UsageTrends } from '../../contract/usage.ts';
import { MINUTE } from '../../domain/usage-sample.ts';
import { createFairQueue } from '../concurrency/fair-queue.ts';
import { createSemaphore } from '../concurrency/semaphore.ts';
import { principalKey } from '../auth/authenticator.ts';
import type { ObservationLog } from '../journal/observation-log.ts';
import { readGapCauses } from '../journal/gap-causes.ts';
import { summaryCsv, usageCsv } from '../usage/usage-csv.ts';
import type { UsageHistory } from '../usage/usage-history.ts';
import { usageOver } from '../usage/usage-series.ts';
import { usageSummaryOf } from '../usage/usage-summaries.ts';
import { createUsageTrends } from '../usage/usage-trends.ts';
import { overloadReply } from '../web/overload-reply.ts';
import { problemReply } from '../web/problem-reply.ts';
import type { Handlers, RouteContext } from './handler.ts';
import { parseSeriesQuery, parseSummaryQuery } from './usage-query.ts';

export interface UsageRouteParts {
  /** Null: it is turned off. */
  readonly usage: UsageHistory | null;
  /** What was seen: it says why usage has gaps. */
  readonly observations: ObservationLog;
  readonly clock: Clock;
  readonly yieldToEventLoop: () => Promise<void>;
}

/** Reads of usage at once; and how many may be under way or wait, of one person and of all. */
const READS = { atOnce: 2, perPerson: 12, inAll: 64 };

/** Downloads of tables under way: each holds megabytes until the client has read it, however slowly. */
const DOWNLOADS = { perPerson: 4, inAll: 32 };

/** When to ask again for what was refused, s. */
const RETRY_AFTER = 5;

/** Trends may be as old as this: they are read for every page, and move every few hours, ms. */
const TRENDS_KEPT = 5 * MINUTE;

/** Usage over time, its sums, and both as a table. */
export function createUsageRoutes({ usage, observations, clock, yieldToEventLoop }: UsageRouteParts) {
  const reads = createFairQueue(READS);
  const downloads = createSemaphore(DOWNLOADS);
  const readTrends = usage === null ? null : createUsageTrends(usage);
  let trends: { readonly at: number; readonly oldestDay: number | null; readonly reply: Promise<UsageTrends> } | null =
    null;

  /**
   * Each read takes turns of the event loop, and memory: few go at once, and people take turns. Each begins in a new turn: a short one
   * takes none else, and all that wait would go one after the other in one.
   */
  function inTurn(c: RouteContext, read: () => Promise<Response>): Response | Promise<Response> {
    const reply = reads.run(principalKey(c.get('principal')), () => yieldToEventLoop().then(read));
    if (typeof reply !== 'string') return reply;
    const own = `${String(READS.perPerson)} reads of usage`;
    return overloadReply(reply, {
      problem: 'too-many-reads',
      own,
      all: 'Too many read usage now',
      retryAfter: RETRY_AFTER,
    });
  }

  /** A table that is made as fast as the client takes it, and held until it is done with. */
  async function download(c: RouteContext, name: CsvName, read: () => Promise<Iterator<string>>): Promise<Response> {
    const release = downloads.take(principalKey(c.get('principal')));
    if (typeof release === 'string')
      return overloadReply(release, {
        problem: 'too-many-exports',
        own: `${String(DOWNLOADS.perPerson)} downloads of usage`,
        all: 'Too many download usage now',
        retryAfter: RETRY_AFTER,
      });
    try {
      const reply = await inTurn(c, async () => csvReply(name, csvStream(await read(), release)));
      if (!reply.ok) release();
      return reply;
    } catch (error) {
      release();
      throw error;
    }
  }

  return {
    'GET usage'(c) {
      if (usage === null) return isOff();
      const query = parseSeriesQuery(new URL(c.req.url).searchParams, clock.now());
      if (typeof query === 'string') return problemReply(400, 'bad-query', query);
      return inTurn(c, async () => {
        const [series, causes] = await Promise.all([usageOver(usage, query), readGapCauses(observations, query)]);
        return Response.json({ ...series, causes });
      });
    },
    'GET usageSummary'(c) {
      if (usage === null) return isOff();
      const query = parseSummaryQuery(new URL(c.req.url).searchParams, clock.now());
      if (typeof query === 'string') return problemReply(400, 'bad-query', query);
      return inTurn(c, async () => Response.json(await usageSummaryOf(usage, query)));
    },
    async 'GET usageTrends'() {
      if (usage === null || readTrends === null) return isOff();
      const now = clock.now();
      const oldestDay = usage.oldestDay();
      // A simulated day before the others is to be seen at once.
      const isNew = oldestDay !== trends?.oldestDay;
      if (trends === null || isNew || now - trends.at > TRENDS_KEPT || now < trends.at) {
        const reply = readTrends(now);
        const own = { at: now, oldestDay, reply };
        trends = own;
        reply.catch(() => {
          if (trends === own) trends = null;
        });
      }
      return Response.json(await trends.reply);
    },
    'GET usageExport'(c) {
      if (usage === null) return isOff();
      const query = parseSeriesQuery(new URL(c.req.url).searchParams, clock.now());
      if (typeof query === 'string') return problemReply(400, 'bad-query', query);
      if (c.req.raw.method === 'HEAD') return csvReply('usage', null);
      return download(c, 'usage', async () => usageCsv(await usageOver(usage, query)));
    },
    'GET usageSummaryExport'(c) {
      if (usage === null) return isOff();
      const query = parseSummaryQuery(new URL(c.req.url).searchParams, clock.now());
      if (typeof query === 'string') return problemReply(400, 'bad-query', query);
      if (c.req.raw.method === 'HEAD') return csvReply('usage-summary', null);
      return download(c, 'usage-summary', async () => summaryCsv(await usageSummaryOf(usage, query)));
    },
  } satisfies Partial<Handlers>;
}

type CsvName = 'usage' | 'usage-summary';

/** `release`: called once nobody takes it any more. */
function csvStream(pieces: Iterator<string>, release: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces.next();
        if (piece.done !== true) return controller.enqueue(encoder.encode(piece.value));
        release();
        controller.close();
      },
      cancel: release,
    },
    { highWaterMark: 0 },
  );
}

function csvReply(name: CsvName, body: ReadableStream<Uint8Array> | null): Response {
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}.csv"`,
    },
  });
}

function isOff(): Response {
  return problemReply(404, 'usage-off', 'This console keeps no usage: it was started with --usage-days 0.');
}
