/**
 * Where a fact comes from. Each source is read, fails and ages by itself.
 * list: GET /virtual_clusters · liveness: /api/v0/nodes · state: /api/v0/vclusters ·
 * summary: /nodes?view=summary · actors: alive job supervisors · jobs: /api/jobs/ · identity: /api/version
 */
export const sourceNames = ['list', 'liveness', 'state', 'summary', 'actors', 'jobs', 'identity'] as const;
export type SourceName = (typeof sourceNames)[number];

/** Why a source has nothing to say now. */
export const unknownReasons = [
  /** No read has ended yet. */
  'not-read-yet',
  /** Ray's state API answers with a KeyError while a node's CPUs are all used (fact 18). */
  'node-full',
  /** Ray failed: a traceback or an error of its own. */
  'failed',
  /** More bytes than the source's limit. */
  'too-large',
  /** Ray left part of it out: more than its 10,000 rows (fact 17). */
  'truncated',
  'timed-out',
  'unreachable',
  /** The answer is none that Ray gives: HTML, broken JSON, wrong types. */
  'unreadable',
  /** This Ray has no such page. */
  'not-offered',
] as const;
export type UnknownReason = (typeof unknownReasons)[number];

/** A fact: known with its source, or unknown with the reason. Its age is its source's age. */
export type Sourced<T> =
  | { readonly known: true; readonly value: T; readonly source: SourceName }
  | { readonly known: false; readonly reason: UnknownReason; readonly source: SourceName };

export function known<T>(value: T, source: SourceName): Sourced<T> {
  return { known: true, value, source };
}

export function unknown(reason: UnknownReason, source: SourceName): Sourced<never> {
  return { known: false, reason, source };
}

/** A value read from one source. Times are milliseconds since 1970 on the reader's clock. */
export interface Reading<T> {
  readonly value: T;
  /** When the request went out: what is true then is in it. */
  readonly begunAt: number;
  readonly arrivedAt: number;
  /** Its source is read through Ray's cache now: readings count as begun earlier than they were (fact 4). */
  readonly fromCache?: true;
}

/** What is known of a source: its last good reading, and its failure if the latest read failed. */
export interface SourceState<T> {
  readonly last: Reading<T> | null;
  readonly failure: { readonly reason: UnknownReason; readonly since: number } | null;
}

/** A source's value while its latest read is good; else why there is none: never the last one as if it were now. */
export function current<T>(source: SourceState<T>, name: SourceName): Sourced<T> {
  if (source.failure !== null) return unknown(source.failure.reason, name);
  return source.last === null ? unknown('not-read-yet', name) : known(source.last.value, name);
}

/** A source's reading while its latest read is good. */
export function reading<T>(source: SourceState<T>): Reading<T> | null {
  return source.failure === null ? source.last : null;
}
