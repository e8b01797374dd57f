/**
 * The sources of values. Each is read, fails and ages on its own.
 * list: GET /virtual_clusters · liveness: /api/v0/nodes · state: /api/v0/vclusters ·
 * summary: /nodes?view=summary · actors: alive job supervisors · jobs: /api/jobs/ · identity: /api/version
 */
export const sourceNames = ['list', 'liveness', 'state', 'summary', 'actors', 'jobs', 'identity'] as const;
export type SourceName = (typeof sourceNames)[number];

/** Why a source has no current value. */
export const unknownReasons = [
  /** No read has ended yet. */
  'not-read-yet',
  /** Ray's state API answers with a KeyError while a node's CPUs are all used (fact 18). */
  'node-full',
  /** Ray failed: a traceback or an error of its own. */
  'failed',
  /** More bytes than the source's limit. */
  'too-large',
  /** Ray cut the reply at 10,000 rows (fact 17). */
  'truncated',
  'timed-out',
  'unreachable',
  /** Not a reply of Ray's: HTML, broken JSON, wrong types. */
  'unreadable',
  /** This Ray has no such route (fact 30), or its reply lacks the value. */
  'not-offered',
] as const;
export type UnknownReason = (typeof unknownReasons)[number];

/** A sourced value: known, or unknown with the reason. It is as old as its source's last reading. */
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
  /** When the request was sent: the value includes every change made before. */
  readonly begunAt: number;
  readonly arrivedAt: number;
  /** Read through Ray's cache: `begunAt` is set earlier than the request was sent (fact 4). */
  readonly fromCache?: true;
}

/** A source's last successful reading, and its failure if the latest read failed. */
export interface SourceState<T> {
  readonly last: Reading<T> | null;
  readonly failure: { readonly reason: UnknownReason; readonly since: number } | null;
}

/** A source's value if its latest read succeeded, otherwise why there is none: an outdated value is never returned. */
export function current<T>(source: SourceState<T>, name: SourceName): Sourced<T> {
  if (source.failure !== null) return unknown(source.failure.reason, name);
  return source.last === null ? unknown('not-read-yet', name) : known(source.last.value, name);
}

/** A source's reading if its latest read succeeded, otherwise null. */
export function reading<T>(source: SourceState<T>): Reading<T> | null {
  return source.failure === null ? source.last : null;
}
