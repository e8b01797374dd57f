import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languages, languagesBeside, languageTags, type Language } from '../../contract/language.ts';
import * as english from './en.ts';
import * as chinese from './zh.ts';
import type { Words } from './words.ts';

const filesOf = (folder: string) =>
  readdirSync(join(import.meta.dirname, folder)).filter((name) => !name.endsWith('.test.ts'));

/** What is loaded late is not in `en.ts`. */
const late = filesOf('en')
  .map((name) => name.slice(0, -3))
  .filter((name) => /^(?!count-text|save-outcomes)/.test(name))
  .filter((name) => !readFileSync(join(import.meta.dirname, 'en.ts'), 'utf8').includes(`./en/${name}.ts`));

async function lateWords(folder: string): Promise<Record<string, unknown>> {
  const modules: Record<string, unknown>[] = await Promise.all(
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The name is not known to the compiler.
    late.map(async (name) => import(`./${folder}/${name}.ts`) as Promise<Record<string, unknown>>),
  );
  return Object.fromEntries(modules.flatMap((module) => Object.entries(module)));
}

/** Each text with its path; a function counts as the text that it makes of what stands for its parameters. */
function textsOf(words: unknown, path = ''): readonly (readonly [path: string, words: string])[] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return [[`${path}()`, words.toString()]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => textsOf(value, path === '' ? key : `${path}.${key}`));
}

/** The words of each language that come with the page. The compiler compares the sections that no type is written beside, too. */
const wordsIn: Readonly<Record<Language, Words<typeof english>>> = { en: english, 'zh-CN': chinese };
const translations = languagesBeside('en');
const allIn = async (language: Language) =>
  textsOf({ ...wordsIn[language], ...(await lateWords(languages[language].words)) });

test.each(translations)(
  'each file of words is there in %s, since it stands for the English one in a build',
  (language) => {
    expect(filesOf(languages[language].words)).toEqual(filesOf('en'));
    expect(Object.keys(wordsIn[language])).toEqual(Object.keys(english));
  },
);

test.each(languageTags)('%s is the language of its words', (language) => {
  expect(wordsIn[language].language).toBe(language);
});

test.each(translations)('%s says all that English says, and nothing else', async (language) => {
  const [own, words] = [await allIn(language), await allIn('en')];
  const paths = (of: readonly (readonly [string, string])[]) => of.map(([path]) => path).toSorted();
  expect(paths(own)).toEqual(paths(words));
  expect(own.length).toBeGreaterThan(700);
});

/** What is the same in Chinese: names, signs, keys and numbers. */
const SAME = /^(?:[^\p{L}]*|ID|CPU|GPU|GiB|Ray|F8|zh-CN|fleet\.yaml|gpu team=data|https:.*)$/u;

test('nothing is left untranslated', async () => {
  const words = await allIn('zh-CN');
  const plain = words.filter(([path]) => !path.endsWith('()'));
  // The names of keys are those on the keyboard.
  const isKey = (path: string) => /^commands\.sheet\.(?:in|on)[A-Z]\w*\.\d+\.0$/.test(path);
  expect(plain.filter(([path, text]) => !/\p{Script=Han}/u.test(text) && !SAME.test(text) && !isKey(path))).toEqual([]);
});

test.each([
  [
    'a comma, colon, semicolon, question mark or bracket of half width beside Chinese',
    /\p{Script=Han}[,:;?!()]|[,:;?!()]\p{Script=Han}/u,
  ],
  ['a full stop of half width at the end of a sentence', /\p{Script=Han}\.(?!\p{L})/u],
  [
    'a letter or digit that touches Chinese',
    /\p{Script=Han}(?!年|月|日)[A-Za-z0-9]|[A-Za-z0-9](?![年月日])\p{Script=Han}/u,
  ],
  [
    'a number or name that touches Chinese',
    /\p{Script=Han}\$\{(?:countText|String)\(|countText\(\w+\)\}\p{Script=Han}/u,
  ],
  ['a space beside a full-width sign', / [，。：；？！（）、“”]|[，。：；？！（）、] /u],
  ['您', /您/u],
])('no text has %s', async (_, wrong) => {
  const words = await allIn('zh-CN');
  // Dates are written without spaces, and a short number on the map has room for none.
  const exempt = /^(?:ago\.date|dates\.|usage\.dates|map\.\w+Numbers\.short|joins\.)/;
  expect(words.filter(([path, text]) => wrong.test(text) && !exempt.test(path))).toEqual([]);
});
