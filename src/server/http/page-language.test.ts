import { expect, test } from 'vitest';
import { LANGUAGE_COOKIE } from '../../contract/language.ts';
import { pageLanguage } from './page-language.ts';

const languageFor = (headers: Record<string, string>) => pageLanguage(new Headers(headers));

test.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh-Hans-CN', 'zh-CN'],
  ['zh-SG', 'zh-CN'],
  ['en-GB,en;q=0.9,zh-CN;q=0.8', 'en'],
  ['en;q=0.5, zh-CN;q=0.7', 'zh-CN'],
  ['zh-CN;q=0, en', 'en'],
  ['zh-TW,zh-Hant;q=0.9', 'en'],
  ['de,fr;q=0.9,zh-CN;q=0.1', 'zh-CN'],
  ['de', 'en'],
  ['*', 'en'],
  ['', 'en'],
  ['zh-CN;q=nonsense', 'en'],
])('a browser that accepts %s gets %s', (accepted, language) => {
  expect(languageFor({ 'Accept-Language': accepted })).toBe(language);
});

test('what was chosen goes before what the browser accepts, unless there is no such language', () => {
  const accepted = { 'Accept-Language': 'zh-CN' };
  expect(languageFor({ ...accepted, Cookie: `a=b; ${LANGUAGE_COOKIE}=en` })).toBe('en');
  expect(languageFor({ Cookie: `${LANGUAGE_COOKIE}=zh-CN` })).toBe('zh-CN');
  expect(languageFor({ ...accepted, Cookie: `${LANGUAGE_COOKIE}=toString; ${LANGUAGE_COOKIE}x=en` })).toBe('zh-CN');
});
