import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const app = join(import.meta.dirname, '..');
const sheets = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.css'))
  .map((path) => ({ path, css: readFileSync(join(app, path), 'utf8') }));

test('there are at most six sizes of text', () => {
  const tokens = sheets.find(({ path }) => path.endsWith('tokens.css'))?.css ?? '';
  const sizes = [...tokens.matchAll(/^\s*(--font-[\w-]+):/gm)].map(([, name]) => name);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.length).toBeLessThanOrEqual(6);
});

test('every size of text is one of them', () => {
  const others = sheets.flatMap(({ path, css }) =>
    [...css.matchAll(/font-size:\s*([^;]+);/g)]
      .map(([, size = '']) => size)
      // What is hidden on paper has no size; what inherits one has one of them.
      .filter((size) => !/^var\(--font-[\w-]+\)$/.test(size) && size !== '0 !important' && size !== 'inherit')
      .map((size) => `${path}: ${size}`),
  );
  expect(others).toEqual([]);
});

test('distances up to 32 pixels are of one scale', () => {
  const scale = new Set([0, 1, 2, 4, 6, 8, 12, 16, 24, 32]);
  const others = sheets.flatMap(({ path, css }) =>
    [...css.matchAll(/(?:gap|padding[a-z-]*|margin[a-z-]*):\s*([^;]+);/g)].flatMap(([rule, value = '']) =>
      [...value.matchAll(/(?<![\w.-])-?(\d+(?:\.\d+)?)px/g)].some(([, px]) => Number(px) < 32 && !scale.has(Number(px)))
        ? [`${path}: ${rule}`]
        : [],
    ),
  );
  expect(others).toEqual([]);
});

test('no element that comes or goes has everything around it restyled', () => {
  // An ancestor by what it holds, then anything in it: the browser restyles all of that whenever an element is added or removed.
  const whole = sheets.flatMap(({ path, css }) =>
    [...css.replaceAll(/\/\*[^]*?\*\//g, '').matchAll(/[^{};]*:has\([^{};]*\)[^{},;]*\s\*(?=\s*[,{])/g)].map(
      ([selector]) => `${path}: ${selector.trim()}`,
    ),
  );
  expect(whole).toEqual([]);
});
