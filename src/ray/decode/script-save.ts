import { MAX_REPLICAS, replicaSetsOf, type ReplicaSets } from '../../domain/replica-sets.ts';
import { NO_REVISION, parseRevision, type Revision } from '../../domain/revision.ts';
import { parsePythonJson, type PythonJson } from './python-json.ts';

/** What Ray's handler makes of the body of a `POST /virtual_clusters`. */
export interface ScriptSave {
  readonly clusterId: string;
  readonly divisible: boolean;
  readonly replicaSets: ReplicaSets;
  readonly revision: Revision;
}

/** Why a body is no save, in one sentence. `clusterId`: of the virtual cluster, where it can be read; null: it is null. */
export class UnreadableSave extends Error {
  override readonly name = 'UnreadableSave';
  readonly clusterId: string | null | undefined;

  constructor(message: string, clusterId?: string | null) {
    super(message);
    this.clusterId = clusterId;
  }
}

/** Other counts crash Ray's handler, even where a later count of the same template replaces them. */
const MIN_INT32 = -2_147_483_648;
const MAX_INT32 = 2_147_483_647;

type Fields = ReadonlyMap<string, PythonJson>;

/**
 * Reads a save as Ray's handler does, which turns much of what it gets into something else (facts 2, 5, 11). Throws
 * `UnreadableSave` for everything that crashes the handler or that it would refuse, and for some rare forms, such as digits
 * beyond ASCII.
 */
export function readScriptSave(body: string): ScriptSave {
  const fields = readFields(body);
  const clusterId = readClusterId(fields);
  const revision = readRevision(fields.get('revision'));
  if (revision === null) {
    throw new UnreadableSave('revision must be a whole number from 0 to 18446744073709551615.', clusterId);
  }
  return {
    clusterId,
    divisible: isTrue(fields.get('divisible')),
    replicaSets: readReplicaSets(fields.get('replicaSets'), clusterId),
    revision,
  };
}

function readFields(body: string): Fields {
  let json: PythonJson;
  try {
    json = parsePythonJson(body);
  } catch {
    throw new UnreadableSave('The body is not JSON, or is nested too deeply.');
  }
  const pairs = pairsOf(json);
  if (pairs === null) throw new UnreadableSave('The body must be a JSON object.');
  return new Map(pairs);
}

/** Python makes a `dict` of an object and of a list of pairs. Null for everything else. */
function pairsOf(value: PythonJson): readonly (readonly [string, PythonJson])[] | null {
  if (value instanceof Map) return [...value];
  if (!Array.isArray(value)) return null;
  const pairs: (readonly [string, PythonJson])[] = [];
  for (const item of value) {
    if (!isPair(item)) return null;
    pairs.push(item);
  }
  return pairs;
}

function isPair(value: PythonJson): value is readonly [string, PythonJson] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}

function readClusterId(fields: Fields): string {
  const id = fields.get('virtualClusterId');
  if (id === undefined) throw new UnreadableSave('virtualClusterId is missing.');
  if (id === null || id === '') throw new UnreadableSave('Invalid request, the virtual cluster id is empty.', id);
  if (typeof id !== 'string') throw new UnreadableSave('virtualClusterId must be text.');
  if (!id.isWellFormed()) throw new UnreadableSave('virtualClusterId has half of a surrogate pair, which is no text.');
  return id;
}

/** Ray compares `str(divisible).lower()` with the word (fact 2). */
function isTrue(value: PythonJson | undefined): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

/** Python's `int(value)`; null where it fails, or the result is none of 64 bits. */
function readRevision(value: PythonJson | undefined): Revision | null {
  if (value === undefined) return NO_REVISION;
  if (typeof value === 'boolean') return parseRevision(value ? '1' : '0');
  if (typeof value === 'string') return wholeNumber(/^[ \t-\r]*([-+]?\d+(?:_\d+)*)[ \t-\r]*$/.exec(value)?.[1]);
  if (value === null || !('literal' in value)) return null;
  if (/^-?\d+$/.test(value.literal)) return wholeNumber(value.literal);
  const float = Math.trunc(Number(value.literal));
  return Number.isFinite(float) ? wholeNumber(String(BigInt(float))) : null;
}

/** From digits that may begin with a sign and zeros and have `_` among them. */
function wholeNumber(digits: string | undefined): Revision | null {
  const [, sign = '', rest] = /^([-+]?)0*(\d*)$/.exec(digits?.replaceAll('_', '') ?? 'none') ?? [];
  if (rest === undefined) return null;
  if (rest === '') return NO_REVISION;
  return sign === '-' ? null : parseRevision(rest);
}

/** `null` and what has no members count as none (fact 11). Of a repeated template the last count is judged, but each must be one. */
function readReplicaSets(value: PythonJson | undefined, clusterId: string): ReplicaSets {
  const pairs = value === undefined || value === null || value === '' ? [] : pairsOf(value);
  if (pairs === null) throw new UnreadableSave('replicaSets must be an object of counts by template.', clusterId);
  const counts = new Map(pairs.map(([templateId, count]) => [templateId, readInt32(count)]));
  for (const [templateId, count] of counts) {
    if (!(count >= 0 && count <= MAX_REPLICAS)) throw badCount(clusterId);
    if (templateId === '') throw new UnreadableSave('Invalid request, template_id is empty.', clusterId);
    if (!templateId.isWellFormed()) {
      throw new UnreadableSave('A template in replicaSets has half of a surrogate pair, which is no text.', clusterId);
    }
  }
  return replicaSetsOf([...counts]);

  function readInt32(count: PythonJson): number {
    const isWhole = typeof count === 'object' && count !== null && 'literal' in count && /^-?\d+$/.test(count.literal);
    const number = isWhole ? Number(count.literal) : Number.NaN;
    if (!(number >= MIN_INT32 && number <= MAX_INT32)) throw badCount(clusterId);
    // Ray takes -0 for 0.
    return number + 0;
  }
}

function badCount(clusterId: string): UnreadableSave {
  return new UnreadableSave(
    `replicaSets must hold whole numbers from 0 to ${String(MAX_REPLICAS)}, not in quotes.`,
    clusterId,
  );
}
