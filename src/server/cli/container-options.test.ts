import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runAccessCommand } from './access-command.ts';
import { commandEnv, containerArgs, gatewayOf, IN_IMAGE } from './container-options.ts';
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

test('a token is made in the container, where HOST says that the console listens to all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'container-'));
  const clock = { now: () => 0, after: () => () => undefined };
  const create = (given: Readonly<Record<string, string>>) =>
    runAccessCommand(['token', 'create', '--name', 'ci', '--data-dir', folder], commandEnv(given), clock);
  expect(create(env)).toMatchObject({ code: 2, err: expect.stringContaining('without TLS') });
  expect(create({ ...env, [IN_IMAGE]: '1' })).toMatchObject({ code: 0 });
  rmSync(folder, { recursive: true });
});
