/** Ray's name for everything that no virtual cluster holds; it can't be created, changed or removed (fact 10). */
export const PRIMARY_CLUSTER_ID = 'kPrimaryClusterID';

/** Longest id that a person may create, in UTF-16 units. */
const MAX_CLUSTER_ID_LENGTH = 128;

/** Separates a divisible cluster's id from its job's (fact 12). */
const JOB_SEPARATOR = '##';

/** Control characters, lone surrogates and format characters: they reverse text or are invisible. */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Cf}]/u;

/** Why a person may not create this id. */
export type ClusterIdProblem =
  | 'empty'
  /** Ray would list it, never remove it, and its state API would fail for everybody (fact 12). */
  | 'job-separator'
  | 'primary'
  | 'too-long'
  | 'control-character'
  | 'outer-space'
  /** `.` and `..` can't stand in a URL's path, so no DELETE would reach them. */
  | 'path-dots'
  /** Ray's route of DELETE matches no `{` and `}`, encoded or not (fact 29). */
  | 'braces';

/** Null when a person may create a virtual cluster with this id; else the first of `newClusterIdProblems`. */
export function checkNewClusterId(id: string): ClusterIdProblem | null {
  return newClusterIdProblems(id)[0] ?? null;
}

/** Everything for which a person may not create a virtual cluster with this id. */
export function newClusterIdProblems(id: string): readonly ClusterIdProblem[] {
  if (id.trim() === '') return ['empty'];
  const obstacle = removalObstacle(id);
  const found: Readonly<Record<Exclude<ClusterIdProblem, 'empty'>, boolean>> = {
    'outer-space': id !== id.trim(),
    'job-separator': hasJobSeparator(id),
    primary: id === PRIMARY_CLUSTER_ID,
    'too-long': id.length > MAX_CLUSTER_ID_LENGTH,
    'control-character': INVISIBLE.test(id),
    'path-dots': obstacle === 'path-dots',
    braces: obstacle === 'braces',
  };
  return idProblems.filter((problem) => found[problem]);
}

/** The most telling first. */
const idProblems = [
  'outer-space',
  'job-separator',
  'primary',
  'too-long',
  'control-character',
  'path-dots',
  'braces',
] as const;

/** Why no DELETE that the console can send reaches a virtual cluster of this id, although Ray takes it (fact 29). */
export type RemovalObstacle = 'path-dots' | 'braces' | 'too-long-for-path';

/** The longest encoded id that fits the path of a DELETE: Ray's HTTP server reads paths of up to 8,190 bytes. */
export const MAX_ID_IN_PATH = 8_000;

export function removalObstacle(id: string): RemovalObstacle | null {
  if (id === '.' || id === '..') return 'path-dots';
  if (/[{}]/.test(id)) return 'braces';
  // Half of a surrogate pair can't be encoded for a path at all.
  return encodeURIComponent(id.toWellFormed()).length > MAX_ID_IN_PATH ? 'too-long-for-path' : null;
}

/** An id, or what else Ray's users name, with its invisible and text-reversing characters written as code points, such as `\u{202e}`. */
export function readableClusterId(id: string): string {
  return INVISIBLE.test(id) ? Array.from(id, (each) => (INVISIBLE.test(each) ? escaped(each) : each)).join('') : id;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Whether an id has the form that Ray keeps for job clusters; it may still name none. */
export function hasJobSeparator(id: string): boolean {
  return id.includes(JOB_SEPARATOR);
}

/**
 * The parts of a job cluster's id, `team##raysubmit_X`; null for any other id. It is split at the first `##`, as Ray does:
 * whoever submits a job may choose any submission id, another `##` included (fact 22).
 */
export function splitJobClusterId(id: string): { readonly parentId: string; readonly submissionId: string } | null {
  const at = id.indexOf(JOB_SEPARATOR);
  if (at <= 0) return null;
  const submissionId = id.slice(at + JOB_SEPARATOR.length);
  return submissionId === '' ? null : { parentId: id.slice(0, at), submissionId };
}

/** The submission id in a job cluster's id, or the whole id when there is none; readable. */
export function readableJob(jobClusterId: string): string {
  return readableClusterId(splitJobClusterId(jobClusterId)?.submissionId ?? jobClusterId);
}
