import { isJournalOutcome, journalOutcomes, type ChangeList, type JournalQuery } from '../../contract/journal.ts';
import type { ChangeLog } from '../journal/change-log.ts';
import { problemReply } from '../web/problem-reply.ts';
import type { Handlers } from './handler.ts';
import { parseTime, parseWholeNumber } from './query-parameters.ts';

/** Changes in a page, and in a chunk of the export. */
const PAGE_SIZE = 100;

/** The journal: pages of it, and the export. */
export function createJournalRoutes({ changeLog }: { readonly changeLog: ChangeLog }) {
  return {
    'GET changes': (c) => listChanges(changeLog, new URL(c.req.url).searchParams),
    'GET changesExport': (c) => exportChanges(changeLog, new URL(c.req.url).searchParams),
  } satisfies Partial<Handlers>;
}

/** One page, newest first. */
async function listChanges(changeLog: ChangeLog, params: URLSearchParams): Promise<Response> {
  const query = parseJournalQuery(params);
  if (typeof query === 'string') return problemReply(400, 'bad-query', query);
  const offset = parseWholeNumber(params.get('offset'), 0);
  if (offset === null) return problemReply(400, 'bad-query', 'offset must be a whole number from 0.');
  const { records, total } = await changeLog.list(query, { offset, limit: PAGE_SIZE });
  const list: ChangeList = { changes: records.map(({ change }) => change), total, kept: await changeLog.retention() };
  return Response.json(list);
}

/** Every change that matches, oldest first, one a line; read from the journal only as fast as the client takes it. */
function exportChanges(changeLog: ChangeLog, params: URLSearchParams): Response {
  const query = parseJournalQuery(params);
  if (typeof query === 'string') return problemReply(400, 'bad-query', query);
  const encoder = new TextEncoder();
  let from: number | null = null;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { records, next }: Awaited<ReturnType<ChangeLog['walk']>> = await changeLog.walk(query, from, PAGE_SIZE);
        if (records.length > 0)
          controller.enqueue(encoder.encode(records.map(({ change }) => `${JSON.stringify(change)}\n`).join('')));
        from = next;
        if (next === null) controller.close();
        // Without an enqueued chunk, pull would not be called again.
        else if (records.length === 0) controller.enqueue(new Uint8Array());
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'Content-Type': 'application/jsonl; charset=utf-8',
      'Content-Disposition': 'attachment; filename="changes.jsonl"',
    },
  });
}

/** The query in a query string, or why it is invalid, in words. */
function parseJournalQuery(params: URLSearchParams): JournalQuery | string {
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
