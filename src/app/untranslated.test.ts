import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

/** Attributes whose text somebody reads or hears. */
const SPOKEN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'description',
  'error',
  'label',
  'placeholder',
  'title',
]);

/** The same in every language. */
const NAMES = new Set(['ID', 'Ray']);

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function childrenOf(node: Syntax): readonly Syntax[] {
  return Object.entries(node)
    .filter(([key]) => key !== 'parent')
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isSyntax);
}

const nameOf = (node: unknown) => (isSyntax(node) && typeof node['name'] === 'string' ? node['name'] : '');

/** Letters, or a sign that stands between words and is another one in Chinese; not `·` and the like. */
function isSpoken(text: string): boolean {
  const message = text.trim();
  return !NAMES.has(message) && /\p{L}|[.,:;()]/u.test(message);
}

/** A sentence, or a part of one. */
const PROSE = /(?:^|\s)[A-Z][a-z']+,? [a-z]+|\p{Script=Han}/u;
/** What joins words. */
const JOINT = /^[.,:;)]+ | \($/;

/** The texts in a piece of JSX or in a spoken attribute: of each branch, and between the parts of a template. */
function spokenIn(node: Syntax): readonly Syntax[] {
  switch (node.type) {
    case 'JSXText':
    case 'Literal':
    case 'TemplateElement':
      return [node];
    case 'TemplateLiteral':
      return Array.isArray(node['quasis']) ? node['quasis'].filter(isSyntax) : [];
    case 'ConditionalExpression':
      return [node['consequent'], node['alternate']].filter(isSyntax).flatMap(spokenIn);
    case 'LogicalExpression':
    case 'BinaryExpression':
      return node.type === 'BinaryExpression' && node['operator'] !== '+'
        ? []
        : [node['left'], node['right']].filter(isSyntax).flatMap(spokenIn);
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
      return isSyntax(node['expression']) ? spokenIn(node['expression']) : [];
    default:
      return [];
  }
}

function textOf({ value }: Syntax): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : '';
}

/** What is said in the code instead of in `text`, as `path:line text`. */
function untranslatedIn(path: string, code: string): readonly string[] {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? ''}`);
  const found = new Map<number, string>();
  const report = (node: Syntax) => {
    const line = code.slice(0, node.start).split('\n').length + (/^\s*\n/.exec(textOf(node)) === null ? 0 : 1);
    found.set(node.start, `${path}:${String(line)} ${textOf(node).trim()}`);
  };
  const visit = (node: Syntax): void => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        if (isSyntax(node['declaration'])) visit(node['declaration']);
        return;
      // The developer reads it.
      case 'NewExpression':
        if (nameOf(node['callee']).endsWith('Error')) return;
        break;
      case 'TSLiteralType':
        return;
      case 'JSXElement':
      case 'JSXFragment':
        for (const child of Array.isArray(node['children']) ? node['children'].filter(isSyntax) : [])
          for (const each of spokenIn(child)) if (isSpoken(textOf(each))) report(each);
        break;
      case 'JSXAttribute':
        if (SPOKEN.has(nameOf(node['name'])) && isSyntax(node['value']))
          for (const each of spokenIn(node['value'])) if (isSpoken(textOf(each))) report(each);
        // Class names, roles and ids.
        if (isSyntax(node['value']) && node['value'].type === 'Literal') return;
        if (/^(?:className|style|id|key|d|viewBox|points|transform)$/.test(nameOf(node['name']))) return;
        break;
      case 'Literal':
        if (PROSE.test(textOf(node))) report(node);
        return;
      case 'CallExpression': {
        const { callee, arguments: given } = node;
        const [joint] = Array.isArray(given) ? given.filter(isSyntax) : [];
        if (isSyntax(callee) && nameOf(callee['property']) === 'join' && joint?.type === 'Literal') {
          if (/[.,:;] /.test(textOf(joint))) report(joint);
        }
        break;
      }
      case 'TemplateLiteral':
        for (const each of Array.isArray(node['quasis']) ? node['quasis'].filter(isSyntax) : [])
          if (PROSE.test(textOf(each)) || JOINT.test(textOf(each))) report(each);
        break;
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit({ ...program });
  return [...found.values()];
}

/** What looks like words and is none that anybody reads. */
const allowed: Readonly<Record<string, string>> = {
  'features/palette/palette-entries.ts language english chinese 语言 中文 英文 英语':
    'found by who reads either language',
  'shell/language-buttons.tsx 文': 'a sign',
  'ui/choose-language.ts ; Path=': 'a cookie',
  'ui/choose-language.ts ; Max-Age=': 'a cookie',
  'ui/choose-language.ts ; SameSite=Strict': 'a cookie',
  'ui/shortcuts.ts Mod k': 'keys',
};

const folder = import.meta.dirname;
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^text\/|^testing\//.test(path));

test('every word that the page says is in `text`, in each language', () => {
  const found = sources.flatMap((path) => untranslatedIn(path, readFileSync(join(folder, path), 'utf8')));
  const withoutLine = (each: string) => each.replace(/:\d+ /, ' ');
  expect(found.filter((each) => !Object.hasOwn(allowed, withoutLine(each)))).toEqual([]);
  expect(Object.keys(allowed).filter((each) => !found.map(withoutLine).includes(each))).toEqual([]);
});

describe('this test sees', () => {
  test.each([
    ['a text', '<p>Nothing here</p>'],
    ['a word', '<p>None</p>'],
    ['a full stop', '<p>{words.a}. {words.b}</p>'],
    ['a bracket', '<p>({words.a})</p>'],
    ['a label', '<button aria-label="Close" />'],
    ['a title of two cases', "<p title={isOpen ? 'Close' : words.open} />"],
    ['a placeholder', '<input placeholder={`Find ${what}`} />'],
    ['what is shown sometimes', "<p>{isOpen && 'open'}</p>"],
    ['a sentence in a variable', "const why = 'The list is empty.';"],
    ['a sentence in a template', 'const why = `The list of ${id} is empty`;'],
    ['words that are joined', 'const all = `${a}, ${b}`;'],
    ['a label that is joined', 'const all = `${a}: ${b}`;'],
    ['a list that is joined', "const all = parts.join(', ');"],
    ['Chinese', "const why = '列表为空';"],
  ])('%s: %s', (_, code) => {
    expect(untranslatedIn('a.tsx', code)).not.toEqual([]);
  });

  test.each([
    '<p className="quiet large">{words.none}</p>',
    '<p>{words.a} · {words.b} ×</p>',
    "<td>{value === null ? '–' : value}</td>",
    "throw new Error('The list is empty.');",
    "import { a } from './the list.ts';",
    "const kind = isOpen ? 'is-open' : 'closed';",
    'const path = `/clusters/${id}`;',
    "const ids = parts.join(' ');",
  ])('and lets pass %s', (code) => {
    expect(untranslatedIn('a.tsx', code)).toEqual([]);
  });
});
