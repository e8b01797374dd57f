import * as z from 'zod/mini';
import { boundedSink } from '../stream/bounded-sink.ts';
import { lastLine } from './messages.ts';
import { validate, failed, parseReply, type Parsed, type ReplyReader, type Reply } from './reply.ts';
import { tryParseJson } from '../exact-json.ts';

/** A page of the state API. */
const page = z.object({
  data: z.object({
    result: z.object({
      total: z.number(),
      num_after_truncation: z.optional(z.number()),
      num_filtered: z.optional(z.number()),
      partial_failure_warning: z.nullish(z.string()),
      result: z.array(z.unknown()),
    }),
  }),
});

/** The path of a page's rows. */
export const pageRows = ['data', 'result', 'result', '*'] as const;

/**
 * The rows left in a page; `truncated` when Ray left some out (fact 17): past its limit it cuts silently, and only the
 * counts show it. `extracted`: how many rows the cutter took out. `filtered`: `total` includes the rows that the
 * filter dropped, so `num_filtered` is compared; it counts only the rows that Ray came to, of which
 * `num_after_truncation` is the number.
 */
export function parseStatePage(reply: Reply, { extracted = 0, filtered = false } = {}): Parsed<readonly unknown[]> {
  const read = parseReply(page, reply);
  if (!read.ok) return read;
  const { total, num_after_truncation, num_filtered, partial_failure_warning, result } = read.value.data.result;
  const all = filtered ? (num_filtered ?? total) : total;
  const came = result.length + extracted;
  if (all > came) return failed('truncated', `${String(came)} of ${String(all)} rows`);
  const seen = num_after_truncation ?? total;
  if (total > seen) return failed('truncated', `${String(seen)} of ${String(total)} rows were looked through`);
  if (partial_failure_warning) return failed('truncated', lastLine(partial_failure_warning));
  return { ok: true, value: result };
}

/** The `limit` of all queries, and so the most rows of a page. */
const MAX_PAGE_ROWS = 10_000;

/**
 * A reader of a page whose rows are parsed and validated one by one as they come. `keep`: what is kept of a row; null:
 * nothing.
 */
export function rowsReader<R, T>(
  schema: z.ZodMiniType<R>,
  keep: (row: R) => Parsed<T> | null,
  filtered = false,
): ReplyReader<readonly T[]> {
  const rows: T[] = [];
  let came = 0;
  let failure: Parsed<never> | null = null;
  const onValue = (_key: string, text: string, at: number) => {
    came += 1;
    if (failure !== null) return;
    const row = checkRow(schema, text, at);
    const kept = row.ok ? keep(row.value) : row;
    if (kept?.ok === false) failure = kept;
    else if (kept !== null) rows.push(kept.value);
  };
  return {
    sink: boundedSink([{ path: pageRows, onValue }], () => came, MAX_PAGE_ROWS),
    read(reply) {
      const rest = parseStatePage(reply, { extracted: came, filtered });
      return failure !== null && (rest.ok || rest.reason === 'truncated')
        ? failure
        : rest.ok
          ? { ok: true, value: rows }
          : rest;
    },
  };
}

export function checkRow<T>(schema: z.ZodMiniType<T>, text: string, at: number): Parsed<T> {
  const json = tryParseJson(text);
  if (json === undefined) return failed('unreadable', `row ${String(at)} is not JSON`);
  return validate(schema, json, `row ${String(at)}: `);
}
