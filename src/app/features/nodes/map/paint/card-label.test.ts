import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cardNumbers, cardTitle, shortened, shortenedName, titleInTwo } from './card-label.ts';
import type { CardCounts } from '../layout/card-counts.ts';

/** As if each letter were 7 pixels wide. */
const measure = (label: string) => label.length * 7;
const by = { used: 7, reserved: 1, idle: 3, free: 0, alive: 0, arriving: 0, dead: 1, unknown: 0 };
const counts: CardCounts = { held: 12, by };

test('a title is shortened to its room, and gives way to the number before it is empty', () => {
  expect(cardTitle('team-search', 12, 200, measure)).toEqual({ title: 'team-search', held: '12' });
  expect(cardTitle('team-search', 12, 70, measure)).toEqual({ title: 'team-…', held: '12' });
  expect(cardTitle('team-search', 12, 40, measure)).toEqual({ title: 'team…', held: null });
  expect(cardTitle('team-search', 12, 10, measure)).toEqual({ title: '12', held: null });
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(5_000), fc.nat(300), (name, held, width) => {
      const label = cardTitle(name, held, width, measure);
      expect(label.title).not.toBe('');
      if (label.held !== null) expect(measure(label.title) + measure(label.held)).toBeLessThanOrEqual(width);
    }),
  );
});

test('the numbers use as many words as there is room for, in the order of every bar', () => {
  expect(cardNumbers(counts, false, 500, measure)).toBe('12 held · 7 used · 1 reserved · 3 idle · 1 dead');
  expect(cardNumbers(counts, false, 300, measure)).toBe('7 used · 1 reserved · 3 idle · 1 dead');
  expect(cardNumbers(counts, false, 120, measure)).toBe('7 u 1 r 3 i 1 d');
  expect(cardNumbers(counts, false, 20, measure)).toBe('');
  expect(cardNumbers({ ...counts, by: { ...by, idle: 0, free: 3, used: 0, reserved: 0 } }, true, 500, measure)).toBe(
    '3 free · 1 dead',
  );
});

test('what is shortened is never wider than its room', () => {
  expect(shortened('abcdef', 42, measure)).toBe('abcdef');
  expect(shortened('abcdef', 28, measure)).toBe('abc…');
  expect(shortened('abcdef', 7, measure)).toBe('');
});

test('a name that is cut keeps its number, which tells it from its neighbours', () => {
  expect(shortenedName('team-search-017', 70, measure)).toBe('team-s…017');
  expect(shortenedName('team-search-017', 35, measure)).toBe('t…017');
  expect(shortenedName('team-search-017', 28, measure)).toBe('tea…');
  expect(shortenedName('team-search-017', 105, measure)).toBe('team-search-017');
  expect(shortenedName('team-search', 42, measure)).toBe('team-…');
  expect(titleInTwo('fraud-detection-realtime-087', 84, measure)).toEqual(['fraud-', 'detectio…087']);
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9-]{1,30}$/), fc.nat(200), (name, width) => {
      expect(measure(shortenedName(name, width, measure))).toBeLessThanOrEqual(width);
    }),
  );
});

test('a long name stands in two lines, broken where it has a hyphen, and neither is wider than its room', () => {
  expect(titleInTwo('growth-train-b', 63, measure)).toEqual(['growth-', 'train-b']);
  expect(titleInTwo('ml-infra-notebook-b', 63, measure)).toEqual(['ml-infra-', 'noteboo…b']);
  expect(titleInTwo('a-recommendation', 63, measure)).toEqual(['a-recomme', 'ndation']);
  expect(titleInTwo('ci', 63, measure)).toEqual(['ci', '']);
  expect(titleInTwo('ci', 3, measure)).toBeNull();
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(200), (name, width) => {
      const lines = titleInTwo(name, width, measure) ?? [];
      for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
      if (lines[1] === name.slice(lines[0]?.length)) expect(lines.join('')).toBe(name);
    }),
  );
});
