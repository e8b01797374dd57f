import { expect, test } from 'vitest';
import { languageOf, languagesBeside, languageTags } from './language.ts';

test.each(languageTags)('whose browser asks for %s gets it, and can go from there to every other language', (tag) => {
  expect(languageOf(tag)).toBe(tag);
  expect([tag, ...languagesBeside(tag)].toSorted()).toEqual(languageTags.toSorted());
});
