import type { ProfileField, ProfileProblem } from '../domain/cluster-profile.ts';
import type { ClusterIdProblem } from '../domain/cluster-id.ts';
import { MAX_FILE_BYTES, MAX_FILE_CLUSTERS } from './schema.ts';

/** What a value must be. */
export type ValueRule =
  | { readonly be: 'list' | 'boolean' | 'text' | 'map' | 'not-empty' | 'version-1' | 'as-described' }
  | { readonly be: 'shorter'; readonly most: number; readonly of: 'characters' | 'items' };

export type FileFault =
  /** `code` and `message`: the YAML parser's. */
  | { readonly kind: 'yaml'; readonly code: string; readonly message: string }
  | { readonly kind: 'tab' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-deep' }
  | { readonly kind: 'too-many-parts' }
  | { readonly kind: 'several-documents' }
  /** Two readers could take these for different things, and an export would lose them. */
  | { readonly kind: 'anchor' | 'alias' | 'tag' | 'merge-key' | 'directive' }
  | { readonly kind: 'unknown-key'; readonly key: string; readonly known: readonly string[] }
  | { readonly kind: 'key-twice'; readonly key: string }
  | { readonly kind: 'missing-key'; readonly key: string }
  | { readonly kind: 'not-text'; readonly key: string; readonly source: string }
  | { readonly kind: 'bad-value'; readonly key: string; readonly must: ValueRule }
  | { readonly kind: 'bad-count'; readonly templateId: string }
  | { readonly kind: 'bad-id'; readonly id: string; readonly problem: ClusterIdProblem }
  | { readonly kind: 'id-twice'; readonly id: string; readonly firstLine: number }
  | { readonly kind: 'bad-profile'; readonly field: ProfileField; readonly problem: ProfileProblem }
  | { readonly kind: 'too-many-clusters'; readonly count: number };

/** What is wrong in a file, and where: line and column from 1. */
export interface FileProblem {
  readonly line: number;
  readonly column: number;
  readonly fault: FileFault;
}

const ID_PROBLEMS: Readonly<Record<ClusterIdProblem, string>> = {
  empty: 'An id must not be empty',
  'job-separator': 'An id with ## belongs to a job, and Ray could never remove such a virtual cluster',
  primary: 'This is Ray’s own name for all that no virtual cluster holds',
  'too-long': 'An id may be at most 128 characters long',
  'control-character': 'An id must not hold characters that nobody sees',
  'outer-space': 'An id must not begin or end with a space',
  'path-dots': 'Ray could never remove a virtual cluster named . or ..',
  braces: 'Ray could never remove a virtual cluster with { or } in its id',
};

const PROFILE_PROBLEMS: Readonly<Record<ProfileProblem, string>> = {
  'too-long': 'is too long',
  'hidden-character': 'holds characters that nobody sees',
  'bad-link': 'must begin with https:// or mailto:, without a password',
  'bad-label': 'must be words, or key=value, without spaces',
  'too-many-labels': 'are too many',
};

function describeRule(rule: ValueRule): string {
  switch (rule.be) {
    case 'list':
      return 'must be a list';
    case 'boolean':
      return 'must be true or false';
    case 'text':
      return 'must be text';
    case 'map':
      return 'must be a map of names and values';
    case 'not-empty':
      return 'must not be empty';
    case 'version-1':
      return 'must be 1';
    case 'as-described':
      return 'is not as it should be';
    case 'shorter':
      return `must be at most ${String(rule.most)} ${rule.of === 'characters' ? 'characters long' : 'of them'}`;
  }
}

/** A fault in one sentence, for people. */
export function describeFault(fault: FileFault): string {
  switch (fault.kind) {
    case 'yaml':
      return `This is not YAML: ${fault.message}.`;
    case 'tab':
      return 'Tabs must not indent YAML. Write spaces.';
    case 'too-large':
      return `The file is larger than ${(MAX_FILE_BYTES / 1e6).toLocaleString('en')} MB, so it was not read.`;
    case 'too-deep':
      return 'Lists and maps stand too deep in one another.';
    case 'too-many-parts':
      return 'The file has more lines and values than the largest fleet needs, so it was not read.';
    case 'several-documents':
      return 'The file holds several documents. Keep one.';
    case 'anchor':
      return 'Anchors (&name) are not allowed. Write the value where it is used.';
    case 'alias':
      return 'Aliases (*name) are not allowed. Write the value out.';
    case 'tag':
      return 'Tags (!name) are not allowed.';
    case 'merge-key':
      return 'Merge keys (<<) are not allowed. Write the values out.';
    case 'directive':
      return 'Directives (%YAML, %TAG) are not allowed. The file is read as YAML 1.2.';
    case 'unknown-key':
      return `Nothing is named "${fault.key}" here. There is: ${fault.known.join(', ')}.`;
    case 'key-twice':
      return `"${fault.key}" stands here twice.`;
    case 'missing-key':
      return `"${fault.key}" is missing.`;
    case 'not-text':
      return `"${fault.key}" must be text. Put it in quotes: "${fault.source}".`;
    case 'bad-value':
      return `"${fault.key}": ${describeRule(fault.must)}.`;
    case 'bad-count':
      return `The number of nodes of ${fault.templateId} must be a whole number from 0 to 2147483647.`;
    case 'bad-id':
      return `${ID_PROBLEMS[fault.problem]}.`;
    case 'id-twice':
      return `${fault.id} stands in line ${String(fault.firstLine)} already.`;
    case 'bad-profile':
      return `"${fault.field}" ${PROFILE_PROBLEMS[fault.problem]}.`;
    case 'too-many-clusters':
      return `The file names ${fault.count.toLocaleString('en')} virtual clusters; ${MAX_FILE_CLUSTERS.toLocaleString('en')} are the most.`;
  }
}

/** A problem as compilers write it: `12:5: …`. */
export function describeProblem({ line, column, fault }: FileProblem): string {
  return `${String(line)}:${String(column)}: ${describeFault(fault)}`;
}
