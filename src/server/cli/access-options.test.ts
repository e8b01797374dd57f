import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

const HOUR = 3_600_000;
const ray = ['--ray-address', 'http://ray:8265'];
const tls = ['--tls-cert', 'c.pem', '--tls-key', 'k.pem'];
const link = { kind: 'link', times: { idle: 8 * HOUR, absolute: 24 * HOUR } };
const proxy = {
  kind: 'proxy',
  proxy: { userHeader: 'X-Forwarded-User', groupsHeader: 'X-Forwarded-Groups', viewerGroups: null, operatorGroups: [] },
};

test.each<[string, string[], unknown]>([
  ['the simulator on this machine asks nobody', [], { signIn: { kind: 'none' }, trustedProxies: [] }],
  ['the simulator, with sign-in', ['--sign-in', 'link'], { signIn: link, trustedProxies: [] }],
  ['a real Ray asks for a link', ray, { signIn: link, trustedProxies: [] }],
  ['a real Ray without sign-in', [...ray, '--no-sign-in'], { signIn: { kind: 'none' }, trustedProxies: [] }],
  ['others can reach it: TLS and a link', ['--host', '0.0.0.0', ...tls], { signIn: link, trustedProxies: [] }],
  [
    'others can reach it: a proxy',
    ['--host', '0.0.0.0', '--trusted-proxy', '10.0.0.0/8'],
    { signIn: proxy, trustedProxies: ['10.0.0.0/8'] },
  ],
  [
    'a proxy for TLS alone',
    ['--host', '::', '--trusted-proxy', '::1', '--sign-in', 'link'],
    { signIn: link, trustedProxies: ['::1'] },
  ],
  [
    'other times',
    [...ray, '--idle-hours', '0.5', '--session-hours', '12'],
    { signIn: { kind: 'link', times: { idle: HOUR / 2, absolute: 12 * HOUR } }, trustedProxies: [] },
  ],
  [
    'groups',
    [
      '--trusted-proxy',
      '127.0.0.1',
      '--viewer-group',
      'ray-users',
      '--operator-group',
      'admins',
      '--operator-group',
      'a=team-a,team-a-*',
      '--user-header',
      'X-Auth-Request-User',
      '--groups-header',
      'X-Auth-Request-Groups',
    ],
    {
      signIn: {
        kind: 'proxy',
        proxy: {
          userHeader: 'X-Auth-Request-User',
          groupsHeader: 'X-Auth-Request-Groups',
          viewerGroups: ['ray-users'],
          operatorGroups: [
            { group: 'admins', clusters: null },
            { group: 'a', clusters: ['team-a', 'team-a-*'] },
          ],
        },
      },
      trustedProxies: ['127.0.0.1'],
    },
  ],
])('%s', (_name, args, access) => {
  expect(parseOptions(args, {})).toMatchObject({ kind: 'start', options: { access } });
});

test.each<[string[], RegExp]>([
  [['--host', '0.0.0.0'], /without TLS.*--tls-cert.*--trusted-proxy.*--host 127\.0\.0\.1/],
  [['--host', 'console.example', ...ray], /without TLS/],
  [['--host', '0.0.0.0', '--no-sign-in', ...tls], /without a sign-in/],
  [['--host', '0.0.0.0', '--sign-in', 'none', '--trusted-proxy', '10.0.0.1'], /without a sign-in/],
  [['--sign-in', 'link', '--no-sign-in'], /two things/],
  [['--sign-in', 'saml'], /link, proxy or none/],
  [['--sign-in', 'proxy'], /--trusted-proxy <address>/],
  [['--trusted-proxy', 'proxy.example'], /must be an address/],
  [['--trusted-proxy', '10.0.0.0/33'], /must be an address/],
  [['--trusted-proxy', '10.0.0.0/8/8'], /must be an address/],
  [['--user-header', 'X-User'], /for a proxy/],
  [['--trusted-proxy', '::1', '--user-header', 'X User'], /letters, digits/],
  [['--trusted-proxy', '::1', '--operator-group', 'a='], /no virtual clusters/],
  [['--trusted-proxy', '::1', '--operator-group', '=x'], /must name a group/],
  [[...ray, '--idle-hours', '0'], /numbers of hours/],
])('%j is refused in one line that says how', (args, words) => {
  const asked = parseOptions(args, {});
  expect(asked).toMatchObject({ kind: 'wrong', message: expect.stringMatching(words) });
  if (asked.kind === 'wrong') expect(asked.message).not.toContain('\n');
});
