import * as z from 'zod/mini';
import { createJsonCutter } from '../stream/json-cutter.ts';
import { lastLine } from './messages.ts';
import { validate, failed, parseReply, type Parsed, type ReplyReader, type Reply } from './reply.ts';
import { tryParseJson } from '../exact-json.ts';

/** A page of the state API. */
const page = z.object({
  data: z.object({
    result: z.object({
      total: z.number(),
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
 * filter dropped, so `num_filtered` is compared.
 */
export function parseStatePage(reply: Reply, { extracted = 0, filtered = false } = {}): Parsed<readonly unknown[]> {
  const read = parseReply(page, reply);
  if (!read.ok) return read;
  const { total, num_filtered, partial_failure_warning, result } = read.value.data.result;
  const all = filtered ? (num_filtered ?? total) : total;
  const came = result.length + extracted;
  if (all > came) return failed('truncated', `${String(came)} of ${String(all)} rows`);
  if (partial_failure_warning) return failed('truncated', lastLine(partial_failure_warning));
  return { ok: true, value: result };
}

/** A reader of a page whose rows are parsed and validated one by one as they come. */
export function rowsReader<T>(schema: z.ZodMiniType<T>, filtered = false): ReplyReader<readonly T[]> {
  const rows: T[] = [];
  let failure: Parsed<never> | null = null;
  const onValue = (_key: string, text: string, at: number) => {
    if (failure !== null) return;
    const row = checkRow(schema, text, at);
    if (row.ok) rows.push(row.value);
    else failure = row;
  };
  return {
    sink: createJsonCutter([{ path: pageRows, onValue }]),
    read(reply) {
      const rest = parseStatePage(reply, { extracted: rows.length, filtered });
      return failure !== null && (rest.ok || rest.reason === 'truncated')
        ? failure
        : rest.ok
          ? { ok: true, value: rows }
          : rest;
    },
  };
}

function checkRow<T>(schema: z.ZodMiniType<T>, text: string, at: number): Parsed<T> {
  const json = tryParseJson(text);
  if (json === undefined) return failed('unreadable', `row ${String(at)} is not JSON`);
  return validate(schema, json, `row ${String(at)}: `);
}
