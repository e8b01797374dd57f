import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages, languageTags } from '../src/contract/language.ts';
import { commands, findCommand } from '../src/server/cli/commands.ts';
import { HELP } from '../src/server/cli/help.ts';
import { parseOptions } from '../src/server/cli/options.ts';

const folder = join(import.meta.dirname, 'guide');
const texts = join(import.meta.dirname, '..', 'src', 'app', 'text');
const namesIn = (path: string) => readdirSync(path).filter((name) => name.endsWith('.md'));
const read = (...path: readonly string[]) => readFileSync(join(folder, ...path), 'utf8');
/** The guide in each language that it is written in. */
const guides = languageTags
  .map((tag) => ({ name: tag, at: tag === 'en' ? '.' : tag, language: languages[tag].words }))
  .filter(({ at }) => existsSync(join(folder, at)));
const translations = guides.filter(({ name }) => name !== 'en');

/** What a text of the page can be: itself, or a pattern of what a function makes of names and numbers. */
function patternsOf(words: unknown): readonly (string | RegExp)[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') {
    const parts = [...words.toString().matchAll(/`((?:[^`\\]|\\.)*)`|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)];
    return parts.flatMap(([, template, one, two]) => {
      if (template === undefined) return one ?? two ?? '';
      const fixed = template.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/);
      // Of nothing but a name or a number, everything would be one.
      if (!/\p{L}{2}/u.test(fixed.join(''))) return [];
      return new RegExp(`^${fixed.map(escape).join('.+')}$`);
    });
  }
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(patternsOf) : [];
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function screenWords(language: string): Promise<readonly (string | RegExp)[]> {
  const names = readdirSync(join(texts, language)).filter((name) => !name.endsWith('.test.ts'));
  const modules: unknown[] = await Promise.all(
    names.map(async (name): Promise<unknown> => import(`../src/app/text/${language}/${name.slice(0, -3)}.ts`)),
  );
  return modules.flatMap((module) => patternsOf({ ...Object(module) }));
}

/** Whether a console starts with these options, as a shell would give them. */
function startsWith(options: string): boolean {
  const words = [...options.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  return parseOptions(words, {}).kind === 'start';
}

describe.each(guides)('$name', ({ at, language }) => {
  const names = namesIn(join(folder, at));

  test('every bold word stands on the screen', async () => {
    const words = await screenWords(language);
    const exact = new Set(words.filter((word) => typeof word === 'string'));
    const patterns = words.filter((word) => typeof word !== 'string');
    const bold = names.flatMap((name) =>
      [...read(at, name).matchAll(/\*\*(.+?)\*\*/gs)].map(([, word = '']) => ({
        name,
        word: word.replaceAll(/\s+/g, ' '),
      })),
    );
    expect(bold.length).toBeGreaterThan(150);
    expect(bold.filter(({ word }) => !exact.has(word) && !patterns.some((pattern) => pattern.test(word)))).toEqual([]);
  });

  test('every command and option is there, and each command has its options', () => {
    const known = new Set([...HELP.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option));
    const wrong = names.flatMap((name) => {
      const text = read(at, name).replaceAll(/\\\n\s*/g, '');
      const options = [...text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option);
      const strange = options.filter((option) => !known.has(option) && option !== '--help' && option !== '--version');
      const called = [...text.matchAll(/^virtual-cluster-console (.+)$/gm)].flatMap(([line, rest = '']) => {
        const found = findCommand(rest.split(' '));
        if ('unknown' in found) return [line];
        const place = { 'ray-address': true, 'data-dir': true, ...commands[found.name].flags };
        const given = [...rest.matchAll(/(?:^| )--([a-z-]+)/g)].map(([, option = '']) => option);
        const isKnown = given.every((option) => Object.hasOwn(place, option));
        const starts = found.name !== 'serve' || given.includes('config') || startsWith(rest);
        return isKnown && starts ? [] : [line];
      });
      return [...strange, ...called].map((what) => ({ name, what }));
    });
    expect(wrong).toEqual([]);
  });

  test('its index names every chapter', () => {
    const index = read(at, 'README.md');
    expect(names.filter((name) => name !== 'README.md' && !index.includes(`](${name})`))).toEqual([]);
  });
});

test.each(translations)(
  'the $name guide has the chapters, sections, commands and pictures of the English one',
  ({ at }) => {
    const shape = (text: string) => ({
      sections: [...text.matchAll(/^#+ /gm)].map(([mark]) => mark),
      commands: [...text.matchAll(/^virtual-cluster-console .+$/gm)].map(([line]) => line),
      pictures: [...text.matchAll(/pictures\/(?:[\w-]+\/)?([\w-]+\.webp)/g)].map(([, picture]) => picture),
      tables: [...text.matchAll(/^\|/gm)].length,
    });
    const chapters = namesIn(folder);
    expect(chapters).toContain('README.md');
    expect(namesIn(join(folder, at))).toEqual(chapters);
    for (const name of chapters) expect([name, shape(read(at, name))]).toEqual([name, shape(read(name))]);
  },
);

test('bold type that ends with a sign is no bold type right before a letter', () => {
  const pages = guides.flatMap(({ at }) => namesIn(join(folder, at)).map((name) => read(at, name)));
  const broken = pages.flatMap((page) =>
    page
      .split('**')
      .flatMap((part, index, parts) =>
        index % 2 === 1 && /\p{P}$/u.test(part) && /^[\p{L}\p{N}]/u.test(parts[index + 1] ?? '') ? [part] : [],
      ),
  );
  expect(broken).toEqual([]);
});

test('every Chinese term of the glossary is on the screen', () => {
  const [, table = ''] = readFileSync(join(import.meta.dirname, 'glossary.md'), 'utf8').split('## In Chinese');
  const terms = [...table.matchAll(/^\| [^|]+ \| (\p{Script=Han}[^|]*) \|$/gmu)].flatMap(([, row = '']) =>
    row.split('，'),
  );
  const folder = join(texts, 'zh');
  const words = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  expect(terms.length).toBeGreaterThan(25);
  expect(terms.filter((term) => !words.includes(term.trim()))).toEqual([]);
});

test('every picture is shown, and all of them are small', () => {
  const pictures = readdirSync(join(folder, 'pictures'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.webp'),
  );
  expect(pictures.length).toBeGreaterThan(10);
  const shown = guides.flatMap(({ at }) => namesIn(join(folder, at)).map((name) => read(at, name))).join('\n');
  expect(pictures.filter((name) => !shown.includes(`pictures/${name.replaceAll('\\', '/')})`))).toEqual([]);
  const above = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.webp'));
  const files = [...above, ...pictures.map((name) => join('guide', 'pictures', name))];
  const sizes = files.map((name) => statSync(join(import.meta.dirname, name)).size);
  expect(Math.max(...sizes)).toBeLessThan(120_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_800_000);
});
