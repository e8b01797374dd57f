// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { coverInvalidLanguage } from './valid-language.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'language');
});

test.each(['en-US@posix', 'C', '', 'de_DE'])(
  'a chart is drawn where the browser calls its language %j',
  async (name) => {
    vi.stubGlobal('matchMedia', () => new EventTarget());
    Object.defineProperty(navigator, 'language', { value: name, configurable: true });
    vi.resetModules();
    const { createPlot } = await import('./create-plot.ts');
    expect(createPlot).toBeTypeOf('function');
    expect(navigator.language).toBe('en');
  },
);

test('a language that is one stays', () => {
  const german = { language: 'de-AT' };
  coverInvalidLanguage(german);
  expect(german.language).toBe('de-AT');
});
