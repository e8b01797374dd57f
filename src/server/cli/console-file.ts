import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isMap, isScalar } from 'yaml';
import type * as z from 'zod/mini';
import { isRayName } from '../../domain/ray-name.ts';
import { describeProblem } from '../../fleet-file/problem.ts';
import { nodeAt, plainOf, readYaml, startOf, type YamlSource } from '../../fleet-file/yaml-source.ts';
import { consoleFile, FILE_KEYS, fileFlags, PATH_FLAGS, RAY_KEYS } from './console-file-schema.ts';
import { badRayName, checkRay, type WrittenRay } from './ray-options.ts';

/** What the file of `--config` says: its Rays, and its options as the command line would give them. */
export interface ConsoleFile {
  readonly rays: readonly WrittenRay[];
  readonly values: Readonly<Record<string, string | boolean | string[]>>;
}

/** Reads the file of `--config`; or one line that says what is wrong, where it can with line and column. */
export function readConsoleFile(path: string): ConsoleFile | string {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return `The file ${path} can't be read (--config).`;
  }
  const parsed = parseConsoleFile(text, dirname(resolve(path)));
  return typeof parsed === 'string' ? `${path}:${parsed}` : parsed;
}

/** `folder`: from which the paths in it count. A wrong file: its first problem, as `12:5: …`. */
export function parseConsoleFile(text: string, folder: string): ConsoleFile | string {
  const source = readYaml(text);
  if (!('root' in source)) {
    const [first] = source;
    return first === undefined ? '1:1: This is no YAML.' : describeProblem(first);
  }
  // Not by the schema alone: it drops a Ray named `__proto__`.
  const named = nodeAt(source.root, ['rays']).node;
  const wrongName = (isMap(named) ? named.items : [])
    .map(({ key }) => (isScalar(key) ? String(key.value) : ''))
    .find((name) => !isRayName(name));
  if (wrongName !== undefined && named !== source.root)
    return messageAt(source, ['rays', wrongName], badRayName(wrongName));
  const checked = consoleFile.safeParse(plainOf(source.root));
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return issue === undefined ? '1:1: This is not as it should be.' : describeIssue(issue, source);
  }
  const { rays: written, ...shared } = checked.data;
  const rays: WrittenRay[] = [];
  for (const [name, { ca, 'token-file': token, ...ray }] of Object.entries(written)) {
    const at = { ca: inFolder(folder, ca), 'token-file': inFolder(folder, token) };
    const wrong = checkRay({ name, ...ray, ...at });
    if (typeof wrong === 'string') return messageAt(source, ['rays', name], wrong);
    rays.push({ name, ...ray, ...at });
  }
  if (rays.length === 0) return messageAt(source, ['rays'], 'Name at least one Ray.');
  const given: Readonly<Record<string, unknown>> = shared;
  const values = fileFlags.flatMap(([name]) => {
    const value = valueOf(given[name]);
    if (value === null) return [];
    return [[name, PATH_FLAGS.includes(name) && typeof value === 'string' ? resolve(folder, value) : value] as const];
  });
  return { rays, values: Object.fromEntries(values) };
}

/** As `parseArgs` gives it; null: not there. A flag without a value that is false is one that was not given. */
function valueOf(value: unknown): string | boolean | string[] | null {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'boolean') return value ? value : null;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function inFolder(folder: string, path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(folder, path);
}

function describeIssue(issue: z.core.$ZodIssue, source: YamlSource): string {
  const { path } = issue;
  const name = String(path.at(-1) ?? '');
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = path.length === 0 ? FILE_KEYS : RAY_KEYS;
    const { key: node } = nodeAt(source.root, [...path, key]);
    return describeProblem(source.at(startOf(node), { kind: 'unknown-key', key, known }));
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && !isThere(source, path))
    return describeProblem(source.at(startOf(nodeAt(source.root, path).node), { kind: 'missing-key', key: name }));
  const message = MESSAGES[issue.code === 'invalid_type' ? issue.expected : issue.code] ?? 'is not as it should be';
  const { line, column } = source.at(startOf(nodeAt(source.root, path).node), { kind: 'tag' });
  return `${String(line)}:${String(column)}: "${name}": ${message}.`;
}

const MESSAGES: Readonly<Record<string, string>> = {
  array: 'must be a list',
  boolean: 'must be true or false',
  string: 'must be text',
  invalid_union: 'must be text or a number',
  record: 'must be a map of names and Rays',
  object: 'must be a map of names and values',
  too_small: 'must not be empty',
};

function isThere({ root }: YamlSource, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1);
  const { key } = nodeAt(root, path);
  return last === undefined || (typeof key === 'object' && key !== null && 'value' in key && key.value === last);
}

/** At a pair's name. */
function messageAt({ root, at }: YamlSource, path: readonly PropertyKey[], message: string): string {
  const { line, column } = at(startOf(nodeAt(root, path).key), { kind: 'tag' });
  return `${String(line)}:${String(column)}: ${message}`;
}
