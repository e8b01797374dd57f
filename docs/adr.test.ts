import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, 'adr');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const records = readdirSync(folder)
  .filter((name) => name !== 'README.md')
  .toSorted();
const titleOf = (record: string) => /^# (.+)/.exec(record)?.[1] ?? '';
const sectionsOf = (record: string) => [...record.matchAll(/^## (.+)$/gm)].map(([, section]) => section);

test('decision records are numbered without gaps, and each has its number in its title', () => {
  expect(records.length).toBeGreaterThan(10);
  expect(records.map((name) => name.slice(0, 5))).toEqual(
    records.map((_, index) => `${String(index + 1).padStart(4, '0')}-`),
  );
  expect(records.filter((name) => !titleOf(read(name)).startsWith(`${name.slice(0, 4)}: `))).toEqual([]);
});

test.each(records)('%s says its context, the decision and the consequences, in short', (name) => {
  const record = read(name);
  expect(sectionsOf(record)).toEqual(['Context', 'Decision', 'Consequences']);
  expect(record.split(/^## .+$/m).every((section) => section.trim() !== '')).toBe(true);
  expect(record.split('\n').length).toBeLessThanOrEqual(40);
});

test('the list of the records has each of them, by its title', () => {
  const listed = [...read('README.md').matchAll(/^- \[(.+)\]\((\d{4}-.+\.md)\)$/gm)].map(([, title, name]) => [
    name,
    title,
  ]);
  expect(listed).toEqual(records.map((name) => [name, titleOf(read(name))]));
});

test('the glossary is in alphabetical order, a word once in each part', () => {
  const glossary = readFileSync(join(import.meta.dirname, 'glossary.md'), 'utf8');
  const parts = glossary
    .split(/^## /m)
    .map((part) => [...part.matchAll(/^- \*\*(.+?)\*\*:/gm)].map(([, word = '']) => word));
  expect(parts.filter((words) => words.length > 15).length).toBe(2);
  for (const words of parts) {
    expect(words).toEqual([...new Set(words)].toSorted((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en')));
  }
});
