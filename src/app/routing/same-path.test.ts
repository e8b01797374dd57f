import { expect, test } from 'vitest';
import { samePath } from './same-path.ts';

test.each([
  ['/', '/clusters'],
  ['/clusters/team-a/edit', '/clusters'],
  ['/new', '/clusters'],
  ['/plans/7', '/plans'],
  ['/nodes', '/nodes'],
  ['/nowhere', '/'],
])('from %s in one Ray to %s in another', (from, to) => {
  expect(samePath(from)).toBe(to);
});
