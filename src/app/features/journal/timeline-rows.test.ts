import { expect, test } from 'vitest';
import type { TimelineEntry } from '../../../contract/timeline.ts';
import { scriptedChange } from '../../testing/scripted-api.tsx';
import { countFresh, daysOf, dayText, entriesOf, heldEntries, idOf } from './timeline-rows.ts';

const seenAt = (at: number): TimelineEntry => ({
  type: 'seen',
  at,
  seen: { id: `seen-${String(at)}`, at, what: { kind: 'ray-restarted' } },
});
const wanted = { kind: 'release', clusterId: 'ci##raysubmit_1' } as const;
const changeAt = (at: number): TimelineEntry => ({
  type: 'change',
  at,
  change: { ...scriptedChange(`change-${String(at)}`, wanted, null), askedAt: at },
});
const ids = (entries: readonly TimelineEntry[]) => entries.map(idOf);

test('an entry that shifted on to the next page is listed once, in its place', () => {
  const pages = [{ entries: [changeAt(5), seenAt(4)] }, { entries: [seenAt(4), changeAt(3)] }];
  expect(ids(entriesOf(pages))).toEqual(['change-5', 'seen-4', 'change-3']);
});

test('what comes before or between the rows that are read waits; what is asked for after them does not', () => {
  const held = new Set(ids([seenAt(4), changeAt(2)]));
  const all = [changeAt(6), seenAt(4), seenAt(3), changeAt(2), seenAt(1)];
  expect(ids(heldEntries(all, held))).toEqual(['seen-4', 'change-2', 'seen-1']);
  expect(countFresh([...all, changeAt(7), seenAt(0)], heldEntries(all, held))).toBe(3);
  // Nothing is read yet: nothing can be moved.
  expect(heldEntries(all, new Set())).toEqual(all);
});

test('entries stand below the heads of the reader’s days', () => {
  const noon = (day: number) => new Date(2026, 10, day, 12).getTime();
  const days = daysOf([changeAt(noon(24) + 1), seenAt(noon(24)), seenAt(noon(23)), changeAt(noon(20))]);
  expect(days.map(({ entries }) => entries.length)).toEqual([2, 1, 1]);
  expect(days.map(({ at }) => dayText(at, noon(24)))).toEqual([
    'Today, 24 Nov 2026',
    'Yesterday, 23 Nov 2026',
    'Friday, 20 Nov 2026',
  ]);
});
