// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { basePath, consoleOrigin, placed, unplaced } from './base-path.ts';

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
  expect(placed('/clusters')).toBe('/clusters');
  expect(unplaced('/clusters')).toBe('/clusters');
  expect(consoleOrigin()).toBe(window.location.origin);
});

test('below a path they begin with it', () => {
  live('/vc/');
  expect(placed('/clusters/a%2Fb')).toBe('/vc/clusters/a%2Fb');
  expect(unplaced('/vc/clusters/a%2Fb')).toBe('/clusters/a%2Fb');
  expect(unplaced('/vc/')).toBe('/');
  expect(unplaced('/vc')).toBe('/');
  expect(unplaced('/vcx/clusters')).toBe('/vcx/clusters');
  expect(consoleOrigin()).toBe(`${window.location.origin}/vc`);
});
