import { expect, test } from 'vitest';
import { browserLanguage, languageChoice, pageIn } from './demo-language.ts';

test.each([
  ['https://host/', 'https://host/zh-CN/'],
  ['https://host/a/b/#/clusters/ci?x=1', 'https://host/a/b/zh-CN/#/clusters/ci?x=1'],
  ['https://host/a/index.html#/usage', 'https://host/a/zh-CN/#/usage'],
])('%s has its Chinese page beside it, and the way back', (english, chinese) => {
  expect(pageIn('zh-CN', english)).toBe(chinese);
  expect(pageIn('zh-CN', chinese)).toBe(chinese);
  expect(pageIn('en', chinese)).toBe(english.replace('index.html', ''));
});

test('the first language of the browser that there is, else English', () => {
  expect(browserLanguage(['zh-CN', 'en'])).toBe('zh-CN');
  expect(browserLanguage(['de', 'zh-Hans-CN'])).toBe('zh-CN');
  expect(browserLanguage(['en-GB', 'zh-CN'])).toBe('en');
  expect(browserLanguage(['zh-TW'])).toBe('en');
  expect(browserLanguage([])).toBe('en');
});

test('a choice is kept, and nobody chose where nothing can be', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, to: string) => void kept.set(key, to),
  };
  const choice = languageChoice(() => storage);
  expect(choice.get()).toBeNull();
  choice.put('zh-CN');
  expect(choice.get()).toBe('zh-CN');
  for (const key of kept.keys()) kept.set(key, 'toString');
  expect(choice.get()).toBeNull();
  const forbidden = languageChoice(() => {
    throw new Error('no storage');
  });
  forbidden.put('en');
  expect(forbidden.get()).toBeNull();
});
