import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { describe, expect, test } from 'vitest';

const root = dirname(fileURLToPath(import.meta.url));

/** Rooms and who each may import: a room whole, or one file; `type` of a room means its types alone. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ray: ['domain'],
  // Shared rules would share bugs, so only the way revisions are written is shared.
  simulator: ['ray/exact-json.ts', 'type domain'],
  contract: ['domain'],
  'fleet-file': ['domain'],
  backend: ['contract', 'ray', 'domain'],
  app: ['contract', 'fleet-file', 'domain'],
  // The page and what it asks, in one.
  demo: ['app', 'simulator', 'backend', 'ray', 'contract'],
  server: ['simulator', 'backend', 'fleet-file', 'contract', 'ray', 'domain'],
};

/**
 * The folders inside a room, or inside a folder of one, from top to bottom: each may import only what stands below it, and
 * itself. Files at the top compose its folders, unless they are listed in `foundations`.
 */
const layers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  backend: [
    ['http'],
    ['plans'],
    ['changes'],
    ['polling'],
    ['fleet'],
    ['nodes', 'auth'],
    ['journal', 'usage', 'web', 'concurrency'],
  ],
  ray: [['client'], ['decode'], ['stream']],
  server: [['fleet-command'], ['cli'], ['http', 'auth', 'storage', 'observability', 'ray']],
  simulator: [['control'], ['replies'], ['engine']],
  app: [
    ['shell'],
    ['features'],
    ['cluster-ui'],
    ['changes'],
    ['drafts', 'node-ui', 'usage-ui'],
    ['api'],
    ['ui'],
    ['routing', 'text'],
  ],
  'app/features/nodes/map': [['kiosk', 'search', 'side'], ['legend', 'surface'], ['paint'], ['layout']],
};

/** Files at a room's top that every folder of the room may import. */
const foundations = new Set(['ray/exact-json.ts', 'server/system-clock.ts', 'simulator/simulation.ts']);

/** Rooms of tests alone: they may import every room, and only tests may import them. */
const testRooms = new Set(['testing']);

/** Rooms that tests may import, whatever their own room may. The page's tests run the page without a server. */
const testedOn = new Set(['server', 'simulator', 'ray', 'backend', 'fleet-file', 'contract', 'domain', 'testing']);

/** Everyone may import these. */
const everyones = new Set(['clock.ts', 'fetch-handler.ts', 'emitter.ts', '../package.json']);

interface Import {
  /** From `src`, with `/`; a package's name, or `node:…`, as it is. */
  readonly target: string;
  readonly typesOnly: boolean;
}

interface SourceFile {
  /** From `src`, with `/`. */
  readonly path: string;
  readonly imports: readonly Import[];
  /** Lines with the type `any`. */
  readonly anyAt: readonly number[];
}

function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? ''}`);
  const imports: Import[] = [];
  const anyAt: number[] = [];
  const add = (specifier: string, typesOnly: boolean) => {
    const target = specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), specifier)) : specifier;
    imports.push({ target, typesOnly });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source.value, node.exportKind === 'type');
    },
    ImportExpression: (node) => {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string') add(node.source.value, false);
    },
    TSImportType: (node) => add(node.source.value, true),
    TSAnyKeyword: (node) => anyAt.push(text.slice(0, node.start).split('\n').length),
  }).visit(program);
  return { path, imports, anyAt };
}

function roomOf(path: string): string | null {
  return path.includes('/') ? (path.split('/')[0] ?? null) : null;
}

function isForTests(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.includes('/testing/') || path.startsWith('testing/');
}

/** Why a file may not import something, or null when it may. */
function offence({ path }: SourceFile, { target, typesOnly }: Import): string | null {
  const room = roomOf(path);
  // Tests of the whole stand beside the rooms.
  if (room === null || testRooms.has(room) || everyones.has(target)) return null;
  if (target.startsWith('node:')) {
    const mayUseNode = room === 'server' || isForTests(path) || path.startsWith('simulator/conformance/');
    return mayUseNode ? null : `${path} imports ${target}: only the server is Node code`;
  }
  const to = roomOf(target);
  if (to === null || !(to in mayImport || testRooms.has(to))) {
    return target.startsWith('..') ? `${path} imports ${target}: it is not in src` : null;
  }
  if (to === room) return upward(path, target);
  const allowed = mayImport[room] ?? [];
  if (allowed.includes(to) || allowed.includes(target) || (typesOnly && allowed.includes(`type ${to}`))) return null;
  if (isForTests(path) && room !== 'domain' && testedOn.has(to)) return null;
  if (isForTests(path) && testRooms.has(to)) return null;
  return `${path} imports ${target}: ${room} may import ${allowed.join(', ') || 'no other room'}`;
}

/** Why a file may not import another one of its own room, or null when it may. Tests may look at everything. */
function upward(path: string, target: string): string | null {
  if (isForTests(path) || isForTests(target) || foundations.has(target)) return null;
  for (const [place, order] of Object.entries(layers)) {
    if (![path, target].every((each) => each.startsWith(`${place}/`))) continue;
    const from = layerOf(place, order, path);
    const to = layerOf(place, order, target);
    if (from === null) continue;
    if (to === null) return `${path} imports ${target}: a folder does not import what composes it`;
    if (from.folder === 'features' && to.folder === 'features' && featureOf(path) !== featureOf(target)) {
      return `${path} imports ${target}: a feature imports no other feature`;
    }
    if (from.folder !== to.folder && from.height <= to.height)
      return `${path} imports ${target}: ${from.folder} does not stand above ${to.folder}`;
  }
  return null;
}

function layerOf(place: string, order: readonly (readonly string[])[], path: string) {
  const [folder = '', inside] = path.slice(place.length + 1).split('/');
  if (inside === undefined) return null;
  const at = order.findIndex((layer) => layer.includes(folder));
  return at < 0 ? null : { folder, height: order.length - at };
}

function featureOf(path: string): string {
  return path.split('/')[2] ?? '';
}

/** The circles of imports, of types too: each as the files on it. */
function circlesIn(sources: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]) => {
    const at = way.indexOf(path);
    if (at >= 0) found.push([...way.slice(at), path].join(' -> '));
    if (at >= 0 || done.has(path)) return;
    for (const { target } of byPath.get(path)?.imports ?? []) if (byPath.has(target)) visit(target, [...way, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return found;
}

const files: readonly SourceFile[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path))
  .toSorted()
  .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')));

describe('the rooms', () => {
  test('are all known, and none is empty', () => {
    const rooms = new Set(files.flatMap(({ path }) => roomOf(path) ?? []).filter((room) => !testRooms.has(room)));
    expect(rooms).toEqual(new Set(Object.keys(mayImport)));
  });

  test('import only what they may', () => {
    expect(files.flatMap((file) => file.imports.flatMap((each) => offence(file, each) ?? []))).toEqual([]);
  });

  test('have no circle of imports, of types neither', () => {
    expect(circlesIn(files)).toEqual([]);
  });

  test.each(Object.entries(layers))('have only folders with a layer in %s', (place, order) => {
    const inside = files
      .map(({ path }) => path)
      .filter((path) => path.startsWith(`${place}/`) && !isForTests(path) && !/\/(recordings|conformance)\//.test(path))
      .map((path) => path.slice(place.length + 1).split('/'))
      .flatMap(([folder = '', file]) => (file === undefined ? [] : [folder]));
    expect([...new Set(inside)].toSorted()).toEqual(order.flat().toSorted());
  });

  test('have at most 12 entries at the top of the back end', () => {
    expect(readdirSync(join(root, 'backend')).length).toBeLessThanOrEqual(12);
  });

  test('have no drawer for whatever is left', () => {
    const drawer = /(^|\/)(utils?|helpers?|types?|common)(\.test)?(\.tsx?|\/)/;
    expect(files.map(({ path }) => path).filter((path) => drawer.test(path))).toEqual([]);
  });

  test('have no any', () => {
    expect(files.flatMap(({ path, anyAt }) => anyAt.map((line) => `${path}:${String(line)}`))).toEqual([]);
  });
});

describe('this test sees an offender', () => {
  const offences = (path: string, text: string) => {
    const file = readSource(path, text);
    return file.imports.flatMap((each) => offence(file, each) ?? []).length;
  };

  test.each([
    ['domain/a.ts', "import { b } from '../ray/b.ts'"],
    ['domain/a.ts', "import type { B } from '../contract/b.ts'"],
    ['contract/a.ts', "export * from '../ray/b.ts'"],
    ['contract/a.ts', "export { b } from '../backend/b.ts'"],
    ['app/list/a.tsx', "const b = await import('../../backend/b.ts')"],
    ['app/a.tsx', "type B = import('../server/b.ts').B"],
    ['server/a.ts', "import { b } from '../app/b.tsx'"],
    ['server/a.test.ts', "import { b } from '../app/b.tsx'"],
    ['simulator/a.ts', "import { b } from '../domain/b.ts'"],
    ['simulator/a.ts', "import { type B } from '../domain/b.ts'"],
    ['simulator/a.ts', "import type { B } from '../ray/client.ts'"],
    ['simulator/conformance/a.ts', "import { b } from '../../ray/client.ts'"],
    ['backend/a.ts', "import { b } from '../simulator/b.ts'"],
    ['backend/a.ts', "import { readFile } from 'node:fs'"],
    ['ray/a.ts', "import b from '../../docs/b.json'"],
    ['backend/a.ts', "import { b } from '../testing/harness/b.ts'"],
    ['backend/nodes/a.ts', "import type { B } from '../fleet/b.ts'"],
    ['backend/web/a.ts', "import { b } from '../concurrency/b.ts'"],
    ['backend/http/a.ts', "import { b } from '../backend.ts'"],
    ['app/features/editor/a.tsx', "import { b } from '../clusters/b.tsx'"],
    ['app/ui/a.tsx', "import { b } from '../api/b.ts'"],
    ['app/features/nodes/map/paint/a.ts', "import { b } from '../surface/b.ts'"],
  ])('%s: %s', (path, text) => {
    expect(offences(path, text)).toBe(1);
  });

  test.each([
    ['simulator/a.ts', "import type { B } from '../domain/b.ts'"],
    ['simulator/a.ts', "import { parseJson } from '../ray/exact-json.ts'"],
    [
      'simulator/conformance/a.ts',
      "import { b } from '../simulator.ts'; import { parseJson } from '../../ray/exact-json.ts'",
    ],
    ['ray/a.test.ts', "import { b } from '../simulator/b.ts'"],
    ['testing/harness/a.ts', "import { b } from '../../simulator/b.ts'"],
    ['backend/http/a.ts', "import { b } from '../fleet/b.ts'; import { c } from './c.ts'"],
    ['backend/backend.ts', "import { b } from './http/b.ts'"],
    ['ray/decode/a.ts', "import { b } from '../exact-json.ts'"],
    ['app/features/editor/a.tsx', "import { b } from '../../ui/b.tsx'; import { c } from './c/d.tsx'"],
    ['domain/a.test.ts', "import { b } from '../testing/harness/b.ts'"],
    ['app/a.test.tsx', "import { b } from '../backend/b.ts'; import { c } from '../simulator/c.ts'"],
    ['app/a.tsx', "import { b } from '../domain/b.ts'; import { c } from './c.ts'; import { z } from 'zod/mini'"],
    ['domain/a.ts', "import type { Clock } from '../clock.ts'"],
    ['server/a.ts', "import { readFile } from 'node:fs'; import json from '../../package.json' with { type: 'json' }"],
  ])('and lets pass %s: %s', (path, text) => {
    expect(offences(path, text)).toBe(0);
  });

  test('a circle of two, and not a fork that joins again', () => {
    const file = (path: string, ...targets: string[]) =>
      readSource(path, targets.map((target) => `import type { T } from './${target}';`).join('\n'));
    expect(circlesIn([file('a/a.ts', 'b.ts'), file('a/b.ts', 'a.ts')])).toEqual(['a/a.ts -> a/b.ts -> a/a.ts']);
    expect(circlesIn([file('a/a.ts', 'b.ts', 'c.ts'), file('a/b.ts', 'c.ts'), file('a/c.ts')])).toEqual([]);
  });

  test('any as a type, and not as a word', () => {
    expect(
      readSource('domain/a.ts', '// any\nconst any = "any";\nlet x: Map<string, any>;\nconst y = x as any;').anyAt,
    ).toEqual([3, 4]);
  });
});
