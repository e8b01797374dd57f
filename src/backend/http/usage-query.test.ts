import { expect, test } from 'vitest';
import { parseSeriesQuery, parseSummaryQuery } from './usage-query.ts';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;

test.each([
  [`from=${String(NOW)}&to=${String(NOW - DAY)}`, 'from must be before to.'],
  [`from=${String(NOW)}&to=${String(NOW)}`, 'from must be before to.'],
  ['from=1000000000000000000', 'from and to must be whole numbers: milliseconds since 1970.'],
  ['to=8640000000000001', 'from and to must be whole numbers: milliseconds since 1970.'],
  ['from=-1', 'from and to must be whole numbers: milliseconds since 1970.'],
  ['from=NaN', 'from and to must be whole numbers: milliseconds since 1970.'],
  ['from=', 'from and to must be whole numbers: milliseconds since 1970.'],
  ['from=0', 'from and to must be at most 4,000 days apart.'],
  [`from=${String(NOW - DAY)}&to=999999999999999`, 'from and to must be at most 4,000 days apart.'],
  [
    `from=${String(NOW + DAY)}&to=${String(NOW + 2 * DAY)}`,
    'from must be before now: usage of times to come is not known.',
  ],
])('a range that can not be is refused in words: %s', (query, why) => {
  expect(parseSeriesQuery(new URLSearchParams(query), NOW)).toBe(why);
  expect(parseSummaryQuery(new URLSearchParams(query), NOW)).toBe(why);
});

test.each([
  [`from=${String(NOW - 400 * DAY)}&step=1000`, /^step must be a number of milliseconds: whole minutes/],
  [`from=${String(NOW - 400 * DAY)}&step=60000`, /kept for the last 2 days only/],
  [`from=${String(NOW - 400 * DAY)}&step=900000`, /more than 2000 steps/],
  ['step=0', /^step must be/],
  ['step=-60000', /^step must be/],
  ['step=1e9', /^step must be/],
  ['by=node', /^by must be cluster or template/],
])('a step that can not be is refused in words: %s', (query, why) => {
  expect(parseSeriesQuery(new URLSearchParams(query), NOW)).toMatch(why);
});

test('any text is the name of a virtual cluster or a template, and none is known of it', () => {
  const query = new URLSearchParams({ cluster: '../x\u0000##é', template: '=1+1' });
  expect(parseSeriesQuery(query, NOW)).toMatchObject({ clusterId: '../x\u0000##é', templateId: '=1+1' });
});
