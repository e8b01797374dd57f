import * as z from 'zod/mini';
import type { Names } from './stable-names.ts';
import type { Preexisting } from './target.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A reply's JSON as it can be compared between two runs: named ids and revisions, no host names, addresses,
 * process ids, times or amounts of memory; a traceback is its last line; what Ray gives in the order of a hash
 * is sorted. Rows about things from before the case (`before`) go.
 */
export function normalise(value: unknown, names: Names, before: Preexisting, key = ''): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return normaliseNumber(value, key);
  if (typeof value === 'string') return normaliseString(value, key, names, before);
  if (Array.isArray(value)) {
    const rows = value.filter((row) => !isPreexisting(row, before)).map((row) => normalise(row, names, before));
    return sorted(rows);
  }
  if (typeof value === 'object') return normaliseObject(value, key, names, before);
  throw new Error(`Not JSON: ${typeof value}`);
}

function normaliseObject(value: object, key: string, names: Names, before: Preexisting): Json {
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([name]) => isNodeId(name))) {
    const rows = entries.filter(([nodeId]) => !before.nodes.has(nodeId));
    return sorted(rows.map(([nodeId, row]) => [names.inText(nodeId), normalise(row, names, before, key)]));
  }
  const pairs = entries.map(([name, member]): [string, Json] => [
    normaliseText(name, names),
    normalise(member, names, before, name),
  ]);
  return Object.fromEntries(pairs.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function normaliseNumber(value: number, key: string): Json {
  if (value !== 0 && (key === 'memory' || key === 'object_store_memory')) return '<bytes>';
  if (value !== 0 && key === 'pid') return '<pid>';
  return value > 1.5e12 && value < 2.5e12 ? '<ms>' : value;
}

function normaliseString(text: string, key: string, names: Names, before: Preexisting): Json {
  if (text === '') return text;
  if (hostKeys.has(key)) return '<host>';
  if (key === 'entrypoint' || key === 'session_name') return `<${key}>`;
  if (key === 'pid') return '<pid>';
  if (key === 'serialized_runtime_env') return normalise(JSON.parse(text), names, before);
  if (/^[0-9a-f]{8}$/.test(text)) return '<driver>';
  if (/^\d{13}$/.test(text)) return '<ms>';
  return normaliseText(text, names);
}

const hostKeys = new Set(['hostname', 'nodeManagerHostname', 'hostNameList']);

/** A text reply, or a string inside of one. */
export function normaliseText(text: string, names: Names): string {
  if (text.startsWith('Traceback (most recent call last)')) {
    return names.inText(`Traceback … ${text.trimEnd().split('\n').at(-1) ?? ''}`);
  }
  return names
    .inText(text.replace(/Full traceback:[^]*$/, 'Full traceback: …'))
    .replace(/\b[0-9a-f]{32}\b/g, '<actor>')
    .replace(/\bpid: \d+/g, 'pid: <pid>')
    .replace(/\b\d{1,3}(\.\d{1,3}){3}\b(:\d+)?/g, (_, __, port) => (port === undefined ? '<ip>' : '<ip>:<port>'))
    .replace(/\b(\d+(?:\.\d+)?) ?(?:B|[KMGT]iB)(?![A-Za-z])/g, (size, amount) =>
      Number(amount) === 0 ? size : '<bytes>',
    );
}

function isNodeId(text: string): boolean {
  return /^[0-9a-f]{56}$/.test(text);
}

/** A row of a node, a job or an actor that ended before the case. */
function isPreexisting(row: unknown, before: Preexisting): boolean {
  if (typeof row !== 'object' || row === null) return false;
  const raylet: unknown = 'raylet' in row ? row.raylet : null;
  return (
    ('actor_id' in row && has(before.actors, row.actor_id)) ||
    ('submission_id' in row && has(before.jobs, row.submission_id)) ||
    (!('actor_id' in row) && 'node_id' in row && has(before.nodes, row.node_id)) ||
    (typeof raylet === 'object' && raylet !== null && 'nodeId' in raylet && has(before.nodes, raylet.nodeId))
  );
}

function has(ids: ReadonlySet<string>, id: unknown): boolean {
  return typeof id === 'string' && ids.has(id);
}

/** A page of the state API with its counts. */
export const countedRows = z.looseObject({
  data: z.looseObject({
    result: z.looseObject({
      total: z.number(),
      num_after_truncation: z.number(),
      num_filtered: z.number(),
      result: z.array(z.unknown()),
    }),
  }),
});

/** A reply of the state API with its totals less what is from before: `kind` is what the path lists. */
export function withoutPreexisting(reply: unknown, kind: 'nodes' | 'actors', before: Preexisting): unknown {
  const parsed = countedRows.safeParse(reply);
  if (!parsed.success) return reply;
  const { data, ...rest } = parsed.data;
  const rows = data.result.result.filter((row) => !isPreexisting(row, before));
  const result = {
    ...data.result,
    total: data.result.total - before[kind].size,
    num_after_truncation: data.result.num_after_truncation - before[kind].size,
    num_filtered: data.result.num_filtered - (data.result.result.length - rows.length),
    result: rows,
  };
  return { ...rest, data: { ...data, result } };
}

function sorted(rows: readonly Json[]): readonly Json[] {
  const texts = new Map(rows.map((row) => [row, JSON.stringify(row)]));
  return rows.toSorted((one, other) => ((texts.get(one) ?? '') < (texts.get(other) ?? '') ? -1 : 1));
}
