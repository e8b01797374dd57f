import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { runAccessCommand } from './access-command.ts';
import { accessPaths } from '../auth/access-paths.ts';
import { redeemLink } from '../auth/link-folder.ts';
import { nodeSecrets } from '../auth/node-secrets.ts';
import { createTokenLookup } from '../auth/token-lookup.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-access-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const clock = createHandClock();
const run = (line: string) =>
  runAccessCommand([...line.split(' '), '--data-dir', folder, '--ray-address', 'http://ray:8265'], {}, clock);
const place = () => accessPaths(join(folder, 'ray_8265.sqlite'));

describe('tokens', () => {
  test('one that is made is known, and only its hash is kept', () => {
    const made = run('token create --name ci --role operator --clusters team-a-*,team-b --days 90');
    expect(made).toMatchObject({ code: 0, err: expect.stringMatching(/not shown again/) });
    const token = made.out.trim();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const find = createTokenLookup({ file: place().tokens, clock });
    expect(find(nodeSecrets.hash(token))).toEqual({
      name: 'ci',
      grant: { role: 'operator', clusters: ['team-a-*', 'team-b'] },
    });
    expect(readFileSync(place().tokens, 'utf8')).not.toContain(token);
    expect(statSync(place().tokens).mode & 0o777).toBe(0o600);
    expect(run('token list').out).toMatch(/^ci {2}operator {2}team-a-\*,team-b {2}since .* {2}until /);
  });

  test('one that is withdrawn is gone', () => {
    run('token create --name ci');
    run('token create --name other --role viewer');
    expect(run('token withdraw ci')).toMatchObject({ code: 0 });
    expect(run('token list').out).toMatch(/^other {2}viewer {2}all .*until withdrawn\n$/);
    run('token withdraw other');
    expect(run('token list').out).toBe('There are no tokens.\n');
  });

  test.each([
    ['token create', /Give the token a name/],
    ['token create --name a/b', /--name must be/],
    ['token create --name x --role admin', /viewer or operator/],
    ['token create --name x --clusters a,,b', /--clusters must be/],
    ['token create --name x --role viewer --clusters a', /for operators/],
    ['token create --name x --days 0', /--days/],
    ['token withdraw nobody', /no token named nobody/],
    ['token withdraw', /^There is: token create/],
    ['token steal', /^There is: token create/],
    ['token list --prot 1', /--prot/],
    ['sign-in-link --port 0', /port that the console printed/],
  ])('%s is refused in one line', (line, words) => {
    const output = run(line);
    expect(output).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) });
    expect(output.err).not.toContain('\n');
  });

  test('a name is given once', () => {
    run('token create --name ci');
    expect(run('token create --name ci')).toMatchObject({ code: 2, err: expect.stringMatching(/Withdraw it first/) });
  });

  test('over the simulator without a folder there is nothing to keep them in', () => {
    expect(runAccessCommand(['token', 'list'], {}, clock)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/which console is meant/),
    });
  });
});

test('a sign-in link begins as the console does, holds its token in the fragment, and is left for the console', () => {
  const output = run('sign-in-link --name anna --role viewer --port 9000 --base-path /vc/');
  const [, token = ''] = /^http:\/\/127\.0\.0\.1:9000\/vc\/sign-in#([\w-]{43})\n$/.exec(output.out) ?? [];
  expect(redeemLink(place().links, nodeSecrets.hash(token), clock)).toEqual({
    name: 'anna',
    grant: { role: 'viewer', clusters: null },
  });
});

test('people are named as they write their names; what looks like another name, or hides something, is refused', () => {
  const named = (name: string) =>
    runAccessCommand(
      ['sign-in-link', '--name', name, '--data-dir', folder, '--ray-address', 'http://ray:8265'],
      {},
      clock,
    );
  for (const name of ['Wei 王', 'José', 'anna@team.example']) expect(named(name)).toMatchObject({ code: 0 });
  for (const name of ['a  b', ' a', 'a\u202eb', 'a\nb', 'x'.repeat(65)])
    expect(named(name)).toMatchObject({ code: 2, err: expect.stringMatching(/--name must be/) });
});
