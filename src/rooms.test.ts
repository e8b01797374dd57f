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
  simulator: ['ray/wire.ts', 'type domain'],
  contract: ['domain'],
  backend: ['contract', 'ray', 'domain'],
  app: ['contract', 'domain'],
  server: ['simulator', 'backend', 'contract', 'ray', 'domain'],
};

/** Tests of these rooms, and what serves their tests, may import any of them: `testedOn`. */
const testTogether = new Set(['server', 'simulator', 'ray', 'backend', 'app']);
const testedOn = new Set(['server', 'simulator', 'ray', 'backend']);

/** Rooms of tests alone: of all the other rooms together. */
const testRooms = new Set(['histories']);

/** Everyone may import these. */
const everyones = new Set(['clock.ts', 'fetch-handler.ts', '../package.json']);

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
  return /\.test\.tsx?$/.test(path) || path.includes('/testing/');
}

/** Why a file may not import something, or null when it may. */
function offence({ path }: SourceFile, { target, typesOnly }: Import): string | null {
  const room = roomOf(path);
  // Tests of all the rooms together stand beside them.
  if (room === null || testRooms.has(room) || everyones.has(target)) return null;
  if (target.startsWith('node:')) {
    const mayUseNode = room === 'server' || isForTests(path) || path.startsWith('simulator/conformance/');
    return mayUseNode ? null : `${path} imports ${target}: only the server is Node code`;
  }
  const to = roomOf(target);
  if (to === null || !(to in mayImport))
    return target.startsWith('..') ? `${path} imports ${target}: it is not in src` : null;
  if (to === room) return null;
  const allowed = mayImport[room] ?? [];
  if (allowed.includes(to) || allowed.includes(target) || (typesOnly && allowed.includes(`type ${to}`))) return null;
  if (isForTests(path) && testTogether.has(room) && (testedOn.has(to) || to === 'domain' || to === 'contract'))
    return null;
  return `${path} imports ${target}: ${room} may import ${allowed.join(', ') || 'no other room'}`;
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
  ])('%s: %s', (path, text) => {
    expect(offences(path, text)).toBe(1);
  });

  test.each([
    ['simulator/a.ts', "import type { B } from '../domain/b.ts'"],
    ['simulator/a.ts', "import { parseJson } from '../ray/wire.ts'"],
    [
      'simulator/conformance/a.ts',
      "import { b } from '../simulator.ts'; import { parseJson } from '../../ray/wire.ts'",
    ],
    ['ray/a.test.ts', "import { b } from '../simulator/b.ts'"],
    ['backend/testing/a.ts', "import { b } from '../../simulator/b.ts'"],
    ['app/a.test.tsx', "import { b } from '../backend/b.ts'; import { c } from '../simulator/c.ts'"],
    ['app/a.tsx', "import { b } from '../domain/b.ts'; import { c } from './c.ts'; import { z } from 'zod/mini'"],
    ['domain/a.ts', "import type { Clock } from '../clock.ts'"],
    ['server/a.ts', "import { readFile } from 'node:fs'; import json from '../../package.json' with { type: 'json' }"],
  ])('and lets pass %s: %s', (path, text) => {
    expect(offences(path, text)).toBe(0);
  });

  test('any as a type, and not as a word', () => {
    expect(
      readSource('domain/a.ts', '// any\nconst any = "any";\nlet x: Map<string, any>;\nconst y = x as any;').anyAt,
    ).toEqual([3, 4]);
  });
});
