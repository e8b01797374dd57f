// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '../../../contract/change.ts';
import type { Sighting, TimelineEntry } from '../../../contract/timeline.ts';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../testing/browser-stubs.ts';
import { clusterOf, poolOf, revisionOf } from '../../testing/cluster-fixture.ts';
import {
  scriptedApi,
  scriptedChange,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
  scriptedSession,
} from '../../testing/scripted-api.tsx';
import { fullTimeText } from '../../ui/time-text.ts';
import { JournalPage } from './journal-page.tsx';

const PAGE_SIZE = 100;

function changeOf(index: number): Change {
  const wanted = { kind: 'save', clusterId: 'ci', divisible: false, base: null, want: { '4c8g': index + 1 } } as const;
  const result = { kind: 'applied', revision: revisionOf('9'), seen: 'reply', retries: 0 } as const;
  const change = scriptedChange(`change-${String(index)}`, wanted, result);
  return { ...change, askedAt: change.askedAt - index * 60_000 };
}

const SEEN: Sighting = { kind: 'died', count: 7, nodeIds: ['aa11', 'bb22'], templateId: '4c8g', clusterId: 'ci' };

/** Every fourth was seen. */
function entryOf(index: number): TimelineEntry {
  const change = changeOf(index);
  if (index % 4 !== 3) return { type: 'change', at: change.askedAt, change };
  return { type: 'seen', at: change.askedAt, seen: { id: `seen-${String(index)}`, at: change.askedAt, what: SEEN } };
}

/** The journal of so many rows, served in pages as the back end does; `added` has come since the page was read. */
function show(count: number, added: readonly TimelineEntry[] = []) {
  const all = Array.from({ length: count }, (_, index) => entryOf(index));
  const asked: (string | null)[] = [];
  const kept = { since: 0, most: 100_000, days: 400, durable: true };
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession()),
    fleet: () => Promise.resolve(scriptedFleet([clusterOf({})], poolOf({}), 'e-1')),
    timeline({ before, since }) {
      if (since === undefined) asked.push(before ?? null);
      const offset = Number(before ?? 0);
      const entries = [...(since === undefined ? [] : added), ...all].slice(offset, offset + PAGE_SIZE);
      const next = since === undefined && offset + PAGE_SIZE < count ? String(offset + PAGE_SIZE) : null;
      return Promise.resolve({ entries, total: count, next, kept, seenKept: { most: 20_000, days: 30 } });
    },
  });
  render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={createDraftStore(null)}>
      <JournalPage />
    </ScriptedPage>,
  );
  return { asked };
}

const rows = () => document.querySelectorAll('tr[data-entry]').length;

beforeEach(() => {
  stubMediaQueries(false);
  window.history.replaceState(null, '', '/journal');
  vi.spyOn(window, 'print').mockReset();
});
afterEach(cleanup);

test('all of 221 rows are printed, however printing begins, with full times; the screen keeps its page', async () => {
  show(221);
  await expect.poll(rows).toBe(PAGE_SIZE);
  // The rest is read without being shown.
  await expect
    .poll(() => {
      act(() => void window.dispatchEvent(new Event('beforeprint')));
      const printed = rows();
      act(() => void window.dispatchEvent(new Event('afterprint')));
      return printed;
    })
    .toBe(221);
  expect(rows()).toBe(PAGE_SIZE);
  const newest = document.querySelector('time');
  expect(newest?.dataset['full']).toBe(fullTimeText(changeOf(0).askedAt));
});

test('of a long journal the shortcut prints once all is loaded, and other ways say what is missing', async () => {
  const { asked } = show(620);
  await expect.poll(rows).toBe(PAGE_SIZE);
  act(() => void window.dispatchEvent(new Event('beforeprint')));
  expect(rows()).toBe(PAGE_SIZE);
  expect(screen.getByText(/Only the newest 100 are printed here/)).toBeTruthy();
  act(() => void window.dispatchEvent(new Event('afterprint')));
  cleanup();
  asked.length = 0;
  show(620);
  await expect.poll(rows).toBe(PAGE_SIZE);
  const shortcut = new KeyboardEvent('keydown', { key: 'p', ctrlKey: true, cancelable: true, bubbles: true });
  fireEvent(document.body, shortcut);
  expect(shortcut.defaultPrevented).toBe(true);
  expect(window.print).not.toHaveBeenCalled();
  await expect.poll(() => vi.mocked(window.print).mock.calls.length).toBe(1);
  act(() => void window.dispatchEvent(new Event('beforeprint')));
  expect(rows()).toBe(620);
});

test('a long journal is not read whole before somebody prints it', async () => {
  const { asked } = show(620);
  await expect.poll(rows).toBe(PAGE_SIZE);
  expect(asked).toEqual([null]);
});

test('rows that come while others are read wait behind a button; nothing moves before it is pressed', async () => {
  const added = [-1, -2].map((index): TimelineEntry => {
    const { at } = entryOf(index * 60);
    return { type: 'seen', at, seen: { id: `late-${String(index)}`, at, what: { kind: 'ray-restarted' } } };
  });
  show(3, added.toReversed());
  fireEvent.click(await screen.findByRole('button', { name: '2 new' }));
  expect(rows()).toBe(3);
});
