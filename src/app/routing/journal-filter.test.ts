import { expect, it } from 'vitest';
import {
  journalPathFor,
  isFiltered,
  toTimelineQuery,
  NO_FILTER,
  readJournalFilter,
  type JournalFilter,
} from './journal-filter.ts';

const all: JournalFilter = {
  what: 'job-cluster-ended',
  cluster: 'a/b c&d',
  who: 'Ann + Bob',
  outcome: 'cannot-be-known',
  from: '2026-11-01',
  to: '2026-11-24',
};

it('a filter comes back from the URL whatever is in it', () => {
  expect(readJournalFilter(new URL(journalPathFor(all), 'http://console').search)).toEqual(all);
  expect(journalPathFor(NO_FILTER)).toBe('/journal');
  expect(isFiltered(all)).toBe(true);
  expect(isFiltered(readJournalFilter(''))).toBe(false);
});

it('what makes no sense in a URL counts as not asked', () => {
  expect(readJournalFilter('?what=rain&outcome=done&from=2026-02-30&to=today&cluster=&who=')).toEqual(NO_FILTER);
});

it('asks from the first day’s beginning to the last one’s end', () => {
  const { since, until, kinds } = toTimelineQuery(all);
  expect(kinds).toEqual(['job-cluster-ended']);
  expect(since).toBe(new Date(2026, 10, 1).getTime());
  expect(until).toBe(new Date(2026, 10, 25).getTime());
  expect(toTimelineQuery(NO_FILTER)).toEqual({});
});
