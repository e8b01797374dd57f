import { expect, test } from 'vitest';
import { consoleAddress } from './console-address.ts';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8600/vc'],
  ['::1', 'http://[::1]:8600/vc'],
  ['console.example', 'http://console.example:8600/vc'],
  // Browsers refuse these, and so does the console.
  ['0.0.0.0', 'http://127.0.0.1:8600/vc'],
  ['::', 'http://[::1]:8600/vc'],
])('on %s a browser of this machine reaches it at %s', (host, address) => {
  expect(consoleAddress({ host, tls: null, basePath: '/vc/' }, 8600)).toBe(address);
});
