import { expect, it } from 'vitest';
import { journalPath, readJournalCluster } from './journal-path.ts';

it('a virtual cluster comes back from the URL whatever is in its id', () => {
  for (const id of ['train-llm', 'a/b c?d&e=f#g', 'x##y', '%41']) {
    expect(readJournalCluster(new URL(journalPath(id), 'http://console').search)).toBe(id);
  }
});

it('no virtual cluster stands for all', () => {
  expect(journalPath(null)).toBe('/journal');
  expect(readJournalCluster('?cluster=')).toBeNull();
});
