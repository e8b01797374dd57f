// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useKeptChoice } from './kept-choice.ts';

afterEach(() => {
  vi.restoreAllMocks();
  window.localStorage.clear();
});

test('a choice is still there in the next visit', () => {
  const first = renderHook(() => useKeptChoice('folded'));
  expect(first.result.current[0]).toBe(false);
  act(() => first.result.current[1](true));
  expect(first.result.current[0]).toBe(true);
  expect(renderHook(() => useKeptChoice('folded')).result.current[0]).toBe(true);
});

test('where storage is forbidden it holds until the page goes', () => {
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('forbidden', 'SecurityError');
  });
  const { result } = renderHook(() => useKeptChoice('folded'));
  act(() => result.current[1](true));
  expect(result.current[0]).toBe(true);
});
