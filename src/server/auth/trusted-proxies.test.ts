import { expect, test } from 'vitest';
import { createProxyMatcher } from './trusted-proxies.ts';

test.each([
  [['127.0.0.1'], '127.0.0.1', true],
  [['127.0.0.1'], '::ffff:127.0.0.1', true],
  [['127.0.0.1'], '127.0.0.2', false],
  [['10.0.0.0/8'], '10.255.0.1', true],
  [['10.0.0.0/8'], '11.0.0.1', false],
  [['::1', 'fd00::/8'], 'fd12::1', true],
  [['::1'], '::2', false],
  [[], '127.0.0.1', false],
  [['127.0.0.1'], '', false],
  [['127.0.0.1'], 'localhost', false],
])('%j trusts %s: %s', (ranges, address, trusted) => {
  expect(createProxyMatcher(ranges)(address)).toBe(trusted);
});
