import { isJournalOutcome, journalOutcomes, type ChangeList, type JournalQuery } from '../../contract/journal.ts';
import type { ChangeLog } from '../journal/change-log.ts';
import { parseWholeNumber } from './node-query.ts';
import { problemReply } from '../web/problem-reply.ts';

/** How many changes a page has, and a piece of the export. */
const PAGE_SIZE = 100;

/** `GET /api/changes`: one page, newest first. */
export async function listChanges(store: ChangeLog, params: URLSearchParams): Promise<Response> {
  const query = parseJournalQuery(params);
  if (typeof query === 'string') return problemReply(400, 'bad-query', query);
  const offset = parseWholeNumber(params.get('offset'), 0);
  if (offset === null) return problemReply(400, 'bad-query', 'offset must be a whole number from 0.');
  const { records, total } = await store.list(query, { offset, limit: PAGE_SIZE });
  const list: ChangeList = { changes: records.map(({ change }) => change), total, kept: await store.retention() };
  return Response.json(list);
}

/** `GET /api/changes.jsonl`: all that match, oldest first, one a line; read from the store only as fast as it is taken. */
export function exportChanges(store: ChangeLog, params: URLSearchParams): Response {
  const query = parseJournalQuery(params);
  if (typeof query === 'string') return problemReply(400, 'bad-query', query);
  const encoder = new TextEncoder();
  let from: number | null = null;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { records, next }: Awaited<ReturnType<ChangeLog['walk']>> = await store.walk(query, from, PAGE_SIZE);
        if (records.length > 0)
          controller.enqueue(encoder.encode(records.map(({ change }) => `${JSON.stringify(change)}\n`).join('')));
        from = next;
        if (next === null) controller.close();
        // A piece without any would not be asked past.
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

/** What a query string asks for, or what is wrong with it, in words. */
function parseJournalQuery(params: URLSearchParams): JournalQuery | string {
  const cluster = params.get('cluster');
  const who = params.get('who');
  const outcome = params.get('outcome')?.split(',') ?? null;
  if (outcome !== null && !outcome.every(isJournalOutcome))
    return `outcome must be some of ${journalOutcomes.join(', ')}, with commas between.`;
  const since = parseTime(params.get('since'));
  const until = parseTime(params.get('until'));
  if (since === 'wrong' || until === 'wrong') return 'since and until must be whole numbers: milliseconds since 1970.';
  return {
    ...(cluster === null ? {} : { cluster }),
    ...(who === null ? {} : { who }),
    ...(outcome === null ? {} : { outcome }),
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
  };
}

function parseTime(text: string | null): number | null | 'wrong' {
  if (text === null) return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : 'wrong';
}
