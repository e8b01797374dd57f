// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { openFleetFileOf, useFileSelection } from './file-selection.ts';

afterEach(cleanup);

const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `team-with-a-name-${String(index)}`);

test('a few chosen virtual clusters are a link, which others can open', () => {
  openFleetFileOf(['ci', 'a&b']);
  expect(window.location.search).toBe('?only=ci&only=a%26b');
  expect(renderHook(useFileSelection).result.current).toEqual(['ci', 'a&b']);
});

test('a thousand chosen ones make no address that is refused, and are all there', () => {
  openFleetFileOf(idsOf(1_000));
  expect(window.location.pathname + window.location.search).toBe('/fleet-file');
  expect(renderHook(useFileSelection).result.current).toEqual(idsOf(1_000));
});

test('what is not known of a history entry chooses nothing', () => {
  for (const state of [null, 'only', { only: 'ci' }, { only: [1] }, {}]) {
    window.history.pushState(state, '', '/fleet-file');
    expect(renderHook(useFileSelection).result.current).toEqual([]);
  }
});
