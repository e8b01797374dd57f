import { PythonError } from './python-error.ts';
import { parsePythonJson, type PythonValue } from './python-json.ts';
import { parsePythonInt } from './python-int.ts';
import type { SaveRequest } from '../engine/clusters.ts';

/** A save's body as decoded by Ray's handler. `shownId`: the id in replies, null if it was null, which counts as empty. */
export interface SaveRequestBody extends SaveRequest {
  readonly shownId: string | null;
}

const MAX_INT32 = 2_147_483_647n;
const MIN_INT32 = -2_147_483_648n;
const MAX_UINT64 = 18_446_744_073_709_551_615n;

/**
 * Reads a save's body like Ray's Python handler, with its leniency and its crashes (facts 2, 5, 11). Throws the
 * `PythonError` that crashes the handler.
 */
export function readSaveBody(text: string): SaveRequestBody {
  const info = asDict(parsePythonJson(text));
  const id = info.get('virtualClusterId');
  if (id === undefined) throw new PythonError('KeyError', "'virtualClusterId'");
  const divisible = info.get('divisible');
  const revision = toInt(info.get('revision') ?? { type: 'int', value: 0n });
  const clusterId = readId(id);
  const replicaSets = readReplicaSets(info.get('replicaSets'));
  if (revision < 0n || revision > MAX_UINT64) throw outOfRange(revision);
  return {
    clusterId: clusterId ?? '',
    shownId: clusterId,
    // Python compares `str(divisible).lower()` with the word.
    divisible: divisible !== undefined && ((divisible.type === 'bool' && divisible.value) || isWordTrue(divisible)),
    replicaSets,
    revision,
  };
}

function isWordTrue(value: PythonValue): boolean {
  return value.type === 'str' && value.value.toLowerCase() === 'true';
}

function readId(id: PythonValue): string | null {
  if (id.type === 'NoneType') return null;
  if (id.type !== 'str') throw badArgument();
  return encodable(id.value);
}

/** Python's `dict(value)`, which also takes a list of pairs. */
function asDict(value: PythonValue): ReadonlyMap<string, PythonValue> {
  if (value.type === 'dict') return value.members;
  const dict = new Map<string, PythonValue>();
  iterate(value).forEach((element, index) => {
    if (!isIterable(element)) {
      throw new PythonError(
        'TypeError',
        `cannot convert dictionary update sequence element #${String(index)} to a sequence`,
      );
    }
    const parts = iterate(element);
    const [key, member] = parts;
    if (parts.length !== 2 || key === undefined || member === undefined) {
      throw new PythonError(
        'ValueError',
        `dictionary update sequence element #${String(index)} has length ${String(parts.length)}; 2 is required`,
      );
    }
    if (key.type === 'list' || key.type === 'dict')
      throw new PythonError('TypeError', `unhashable type: '${key.type}'`);
    if (key.type === 'str') dict.set(key.value, member);
  });
  return dict;
}

function isIterable(value: PythonValue): boolean {
  return value.type === 'str' || value.type === 'list' || value.type === 'dict';
}

function iterate(value: PythonValue): readonly PythonValue[] {
  switch (value.type) {
    case 'list':
      return value.items;
    case 'str':
      return [...value.value].map((character) => ({ type: 'str', value: character }));
    case 'dict':
      return [...value.members.keys()].map((key) => ({ type: 'str', value: key }));
    default:
      throw new PythonError('TypeError', `'${value.type}' object is not iterable`);
  }
}

/** Fills a protobuf map from an object or an iterable of pairs; null and undefined count as empty (fact 11). */
function readReplicaSets(value: PythonValue | undefined): ReadonlyMap<string, number> {
  const sets = new Map<string, number>();
  if (value === undefined || value.type === 'NoneType') return sets;
  if (value.type === 'dict') {
    for (const [templateId, count] of value.members) sets.set(encodable(templateId), readCount(count));
    return sets;
  }
  for (const element of iterate(value)) {
    const [key, count] = unpackPair(element);
    if (key.type !== 'str') throw badArgument();
    sets.set(encodable(key.value), readCount(count));
  }
  return sets;
}

function unpackPair(value: PythonValue): readonly [PythonValue, PythonValue] {
  if (!isIterable(value)) throw new PythonError('TypeError', `cannot unpack non-iterable ${value.type} object`);
  const parts = iterate(value);
  const [key, member] = parts;
  if (key === undefined || member === undefined) {
    throw new PythonError('ValueError', `not enough values to unpack (expected 2, got ${String(parts.length)})`);
  }
  if (parts.length > 2) throw new PythonError('ValueError', 'too many values to unpack (expected 2)');
  return [key, member];
}

function readCount(value: PythonValue): number {
  if (value.type === 'bool') {
    throw new PythonError(
      'TypeError',
      'Field ray.rpc.CreateOrUpdateVirtualClusterRequest.ReplicaSetsEntry.value: Expected an int, got a boolean.',
    );
  }
  if (value.type !== 'int')
    throw new PythonError('TypeError', `'${value.type}' object cannot be interpreted as an integer`);
  if (value.value < MIN_INT32 || value.value > MAX_INT32) throw outOfRange(value.value);
  return Number(value.value);
}

/** Python's `int(value)`. */
function toInt(value: PythonValue): bigint {
  switch (value.type) {
    case 'int':
      return value.value;
    case 'bool':
      return value.value ? 1n : 0n;
    case 'float':
      if (Number.isNaN(value.value)) throw new PythonError('ValueError', 'cannot convert float NaN to integer');
      if (!Number.isFinite(value.value))
        throw new PythonError('OverflowError', 'cannot convert float infinity to integer');
      return BigInt(Math.trunc(value.value));
    case 'str':
      return parsePythonInt(value.value);
    default:
      throw new PythonError(
        'TypeError',
        `int() argument must be a string, a bytes-like object or a real number, not '${value.type}'`,
      );
  }
}

function outOfRange(value: bigint): PythonError {
  return new PythonError('ValueError', `Value out of range: ${String(value)}`);
}

function badArgument(): PythonError {
  return new PythonError('TypeError', 'bad argument type for built-in operation');
}

/** Python accepts a lone surrogate in a string, but can't encode it as UTF-8. */
function encodable(text: string): string {
  const half = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(text);
  if (half === null) return text;
  const position = [...text.slice(0, half.index)].length;
  const code = half[0].charCodeAt(0).toString(16);
  throw new PythonError(
    'UnicodeEncodeError',
    `'utf-8' codec can't encode character '\\u${code}' in position ${String(position)}: surrogates not allowed`,
  );
}
