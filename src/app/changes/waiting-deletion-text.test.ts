import { expect, test } from 'vitest';
import { waitingDeletionText } from './waiting-deletion-text.ts';

const now = 1_800_000_000_000;
const MINUTE = 60_000;

test.each([
  [{ idleSince: now - 30_000, notIdle: null }, 'idle for less than a minute'],
  [{ idleSince: now - 2.9 * MINUTE, notIdle: null }, 'idle for 2 min'],
  [{ idleSince: now + 5_000, notIdle: null }, 'idle for less than a minute'],
  [{ idleSince: null, notIdle: null }, 'being looked at'],
  [{ idleSince: null, notIdle: { kind: 'jobs', count: 1 } }, '1 job runs'],
  [{ idleSince: null, notIdle: { kind: 'leftovers', count: 2 } }, "2 finished jobs' clusters still hold nodes"],
  [{ idleSince: null, notIdle: { kind: 'busy-nodes', count: 3 } }, '3 nodes are used'],
  [
    { idleSince: null, notIdle: { kind: 'unknown', reason: 'node-full', source: 'state' } },
    'not known whether it is idle',
  ],
] as const)('how a deletion that waits stands: %j', (waiting, brief) => {
  const message = waitingDeletionText(waiting, now);
  expect(message.brief).toBe(brief);
  expect(message.full.toLowerCase()).toContain(brief);
});

test('what is not known is said with its reason', () => {
  const { full } = waitingDeletionText(
    { idleSince: null, notIdle: { kind: 'unknown', reason: 'node-full', source: 'state' } },
    now,
  );
  expect(full).toMatch(/state API/i);
});
