import { describe, expect, test } from 'vitest';
import { accessFlags, isLoopback } from './access-options.ts';
import { HELP } from './help.ts';
import { parseOptions } from './options.ts';

function started(args: string[], env: Record<string, string> = {}) {
  const asked = parseOptions(args, env);
  return asked.kind === 'start' ? asked.options : asked;
}

describe('options', () => {
  test('nothing asked: the simulator, on this machine alone', () => {
    // Every default with a value is in docs/settings.md, which `settings-document.test.ts` compares with what is parsed.
    expect(started([])).toMatchObject({
      rayAddress: null,
      host: '127.0.0.1',
      access: { signIn: { kind: 'none' }, trustedProxies: [] },
      observability: { metricsPort: null },
    });
  });

  test('the environment counts, the command line wins', () => {
    expect(started([], { PORT: '9000', HOST: '::1', RAY_ADDRESS: 'http://ray:8265/' })).toMatchObject({
      port: 9000,
      host: '::1',
      rayAddress: 'http://ray:8265',
    });
    expect(started(['--port', '0', '--host=127.0.0.2'], { PORT: '9000', HOST: '::1' })).toMatchObject({
      port: 0,
      host: '127.0.0.2',
    });
    expect(started([], { PORT: '', RAY_ADDRESS: '' })).toMatchObject({ port: 8600, rayAddress: null });
  });

  test('a Ray below a path, from either', () => {
    const below = { rayAddress: 'https://gateway/ray-prod' };
    expect(started([], { RAY_ADDRESS: 'https://gateway/ray-prod/' })).toMatchObject(below);
    expect(started(['--ray-address', 'https://gateway/ray-prod', '--ray-ca', 'ca.pem'])).toMatchObject(below);
  });

  test('the rest', () => {
    expect(
      started([
        '--read-only',
        '--allowed-host',
        'a.example',
        '--allowed-host',
        'b.example',
        '--seed',
        '7',
        '--scenario',
        'x',
        '--data-dir',
        'd',
        '--keep-days',
        '30',
        '--usage-days',
        '0',
        '--usage-megabytes',
        '50',
      ]),
    ).toMatchObject({
      readOnly: true,
      allowedHosts: ['a.example', 'b.example'],
      seed: 7,
      scenario: 'x',
      dataDir: 'd',
      retentionDays: 30,
      usageDays: 0,
      usageMegabytes: 50,
    });
    expect(parseOptions(['--help'], {}).kind).toBe('help');
    expect(parseOptions(['--version'], {}).kind).toBe('version');
  });

  test.each([
    [['--port', 'x'], /port must be/],
    [['--port', '65536'], /port must be/],
    [['--port', '-1'], /port/],
    [['--prot', '1'], /--prot/],
    [['stray'], /stray/],
    [['--port'], /port/],
    [['--host', 'a b'], /host must be/],
    [['--host', ''], /host must be/],
    [['--seed', '1.5'], /seed must be/],
    [['--keep-days', '0'], /keep-days must be/],
    [['--keep-days', 'x'], /keep-days must be/],
    [['--usage-days', '4001'], /usage-days must be/],
    [['--usage-megabytes', '9'], /usage-megabytes must be/],
    [['--data-dir', ''], /data-dir must/],
    [['--allowed-host', 'http://x/'], /allowed-host must be/],
    [['--ray-address', 'ray:8265'], /must begin with http/],
    [['--ray-address', 'http://x:8265', '--seed', '1'], /for the simulator/],
    [['--ray-address', 'http://x:8265', '--ray-ca', 'ca.pem'], /behind TLS/],
    [['--ray-dashboard-url', 'http://x:8265'], /simulated one has no dashboard/],
    [['--ray-address', 'http://x:8265', '--ray-dashboard-url', 'ftp://x'], /must begin with http/],
    [['--tls-cert', 'c.pem'], /both a certificate and its key/],
    [['--base-path', '/a/../b'], /base-path must be/],
    [['--base-path', '//evil.example/'], /base-path must be/],
    [['--base-path', '/a b/'], /base-path must be/],
  ])('%j is refused in one line', (args, words) => {
    const asked = parseOptions(args, {});
    expect(asked).toMatchObject({ kind: 'wrong' });
    if (asked.kind !== 'wrong') return;
    expect(asked.message).toMatch(words);
    expect(asked.message).not.toContain('\n');
  });

  test.each([
    ['vc', '/vc/'],
    ['/vc', '/vc/'],
    ['/vc/', '/vc/'],
    ['/', '/'],
    ['/tools/ray-1.2/', '/tools/ray-1.2/'],
  ])('the base path %s is %s', (given, base) => {
    expect(started(['--base-path', given])).toMatchObject({ basePath: base });
  });

  test('a wrong environment is refused too', () => {
    expect(parseOptions([], { PORT: 'abc' })).toEqual({
      kind: 'wrong',
      message: 'The port must be a whole number from 0 to 65535, not "abc".',
    });
  });

  test('the help tells every option', () => {
    for (const name of [
      'port',
      'host',
      'ray-address',
      'read-only',
      'data-dir',
      'keep-days',
      'usage-days',
      'usage-megabytes',
      'allowed-host',
      'seed',
      'scenario',
      'help',
      'version',
      'ray-ca',
      'base-path',
      'tls-cert',
      'tls-key',
      ...Object.keys(accessFlags),
    ])
      expect(HELP).toContain(`--${name}`);
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['host.example', false],
])('%s reaches this machine alone: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
