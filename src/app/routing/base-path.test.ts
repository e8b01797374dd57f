// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { basePath, consoleOrigin, withBasePath, withoutBasePath } from './base-path.ts';

afterEach(() => document.head.replaceChildren());

function live(content: string) {
  const meta = document.createElement('meta');
  meta.name = 'base-path';
  meta.content = content;
  document.head.append(meta);
}

test('at the root, and where nothing is said, paths are as they are', () => {
  expect(basePath()).toBe('/');
  live('/');
  expect(withBasePath('/clusters')).toBe('/clusters');
  expect(withoutBasePath('/clusters')).toBe('/clusters');
  expect(consoleOrigin()).toBe(window.location.origin);
});

test('below a path they begin with it', () => {
  live('/vc/');
  expect(withBasePath('/clusters/a%2Fb')).toBe('/vc/clusters/a%2Fb');
  expect(withoutBasePath('/vc/clusters/a%2Fb')).toBe('/clusters/a%2Fb');
  expect(withoutBasePath('/vc/')).toBe('/');
  expect(withoutBasePath('/vc')).toBe('/');
  expect(withoutBasePath('/vcx/clusters')).toBe('/vcx/clusters');
  expect(consoleOrigin()).toBe(`${window.location.origin}/vc`);
});
