import { expect, test } from 'vitest';
import { readRoute } from '../routing/routes.ts';
import { pageTitleOf } from './page-title.ts';

const well = { freshness: 'live', dead: 0 } as const;

test.each([
  ['/', 'Virtual clusters'],
  ['/clusters', 'Virtual clusters'],
  ['/clusters/ci', 'ci · Virtual clusters'],
  ['/clusters/ci/edit', 'Edit ci · Virtual clusters'],
  ['/new', 'New virtual cluster · Virtual clusters'],
  ['/nodes', 'Node map'],
  ['/journal', 'Journal'],
  ['/sign-in', 'Sign in · Virtual clusters'],
  ['/elsewhere', 'No such page · Virtual clusters'],
])('the title of %s is “%s”', (path, title) => {
  expect(pageTitleOf(readRoute(path), well)).toBe(title);
});

test('what is invisible in an ID is seen in the title', () => {
  expect(pageTitleOf({ page: 'clusters', panel: { kind: 'view', clusterId: 'a\u200bb' } }, well)).not.toContain(
    '\u200b',
  );
});

test('dead nodes come first, and not where they are unknown or Ray is away', () => {
  const at = readRoute('/clusters/ci');
  expect(pageTitleOf(at, { freshness: 'live', dead: 3 })).toBe('● 3 dead · ci · Virtual clusters');
  expect(pageTitleOf(at, { freshness: 'aged', dead: 1 })).toBe('● 1 dead · ci · Virtual clusters');
  expect(pageTitleOf(at, { freshness: 'live', dead: null })).toBe('ci · Virtual clusters');
  expect(pageTitleOf(at, { freshness: 'ray-unreachable', dead: 3 })).toBe('Ray unreachable · ci · Virtual clusters');
  expect(pageTitleOf(at, { freshness: 'console-unreachable', dead: 3 })).toBe(
    'Console unreachable · ci · Virtual clusters',
  );
  expect(pageTitleOf(at, { freshness: 'connecting', dead: null })).toBe('ci · Virtual clusters');
});
