import { afterEach, expect, test } from 'vitest';
import { JournalUnwritable } from '../../backend/journal/change-log.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { recordOf } from '../../testing/harness/change-log-contract.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createConsoleMetrics } from './console-metrics.ts';
import { observeJournal } from './observed-journal.ts';

const clock = createHandClock();
const all = createConsoleMetrics({ consoleVersion: '1', watchers: () => 0 });
const metrics = all.ofRay(null, { now: clock.now, openChanges: () => 0 });
afterEach(() => all.close());

test('only a synced write tells that the journal can be written again, and that is logged once', async () => {
  let isFull = true;
  const events: string[] = [];
  const store = createInMemoryChangeLog({ clock, days: 1, most: 10 });
  const fullStore = {
    ...store,
    update: (record: Parameters<typeof store.update>[0]) =>
      isFull ? Promise.reject(new JournalUnwritable('no space')) : store.update(record),
  };
  const journal = observeJournal(fullStore, {
    metrics: () => metrics,
    log: (_level, event) => events.push(event),
    clock,
  });
  const record = recordOf('a', { result: null });
  for (let attempts = 0; attempts < 2; attempts += 1) {
    await journal.log.add(record, 'before-visible');
    await expect(journal.log.update(record)).rejects.toThrow(JournalUnwritable);
    expect(journal.isWritable()).toBe(false);
  }
  await journal.log.add(record, 'before-visible');
  expect(journal.isWritable()).toBe(false);
  isFull = false;
  await journal.log.update(record);
  expect(journal.isWritable()).toBe(true);
  expect(events).toEqual(['journal-not-writable', 'journal-writable-again']);
});
