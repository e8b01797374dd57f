/** Ray's name for everything that no virtual cluster holds; it can't be created, changed or removed (fact 10). */
export const PRIMARY_CLUSTER_ID = 'kPrimaryClusterID';

/** The most characters (UTF-16 units) of an id that a person may create. */
const MAX_CLUSTER_ID_LENGTH = 128;

/** What parts a divisible cluster's id from its job's (fact 12). */
const JOB_SEPARATOR = '##';

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
  | 'path-dots';

/** Null when a person may create a virtual cluster with this id. */
export function checkNewClusterId(id: string): ClusterIdProblem | null {
  if (id.trim() === '') return 'empty';
  if (id !== id.trim()) return 'outer-space';
  if (id.includes(JOB_SEPARATOR)) return 'job-separator';
  if (id === PRIMARY_CLUSTER_ID) return 'primary';
  if (id.length > MAX_CLUSTER_ID_LENGTH) return 'too-long';
  if (/[\p{Cc}\p{Cs}]/u.test(id)) return 'control-character';
  if (id === '.' || id === '..') return 'path-dots';
  return null;
}

/**
 * The parts of a job cluster's id, `team##raysubmit_X` (fact 22); null for any other id. It is parted at the
 * last `##`: a submission id has none.
 */
export function splitJobClusterId(id: string): { readonly parentId: string; readonly submissionId: string } | null {
  const at = id.lastIndexOf(JOB_SEPARATOR);
  if (at <= 0) return null;
  const submissionId = id.slice(at + JOB_SEPARATOR.length);
  if (!/^[\w.-]+$/.test(submissionId)) return null;
  return { parentId: id.slice(0, at), submissionId };
}
