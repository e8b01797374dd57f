// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ToastRegion } from './toast-region.tsx';
import { createToastStore, type ToastStore } from './toast-store.ts';
import { ToastsProvider } from './toasts-context.tsx';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** The region beside a field that has the focus, and the store behind it. */
function show(): ToastStore {
  const store = createToastStore();
  render(
    <ToastsProvider store={store}>
      <input aria-label="Field" />
      <ToastRegion />
    </ToastsProvider>,
  );
  screen.getByRole('textbox').focus();
  return store;
}

function add(store: ToastStore, ...ids: readonly string[]) {
  act(() => {
    for (const id of ids) store.show({ id, content: <button type="button">Undo {id}</button>, staysFor: 20_000 });
  });
}

function pass(ms: number) {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

const ids = () => screen.getAllByRole('button', { name: /^Undo/ }).map((button) => button.textContent);

test('three are shown, newest first; of the others only the number, until they come up', () => {
  const store = show();
  add(store, 'a', 'b', 'c', 'd', 'e');
  expect(ids()).toEqual(['Undo e', 'Undo d', 'Undo c']);
  expect(screen.getByText('and 2 more')).toBeTruthy();
  pass(20_000);
  // What had not been shown has all its time still.
  expect(ids()).toEqual(['Undo b', 'Undo a']);
  pass(19_999);
  expect(ids()).toEqual(['Undo b', 'Undo a']);
  pass(1);
  expect(screen.queryByRole('button')).toBeNull();
});

test('none goes away under the pointer or with the focus, and each has its whole time afterwards', () => {
  const store = show();
  add(store, 'a');
  const region = screen.getByRole('region', { name: 'Messages' });
  fireEvent.pointerEnter(region);
  pass(60_000);
  expect(ids()).toEqual(['Undo a']);
  fireEvent.pointerLeave(region);
  pass(10_000);
  act(() => screen.getByRole('button', { name: 'Undo a' }).focus());
  pass(60_000);
  expect(ids()).toEqual(['Undo a']);
  act(() => screen.getByRole('textbox').focus());
  pass(19_999);
  expect(ids()).toEqual(['Undo a']);
  pass(1);
  expect(screen.queryByRole('button')).toBeNull();
});

test('F8 leads to the newest; Escape closes the one with the focus alone, which then returns', () => {
  const store = show();
  const beneath = vi.fn<(event: KeyboardEvent) => void>();
  window.addEventListener('keydown', beneath);
  add(store, 'a', 'b');
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'F8' });
  expect(document.activeElement?.textContent).toContain('Undo b');
  beneath.mockClear();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
  window.removeEventListener('keydown', beneath);
  expect(ids()).toEqual(['Undo a']);
  expect(document.activeElement).toBe(screen.getByRole('textbox'));
  expect(beneath).not.toHaveBeenCalled();
});

test('a message with the same id takes the place of the earlier one', () => {
  const store = show();
  add(store, 'a', 'a');
  expect(ids()).toEqual(['Undo a']);
  act(() => screen.getByRole('button', { name: 'Dismiss' }).click());
  expect(store.all()).toEqual([]);
});

test('while a message is shown the page says so, for the focus to be scrolled from under it', () => {
  const says = () => document.documentElement.hasAttribute('data-toasts');
  const store = show();
  expect(says()).toBe(false);
  add(store, 'a');
  expect(says()).toBe(true);
  pass(20_000);
  expect(says()).toBe(false);
  add(store, 'b');
  cleanup();
  expect(says()).toBe(false);
});
