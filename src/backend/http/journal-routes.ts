import { isJournalOutcome, journalOutcomes, type JournalQuery } from '../../contract/journal.ts';
import { MAX_IN_TIMELINE_PAGE, timelineKinds, type TimelineQuery } from '../../contract/timeline.ts';
import { principalKey, type Principal } from '../auth/authenticator.ts';
import { createSemaphore, type Semaphore } from '../concurrency/semaphore.ts';
import type { JournalReader } from '../journal/journal-reader.ts';
import { overloadReply } from '../web/overload-reply.ts';
import { problemReply } from '../web/problem-reply.ts';
import type { Handlers } from './handler.ts';
import { parseCursor, type TimelineReader } from '../journal/timeline-reader.ts';
import { parseTime, parseWholeNumber } from './query-parameters.ts';

/** Exports at once, of one person and of all: each takes turns of the event loop from everybody else. */
const EXPORTS = { perPerson: 2, inAll: 16 };

/** When to ask again for an export that was refused, s. */
const RETRY_AFTER = 10;

export interface JournalRouteParts {
  readonly journal: JournalReader;
  readonly timeline: TimelineReader;
}

/** The journal and the timeline: pages, and the exports. */
export function createJournalRoutes({ journal, timeline }: JournalRouteParts) {
  const exports = createSemaphore(EXPORTS);
  return {
    'GET changes': (c) => listChanges(journal, new URL(c.req.url).searchParams),
    'GET changesExport'(c) {
      const query = parseJournalQuery(new URL(c.req.url).searchParams);
      if (typeof query === 'string') return problemReply(400, 'bad-query', query);
      // Nobody reads the body of a HEAD, nor says that it is done with.
      if (c.req.raw.method === 'HEAD') return exportReply('changes', null);
      return exportLines('changes', journal.export(query), exports, c.get('principal'));
    },
    async 'GET timeline'(c) {
      const params = new URL(c.req.url).searchParams;
      const query = parseTimelineQuery(params);
      if (typeof query === 'string') return problemReply(400, 'bad-query', query);
      const text = params.get('before');
      const before = text === null ? null : parseCursor(text);
      if (text !== null && before === null)
        return problemReply(400, 'bad-query', 'before must be what an earlier page gave as next.');
      const limit = parseWholeNumber(params.get('limit'), MAX_IN_TIMELINE_PAGE);
      if (limit === null || limit < 1 || limit > MAX_IN_TIMELINE_PAGE)
        return problemReply(
          400,
          'bad-query',
          `limit must be a whole number from 1 to ${String(MAX_IN_TIMELINE_PAGE)}.`,
        );
      return Response.json(await timeline.page(query, before, limit));
    },
    'GET timelineExport'(c) {
      const query = parseTimelineQuery(new URL(c.req.url).searchParams);
      if (typeof query === 'string') return problemReply(400, 'bad-query', query);
      if (c.req.raw.method === 'HEAD') return exportReply('timeline', null);
      return exportLines('timeline', timeline.export(query), exports, c.get('principal'));
    },
  } satisfies Partial<Handlers>;
}

/** One page, newest first. */
async function listChanges(journal: JournalReader, params: URLSearchParams): Promise<Response> {
  const query = parseJournalQuery(params);
  if (typeof query === 'string') return problemReply(400, 'bad-query', query);
  const offset = parseWholeNumber(params.get('offset'), 0);
  if (offset === null) return problemReply(400, 'bad-query', 'offset must be a whole number from 0.');
  return Response.json(await journal.page(query, offset));
}

/** An export, read from the journal only as fast as the client takes it. */
function exportLines(
  exported: ExportName,
  pieces: AsyncGenerator<string, void>,
  semaphore: Semaphore,
  principal: Pick<Principal, 'authMethod' | 'name'>,
): Response {
  const release = semaphore.take(principalKey(principal));
  if (typeof release === 'string')
    return overloadReply(release, {
      problem: 'too-many-exports',
      own: `${String(EXPORTS.perPerson)} exports`,
      all: 'Too many exports are under way',
      retryAfter: RETRY_AFTER,
    });
  const encoder = new TextEncoder();
  return exportReply(
    exported,
    new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            const piece = await pieces.next();
            if (!piece.done) return controller.enqueue(encoder.encode(piece.value));
            release();
            controller.close();
          } catch (error) {
            release();
            throw error;
          }
        },
        async cancel() {
          release();
          await pieces.return(undefined);
        },
      },
      { highWaterMark: 0 },
    ),
  );
}

type ExportName = 'changes' | 'timeline';

function exportReply(name: ExportName, body: ReadableStream<Uint8Array> | null): Response {
  return new Response(body, {
    headers: {
      'Content-Type': 'application/jsonl; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}.jsonl"`,
    },
  });
}

/** The query in a query string, or why it is invalid, in words. */
export function parseJournalQuery(params: URLSearchParams): JournalQuery | string {
  const cluster = params.get('cluster');
  const who = params.get('who');
  const outcome = params.get('outcome')?.split(',') ?? null;
  if (outcome !== null && !outcome.every(isJournalOutcome))
    return `outcome must be some of ${journalOutcomes.join(', ')}, with commas between.`;
  const since = parseTime(params.get('since'));
  const until = parseTime(params.get('until'));
  if (since === 'invalid' || until === 'invalid')
    return 'since and until must be whole numbers: milliseconds since 1970.';
  return {
    ...(cluster === null ? {} : { cluster }),
    ...(who === null ? {} : { who }),
    ...(outcome === null ? {} : { outcome }),
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
  };
}

function parseTimelineQuery(params: URLSearchParams): TimelineQuery | string {
  const query = parseJournalQuery(params);
  if (typeof query === 'string') return query;
  const asked = params.get('kind')?.split(',') ?? null;
  if (asked === null) return query;
  const kinds = timelineKinds.filter((kind) => asked.includes(kind));
  return kinds.length === new Set(asked).size
    ? { ...query, kinds }
    : `kind must be some of ${timelineKinds.join(', ')}, with commas between.`;
}
