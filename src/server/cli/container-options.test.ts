import { expect, test } from 'vitest';
import { containerArgs, gatewayOf } from './container-options.ts';
import { parseOptions } from './options.ts';

const routes = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t0000580A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
eth0\t00000000\t0100580A\t0003\t0\t0\t0\t00000000\t0\t0\t0
`;
const network = { routes, addresses: ['10.88.0.7', 'fe80::1'] };
const env = { HOST: '0.0.0.0', RAY_ADDRESS: 'http://ray:8265' };

test('in a container that is told nothing else, people sign in by link, over what its machine forwards', () => {
  expect(parseOptions(containerArgs(['--read-only'], network), env)).toMatchObject({
    kind: 'start',
    options: {
      host: '0.0.0.0',
      readOnly: true,
      access: { signIn: { kind: 'link' }, trustedProxies: ['10.88.0.1', '10.88.0.7', 'fe80::1'] },
    },
  });
});

test('no other address is trusted for it: what the kernel does not name is none', () => {
  expect(gatewayOf('')).toBe(null);
  expect(gatewayOf('Iface\tDestination\tGateway\neth0\t00000000\t00000000\t0001\n')).toBe(null);
  expect(parseOptions(containerArgs([], { routes: '', addresses: [] }), env)).toMatchObject({
    kind: 'start',
    options: { host: '127.0.0.1', access: { signIn: { kind: 'link' }, trustedProxies: [] } },
  });
});

test.each([
  ['--host', '127.0.0.1'],
  ['--trusted-proxy=10.0.0.1'],
  ['--tls-cert', 'a', '--tls-key', 'b'],
  ['--no-sign-in'],
])('%s says otherwise, and stands as it is', (...args) => {
  expect(containerArgs(args, network)).toBe(args);
});
