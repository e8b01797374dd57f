import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type * as z from 'zod/mini';
import { checkNewClusterId } from '../domain/cluster-id.ts';
import { checkProfile, EMPTY_PROFILE, profileFields, type ClusterProfile } from '../domain/cluster-profile.ts';
import { replicaSetsOf } from '../domain/replica-sets.ts';
import type { FileCluster } from './fleet-cluster.ts';
import type { FileFault, FileProblem, ValueRule } from './problem.ts';
import { fileFields, fleetFile, MAX_FILE_CLUSTERS, replicaCount } from './schema.ts';
import { MAX_PROBLEMS, nodeAt, plainOf, readYaml, startOf, type YamlSource } from './yaml-source.ts';

export type ParsedFile =
  | { readonly ok: true; readonly clusters: readonly FileCluster[]; readonly source: YamlSource }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Reads a fleet file, and says of everything that is wrong where it stands. */
export function parseFleetFile(text: string): ParsedFile {
  const source = readYaml(text);
  if (!('root' in source)) return { ok: false, problems: source };
  const { root, at } = source;
  const listed = nodeAt(root, ['clusters']).node;
  if (isSeq(listed) && listed !== root && listed.items.length > MAX_FILE_CLUSTERS)
    return {
      ok: false,
      problems: [at(startOf(listed), { kind: 'too-many-clusters', count: listed.items.length })],
    };
  const plain = plainOf(root);
  const checked = checkedBySchema(plain);
  if (checked === null) return { ok: false, problems: [at(startOf(listed), { kind: 'too-many-parts' })] };
  const problems = [
    ...(checked.success ? [] : checked.error.issues.flatMap((issue) => problemsOf(issue, source))),
    ...countProblems(source),
  ]
    .toSorted((one, other) => one.line - other.line || one.column - other.column)
    .slice(0, MAX_PROBLEMS);
  if (!checked.success || problems.length > 0) return { ok: false, problems };
  const clusters = checked.data.clusters.map(
    ({ id, divisible = false, owner, contact, purpose, link, labels }, index) => ({
      id,
      divisible,
      replicaSets: replicaSetsOf(setsAt(source, index).map(([template, count]) => [template, Number(count)])),
      profile: named({ owner, contact, purpose, link, labels }),
    }),
  );
  const wrong = clusters.flatMap((cluster, index) => clusterProblems(cluster, index, source));
  wrong.push(...repeatedIds(clusters, source));
  return wrong.length > 0 ? { ok: false, problems: wrong.slice(0, MAX_PROBLEMS) } : { ok: true, clusters, source };
}

/** Null: so much is wrong that nobody can list it. */
function checkedBySchema(plain: unknown) {
  try {
    return fleetFile.safeParse(plain);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Optional<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Only the fields that the file names, tidied as a profile that is typed into the page. */
function named(fields: Optional<ClusterProfile>): FileCluster['profile'] {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const checked = checkProfile({ ...EMPTY_PROFILE, ...given });
  const all = checked.ok ? checked.profile : { ...EMPTY_PROFILE, ...given };
  return Object.fromEntries(
    profileFields.filter((field) => Object.hasOwn(given, field)).map((field) => [field, all[field]]),
  );
}

/** Not by the schema alone: it drops a template named `__proto__`. */
function setsAt(
  { root }: YamlSource,
  index: number,
): readonly (readonly [template: string, count: unknown, node: unknown])[] {
  const path = ['clusters', index, 'replicaSets'];
  const { node } = nodeAt(root, path);
  // Where they are missing, the node is that of the whole virtual cluster.
  if (!holds(root, path) || !isMap(node)) return [];
  return node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', plainOf(value), value ?? key]);
}

function countProblems(source: YamlSource): readonly FileProblem[] {
  const { node } = nodeAt(source.root, ['clusters']);
  if (!isSeq(node) || node === source.root) return [];
  return node.items.flatMap((_item, index) =>
    setsAt(source, index)
      .filter(([template, count]) => template === '' || !replicaCount.safeParse(count).success)
      .map(([templateId, , where]) => source.at(startOf(where), { kind: 'bad-count', templateId })),
  );
}

function problemsOf(issue: z.core.$ZodIssue, { root, at }: YamlSource): readonly FileProblem[] {
  const { path } = issue;
  // Told by `countProblems`.
  if (path.length > 3 && path[2] === 'replicaSets') return [];
  const { node } = nodeAt(root, path);
  if (issue.code === 'unrecognized_keys') {
    const known = path.length === 0 ? ['version', 'clusters'] : fileFields;
    return issue.keys
      .slice(0, MAX_PROBLEMS)
      .map((key) => at(startOf(nodeAt(root, [...path, key]).key), { kind: 'unknown-key', key, known }));
  }
  const key = String(path.at(-1) ?? 'the file');
  return [at(startOf(node ?? root), faultOf(issue, key, holds(root, path), node))];
}

function faultOf(issue: z.core.$ZodIssue, key: string, isThere: boolean, node: unknown): FileFault {
  if (!isThere) return { kind: 'missing-key', key };
  if (issue.code === 'invalid_type' && issue.expected === 'string' && isScalar(node))
    return { kind: 'not-text', key, source: node.source ?? '' };
  return { kind: 'bad-value', key, must: ruleOf(issue) };
}

function ruleOf(issue: z.core.$ZodIssue): ValueRule {
  switch (issue.code) {
    case 'invalid_type':
      return { be: TYPES[issue.expected] ?? 'map' };
    case 'too_big':
      return { be: 'shorter', most: Number(issue.maximum), of: issue.origin === 'string' ? 'characters' : 'items' };
    case 'too_small':
      return { be: 'not-empty' };
    default:
      return { be: issue.path.at(-1) === 'version' ? 'version-1' : 'as-described' };
  }
}

const TYPES: Readonly<Partial<Record<string, 'list' | 'boolean' | 'text'>>> = {
  array: 'list',
  boolean: 'boolean',
  string: 'text',
};

function holds(root: ParsedNode | null, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1);
  if (last === undefined) return true;
  const { node } = nodeAt(root, path.slice(0, -1));
  return isMap(node) ? node.has(String(last)) : true;
}

function clusterProblems(
  { id, profile }: FileCluster,
  index: number,
  { root, at }: YamlSource,
): readonly FileProblem[] {
  const where = (field: string) => startOf(nodeAt(root, ['clusters', index, field]).node);
  const problem = checkNewClusterId(id);
  const checked = checkProfile({ ...EMPTY_PROFILE, ...profile });
  return [
    ...(problem === null ? [] : [at(where('id'), { kind: 'bad-id', id, problem })]),
    ...profileFields.flatMap((field) => {
      const found = checked.ok ? undefined : checked.problems[field];
      return found === undefined ? [] : [at(where(field), { kind: 'bad-profile', field, problem: found })];
    }),
  ];
}

function repeatedIds(clusters: readonly FileCluster[], { root, at }: YamlSource): readonly FileProblem[] {
  const first = new Map<string, number>();
  return clusters.flatMap(({ id }, index) => {
    const offset = startOf(nodeAt(root, ['clusters', index, 'id']).node);
    const before = first.get(id);
    if (before !== undefined) return [at(offset, { kind: 'id-twice', id, firstLine: before })];
    first.set(id, at(offset, { kind: 'tag' }).line);
    return [];
  });
}
