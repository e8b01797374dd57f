/** The sources of values, by which path each is read: `src/ray/client/sources.ts`. Each is read, fails and ages on its own. */
export const sourceNames = ['list', 'liveness', 'state', 'summary', 'actors', 'jobs', 'identity'] as const;
export type SourceName = (typeof sourceNames)[number];

/** A record with one value for each source. */
export function perSource<T>(valueOf: (name: SourceName) => T): Readonly<Record<SourceName, T>> {
  const values: Partial<Record<SourceName, T>> = {};
  for (const name of sourceNames) values[name] = valueOf(name);
  if (!hasAllSources(values)) throw new TypeError('a source has no value');
  return values;
}

function hasAllSources<T>(values: Partial<Record<SourceName, T>>): values is Record<SourceName, T> {
  return sourceNames.every((name) => name in values);
}

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

/** What a failed read met: an error of the network, or an answer that is not Ray's, by its HTTP status. */
export const networkErrors = ['refused', 'unknown-host', 'no-route', 'connect-timed-out', 'tls', 'closed'] as const;
export type NetworkError = (typeof networkErrors)[number];
export type FailureCause =
  | { readonly kind: 'network'; readonly error: NetworkError }
  | { readonly kind: 'status'; readonly status: number };

/** A sourced value: known, or unknown with the reason. It is as old as its source's last reading. */
export type Sourced<T> =
  | { readonly known: true; readonly value: T; readonly source: SourceName }
  | {
      readonly known: false;
      readonly reason: UnknownReason;
      readonly source: SourceName;
      readonly last?: undefined;
    };

/**
 * A sourced value for the screen: an unknown one may have beside it what was known last, and when that was read,
 * milliseconds since 1970. That is shown with its time only, and nothing is decided by it.
 */
export type Recalled<T> =
  | Sourced<T>
  | {
      readonly known: false;
      readonly reason: UnknownReason;
      readonly source: SourceName;
      readonly last: { readonly value: T; readonly at: number };
    };

export function known<T>(value: T, source: SourceName): Sourced<T> {
  return { known: true, value, source };
}

export function unknown(reason: UnknownReason, source: SourceName): Sourced<never> {
  return { known: false, reason, source };
}

/** The value as it is now, without what was known last: for everything that decides. */
export function withoutLast<T>(fact: Recalled<T>): Sourced<T> {
  return fact.known ? fact : unknown(fact.reason, fact.source);
}

/** A value derived from another one, and from what was known of it last. */
export function mapRecalled<T, U>(fact: Recalled<T>, derive: (value: T) => U): Recalled<U> {
  if (fact.known) return known(derive(fact.value), fact.source);
  const { last, ...now } = fact;
  return last === undefined ? now : { ...now, last: { value: derive(last.value), at: last.at } };
}

/** The value that the screen shows: the current one, else the last one known; null where there is neither. */
export function shownValue<T>(fact: Recalled<T>): { readonly value: T } | null {
  return fact.known ? fact : (fact.last ?? null);
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
  readonly failure: SourceFailure | null;
}

interface SourceFailure {
  readonly reason: UnknownReason;
  /** When the first of the failed reads ended, milliseconds since 1970. */
  readonly since: number;
  /** What the newest of them met, where that is known. */
  readonly cause?: FailureCause | undefined;
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
