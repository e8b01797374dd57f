import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

test('the pages of all languages have the same tags, which the server fills and scripts read', () => {
  const tagsOf = (file: string) => readFileSync(join(root, file), 'utf8').match(/<(?:meta|link|script|div)\b[^>]*>/g);
  expect(tagsOf('index.zh-CN.html')).toEqual(tagsOf('index.html'));
});
