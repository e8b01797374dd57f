// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '../../../contract/change.ts';
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

const A_PAGE = 100;

function changeOf(index: number): Change {
  const wanted = { kind: 'save', clusterId: 'ci', divisible: false, base: null, want: { '4c8g': index + 1 } } as const;
  const result = { kind: 'applied', revision: revisionOf('9'), seen: 'reply', retries: 0 } as const;
  const change = scriptedChange(`change-${String(index)}`, wanted, result);
  return { ...change, askedAt: change.askedAt - index * 60_000 };
}

/** The journal of so many changes, served in pages as the back end does. */
function show(count: number) {
  const all = Array.from({ length: count }, (_, index) => changeOf(index));
  const asked: number[] = [];
  const kept = { since: 0, most: 100_000, days: 400, durable: true };
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession()),
    fleet: () => Promise.resolve(scriptedFleet([clusterOf({})], poolOf({}), 'e-1')),
    changes({ offset = 0 }) {
      asked.push(offset);
      const next = offset + A_PAGE < count ? offset + A_PAGE : null;
      return Promise.resolve({ changes: all.slice(offset, offset + A_PAGE), total: count, next, kept });
    },
  });
  render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={createDraftStore(null)}>
      <JournalPage />
    </ScriptedPage>,
  );
  return { asked };
}

const rows = () => document.querySelectorAll('tbody tr:not([hidden])').length;

beforeEach(() => {
  stubMediaQueries(false);
  window.history.replaceState(null, '', '/journal');
  window.print = vi.fn<() => void>();
});
afterEach(cleanup);

test('all of 221 changes are printed, however printing begins, with full times; the screen keeps its page', async () => {
  show(221);
  await expect.poll(rows).toBe(A_PAGE);
  // The rest is read without being shown.
  await expect
    .poll(() => {
      act(() => void window.dispatchEvent(new Event('beforeprint')));
      const printed = rows();
      act(() => void window.dispatchEvent(new Event('afterprint')));
      return printed;
    })
    .toBe(221);
  expect(rows()).toBe(A_PAGE);
  const newest = document.querySelector('time');
  expect(newest?.dataset['full']).toBe(fullTimeText(changeOf(0).askedAt));
});

test('of a long journal the shortcut prints once all is loaded, and other ways say what is missing', async () => {
  const { asked } = show(620);
  await expect.poll(rows).toBe(A_PAGE);
  act(() => void window.dispatchEvent(new Event('beforeprint')));
  expect(rows()).toBe(A_PAGE);
  expect(screen.getByText(/Only the newest 100 are printed here/)).toBeTruthy();
  act(() => void window.dispatchEvent(new Event('afterprint')));
  cleanup();
  asked.length = 0;
  show(620);
  await expect.poll(rows).toBe(A_PAGE);
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
  await expect.poll(rows).toBe(A_PAGE);
  expect(asked).toEqual([0]);
});
