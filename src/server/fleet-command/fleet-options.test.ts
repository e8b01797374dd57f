import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands, fleetFlags } from '../cli/commands.ts';
import { parseFleetCommand } from './fleet-options.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-options-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SECRET = 'c2VjcmV0-token_1';

function tokenFile(text: string): string {
  const file = join(folder, 'token');
  writeFileSync(file, text);
  return file;
}

const parsed = (address: string, ...more: readonly string[]) =>
  parseFleetCommand('diff', ['fleet.yaml', '--console', address, ...more], {});

test.each(['http://127.0.0.1:8600', 'http://localhost:8600', 'http://[::1]:8600', 'https://console.example'])(
  'a token is sent to %s',
  (address) => {
    expect(parsed(address, '--token-file', tokenFile(`${SECRET}\n`))).toMatchObject({ place: { token: SECRET } });
  },
);

test.each([
  'http://console.example',
  'http://10.0.0.7:8600',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example',
])('a token is not sent to %s, where others can read it, unless somebody says so', (address) => {
  const file = tokenFile(SECRET);
  const refused = parsed(address, '--token-file', file);
  expect(refused.kind).toBe('wrong');
  expect(JSON.stringify(refused)).toContain('unencrypted');
  expect(parsed(address, '--token-file', file, '--plain-http')).toMatchObject({ place: { token: SECRET } });
  expect(parsed(address)).toMatchObject({ place: { token: null } });
  const inEnvironment = { VIRTUAL_CLUSTER_CONSOLE_TOKEN: SECRET };
  expect(parseFleetCommand('plan', ['fleet.yaml', '--console', address], inEnvironment).kind).toBe('wrong');
});

test('each command has its options, and tells which of the others it has not', () => {
  for (const name of ['export', 'diff', 'apply', 'plan'] as const)
    for (const [flag, { type }] of Object.entries(fleetFlags)) {
      const given = parseFleetCommand(name, ['fleet.yaml', type === 'string' ? `--${flag}=x` : `--${flag}`], {});
      const isRefused = given.kind === 'wrong' && given.message.startsWith(`${name} has no --${flag} `);
      expect([name, flag, isRefused]).toEqual([name, flag, !Object.hasOwn(commands[name].flags, flag)]);
    }
  expect(parseFleetCommand('diff', ['fleet.yaml', '--seed=1'], {}).kind).toBe('wrong');
});

test.each([
  ['two lines', `${SECRET}\n${SECRET}`],
  ['a header', `${SECRET}\r\nX-Forwarded-User: admin`],
  ['words', `token ${SECRET}`],
  ['no latin letters', `${SECRET}é\u4e2d`],
  ['nothing', ' \n'],
])('a token file of %s is told, without what it holds', (_, text) => {
  const refused = parsed('https://console.example', '--token-file', tokenFile(text));
  expect(refused.kind).toBe('wrong');
  expect(JSON.stringify(refused)).toContain('token');
  expect(JSON.stringify(refused)).not.toContain(SECRET);
});
