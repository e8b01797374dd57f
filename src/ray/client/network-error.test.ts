import { expect, test } from 'vitest';
import { classifyNetworkError } from './network-error.ts';

const failed = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('an error'), { code }) });

test.each([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'unknown-host'],
  ['EAI_AGAIN', 'unknown-host'],
  ['EHOSTUNREACH', 'no-route'],
  ['ENETUNREACH', 'no-route'],
  ['ETIMEDOUT', 'connect-timed-out'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect-timed-out'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
  ['ECONNRESET', 'closed'],
  ['UND_ERR_SOCKET', 'closed'],
  ['EWHATEVER', null],
])('%s is told as %s', (code, error) => {
  expect(classifyNetworkError(failed(code)).error).toBe(error);
});

test('of several addresses that were tried, the first one is told', () => {
  const cause = new AggregateError([failed('ECONNREFUSED').cause, failed('ENOTFOUND').cause]);
  expect(classifyNetworkError(new TypeError('fetch failed', { cause }))).toMatchObject({
    why: 'never-sent',
    error: 'refused',
  });
});
