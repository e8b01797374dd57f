// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { stubMediaQueries, stubResizeObserver } from './browser-stubs.ts';
import { cleanPage } from './clean-page.ts';

test('a page is left as a new one is: no element, text kept, address, stub or fake time reaches the next file', async () => {
  const realTimeout = setTimeout;
  const realFetch = fetch;
  const realPrint = window.print;
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => undefined);
  vi.spyOn(window, 'print').mockReturnValue(undefined);
  stubMediaQueries(true);
  stubResizeObserver();
  Element.prototype.scrollIntoView = () => undefined;
  window.localStorage.setItem('theme', 'dark');
  window.sessionStorage.setItem('draft', '5');
  window.history.replaceState({ from: 'row' }, '', '/clusters/a?q=b#c');
  document.documentElement.dataset['theme'] = 'dark';
  document.body.style.overflow = 'hidden';
  document.head.append(document.createElement('style'));
  render(<input aria-label="Count" />);
  screen.getByRole('textbox').focus();
  expect(document.activeElement).toBe(screen.getByRole('textbox'));

  await cleanPage();

  expect(document.documentElement.outerHTML).toBe('<html><head></head><body></body></html>');
  expect(document.activeElement).toBe(document.body);
  expect([window.localStorage.length, window.sessionStorage.length]).toEqual([0, 0]);
  expect([window.location.pathname, window.location.search, window.location.hash, window.history.state]).toEqual([
    '/',
    '',
    '',
    null,
  ]);
  expect([setTimeout === realTimeout, fetch === realFetch, window.print === realPrint]).toEqual([true, true, true]);
  expect(['ResizeObserver' in window, 'scrollIntoView' in Element.prototype]).toEqual([false, false]);
  expect(window.matchMedia('(min-width: 1px)').matches).toBe(false);
});
