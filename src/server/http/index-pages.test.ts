import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages, languageTags } from '../../contract/language.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const tagsOf = (html: string) => html.match(/<(?:meta|link|script|div)\b[^>]*>/g);

describe.each(languageTags)('%s', (tag) => {
  const { page, words } = languages[tag];

  test('has a page of its own, with the same tags as all, which the server fills and scripts read', () => {
    const html = read(page);
    expect(html).toContain(`<html lang="${tag}">`);
    expect(html).toContain('name="page"');
    expect(tagsOf(html)).toEqual(tagsOf(read(languages.en.page)));
  });

  test('has words of its own', () => {
    const folder = join(root, 'src', 'app', 'text', words);
    expect([existsSync(folder), existsSync(`${folder}.ts`)]).toEqual([true, true]);
    const others = languageTags.filter((each) => each !== tag).map((each) => languages[each]);
    expect(others.some((other) => other.page === page || other.words === words)).toBe(false);
  });
});
