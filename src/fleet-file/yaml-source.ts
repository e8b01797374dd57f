import { isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type ParsedNode } from 'yaml';
import type { FileFault, FileProblem } from './problem.ts';
import { MAX_FILE_BYTES } from './schema.ts';
import { yamlBoundsFault } from './yaml-bounds.ts';

/** More than these nobody reads at once. */
export const MAX_PROBLEMS = 50;

/** Items of any list or map but the list of virtual clusters: far more than one may have templates or labels. */
const MAX_ITEMS = 1_000;

/** A YAML file of plain maps, lists and scalars, and where each of them stands. */
export interface YamlSource {
  readonly text: string;
  readonly root: ParsedNode | null;
  at(offset: number, fault: FileFault): FileProblem;
}

/**
 * Reads a file without what two readers could take for different things: tabs, anchors, aliases, tags, merge keys, directives,
 * keys that stand twice. Keys are text, whatever they look like.
 */
export function readYaml(text: string): YamlSource | readonly FileProblem[] {
  // Before anything looks at it: a parser takes a hundred times a file's memory.
  if (text.length > MAX_FILE_BYTES) return [{ line: 1, column: 1, fault: { kind: 'too-large' } }];
  const lines = new LineCounter();
  const at = (offset: number, fault: FileFault): FileProblem => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), fault };
  };
  const beyond = yamlBoundsFault(text);
  if (beyond !== null) {
    const before = text.slice(0, beyond.at).split('\n');
    return [{ line: before.length, column: (before.at(-1)?.length ?? 0) + 1, fault: { kind: beyond.kind } }];
  }
  try {
    // The parser compares each key with each other one: a map of 100,000 keys would take minutes.
    const options = { stringKeys: true, uniqueKeys: false, prettyErrors: false, logLevel: 'error' } as const;
    const document = parseDocument(text, { ...options, lineCounter: lines });
    const directive = /^%/m.exec(text);
    if (document.directives.yaml.explicit === true && directive !== null)
      return [at(directive.index, { kind: 'directive' })];
    const faults = document.errors
      .slice(0, MAX_PROBLEMS)
      .map(({ code, message, pos: [start] }) => at(start, faultOf(code, message)));
    const problems = faults.length > 0 ? faults : extrasIn(document.contents, text, at);
    return problems.length > 0 ? problems : { text, root: document.contents, at };
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) return [{ line: 1, column: 1, fault: { kind: 'too-deep' } }];
    throw error;
  }
}

function faultOf(code: string, message: string): FileFault {
  switch (code) {
    case 'TAB_AS_INDENT':
      return { kind: 'tab' };
    case 'RESOURCE_EXHAUSTION':
      return { kind: 'too-deep' };
    case 'MULTIPLE_DOCS':
      return { kind: 'several-documents' };
    default:
      return /\btabs?\b/i.test(message) ? { kind: 'tab' } : { kind: 'yaml', code, message: message.replace(/\.$/, '') };
  }
}

type Ranged = { readonly range?: readonly number[] | null };

/** What YAML allows and a fleet file does not. */
function extrasIn(root: ParsedNode | null, text: string, at: YamlSource['at']): readonly FileProblem[] {
  const found: FileProblem[] = [];
  const clusters = nodeAt(root, ['clusters']).node;
  const add = (node: Ranged, fault: FileFault, mark = '') => {
    const start = node.range?.[0] ?? 0;
    // A node begins after its anchor and its tag, which may stand in the line above.
    if (found.length < MAX_PROBLEMS) found.push(at(mark === '' ? start : text.lastIndexOf(mark, start), fault));
  };
  visit(root, {
    Alias: (_key, alias) => add(alias, { kind: 'alias' }),
    Value(_key, node) {
      if (isCollection(node) && node.items.length > MAX_ITEMS && node !== clusters) {
        add(node, { kind: 'too-many-parts' });
        return visit.SKIP;
      }
      if (node.anchor !== undefined) add(node, { kind: 'anchor' }, `&${node.anchor}`);
      else if (node.tag !== undefined)
        add(node, { kind: 'tag' }, node.tag.startsWith('tag:yaml.org,2002:') ? '!!' : '!');
      if (!isMap(node)) return undefined;
      const seen = new Set<string>();
      for (const { key } of node.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (name === '<<' && key.type === 'PLAIN') add(key, { kind: 'merge-key' });
        if (seen.has(name)) add(key, { kind: 'key-twice', key: name });
        seen.add(name);
      }
      return undefined;
    },
  });
  return found;
}

/** A node as plain data. Names such as `__proto__` are names like any other. */
export function plainOf(node: unknown): unknown {
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', plainOf(value)]),
    );
  if (isSeq(node)) return node.items.map(plainOf);
  return isScalar(node) ? node.value : null;
}

/** The value below a path, or the innermost that is there. `key`: the name of the pair that holds it. */
export function nodeAt(root: ParsedNode | null, path: readonly PropertyKey[]) {
  let node: unknown = root;
  let key: unknown = null;
  for (const part of path) {
    const next = isMap(node)
      ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(part))
      : isSeq(node)
        ? { key: null, value: node.items[Number(part)] }
        : undefined;
    if (next === undefined) break;
    ({ key, value: node } = next);
  }
  return { key, node };
}

/** Where a node begins. */
export function startOf(node: unknown): number {
  return isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0;
}
