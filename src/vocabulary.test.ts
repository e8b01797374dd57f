import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Words and phrases (plurals included) that this code no longer uses, and the standard term to write instead. */
const retired: Readonly<Record<string, string>> = {
  asker: 'requester',
  'ask region': 'confirmation panel',
  breathe: 'yieldToEventLoop',
  census: 'node registry',
  crowd: 'watcher pool',
  doing: 'change attempt',
  ear: 'listener',
  fate: 'network fault',
  'give way': 'yielder',
  happening: 'event',
  haystack: 'search index',
  'held list': 'cluster list store',
  histories: 'model-based tests',
  'journal place': 'journal path',
  'kept grant': 'stored grant',
  lately: 'recent events',
  'lay out': 'compute layout',
  'may not change': 'denial reason',
  noting: 'attempt recorder',
  'once soon': 'debounce',
  'own file': 'private file',
  published: 'Ray API pass-through',
  recognize: 'authenticate',
  'right of way': 'write priority',
  said: 'message, label or status',
  'shared read': 'single flight',
  'since opened': 'drift status',
  tally: 'count',
  'the end': 'quiescence',
  told: 'reported, shown or sent',
  verdict: 'invariant',
  visitor: 'principal',
  wish: 'CLI option',
};

/** Names that keep a retired word: `path name`, where `*` stands for any folder, and why. */
const allowed: Readonly<Record<string, string>> = {
  'src/app/api/page-fleet.ts lately': 'a field of the wire format',
  'src/backend/fleet/fleet-versions.ts lately': 'a field of the wire format',
  'src/backend/nodes/node-feed.ts lately': 'a field of the wire format',
  'src/app/text/*/lately.ts lately.ts': 'named after its key',
  'src/app/text/*/lately.ts lately': 'the key of the texts, after the wire format',
  'src/testing/model/coverage.ts histories': 'printed by the tests and read by the bench',
};

interface Name {
  readonly name: string;
  readonly line: number;
}

/** The names that a file declares: its variables, functions, parameters, types and members. */
function declaredNames(path: string, text: string): Name[] {
  const { program } = parseSync(path, text);
  const names = new Map<number, string>();
  const add = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    if (node.type === 'Identifier' && 'name' in node && 'start' in node)
      names.set(Number(node.start), String(node.name));
    // Patterns: destructured properties, defaults, rest elements and parameter properties.
    if ('properties' in node) for (const property of Object(node.properties)) add(property);
    if ('elements' in node) for (const element of Object(node.elements)) add(element);
    if (node.type === 'Property' && 'value' in node) add(node.value);
    if ('left' in node) add(node.left);
    if ('argument' in node) add(node.argument);
    if ('parameter' in node) add(node.parameter);
  };
  const addAll = (node: { id?: unknown; key?: unknown; params?: readonly unknown[] }) =>
    [node.id, node.key, ...(node.params ?? [])].forEach(add);
  new Visitor({
    VariableDeclarator: addAll,
    FunctionDeclaration: addAll,
    FunctionExpression: addAll,
    ArrowFunctionExpression: addAll,
    ClassDeclaration: addAll,
    TSTypeAliasDeclaration: addAll,
    TSInterfaceDeclaration: addAll,
    TSPropertySignature: addAll,
    TSMethodSignature: addAll,
    PropertyDefinition: addAll,
    MethodDefinition: addAll,
  }).visit(program);
  return [...names].map(([start, name]) => ({ name, line: text.slice(0, start).split('\n').length }));
}

/** The retired word in a name written in camel, kebab or upper case, or null. */
function retiredWordIn(name: string): string | null {
  const words = name.replaceAll(/([a-z\d])(?=[A-Z])/g, '$1 ').replaceAll(/[^A-Za-z]+/g, ' ');
  const spoken = ` ${words.toLowerCase().trim()} `;
  return Object.keys(retired).find((word) => spoken.includes(` ${word} `) || spoken.includes(` ${word}s `)) ?? null;
}

/** Cheap test on a whole text: most files contain no retired word, and need no parsing. */
const mayOffend = new RegExp(Object.keys(retired).join('|').replaceAll(' ', '[^a-z]?'), 'i');

/** What a file names with retired words; `entry` is what the allow list would hold. */
function offencesIn(path: string, text: string): { entry: string; message: string }[] {
  if (!mayOffend.test(`${path} ${text}`)) return [];
  const fileName: Name = { name: path.slice(path.lastIndexOf('/') + 1), line: 1 };
  return [fileName, ...declaredNames(path, text)].flatMap(({ name, line }) => {
    const word = retiredWordIn(name);
    if (word === null) return [];
    const message = `${path}:${line} ${name}: instead of "${word}" write "${retired[word] ?? ''}"`;
    return [{ entry: `${path} ${name}`, message }];
  });
}

test('retired words do not come back', () => {
  const files = ['src', 'e2e', 'bench'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => `${room}/${path.replaceAll('\\', '/')}`),
  );
  const found = files.flatMap((path) => offencesIn(path, readFileSync(join(root, path), 'utf8')));
  const patterns = Object.keys(allowed);
  const isAllowed = (pattern: string, entry: string) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replace('*', '[^/]+')}$`).test(entry);
  const wrong = found.filter(({ entry }) => !patterns.some((pattern) => isAllowed(pattern, entry)));
  expect(wrong.map(({ message }) => message)).toEqual([]);
  expect(patterns.filter((pattern) => !found.some(({ entry }) => isAllowed(pattern, entry)))).toEqual([]);
});

test('a retired word is found in a file name, a variable, a parameter and a member', () => {
  const text = 'const { nodes: heldList } = f((isVisitor) => 1);\ninterface A { crowdSize: number; visited: string }';
  expect(offencesIn('src/once-soon.ts', text).map(({ message }) => message)).toEqual([
    'src/once-soon.ts:1 once-soon.ts: instead of "once soon" write "debounce"',
    expect.stringContaining('heldList'),
    expect.stringContaining('isVisitor'),
    'src/once-soon.ts:2 crowdSize: instead of "crowd" write "watcher pool"',
  ]);
});
