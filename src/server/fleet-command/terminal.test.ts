import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { EMPTY_PROFILE } from '../../domain/cluster-profile.ts';
import { replicaSetsOf } from '../../domain/replica-sets.ts';
import { driftOf } from '../../fleet-file/drift.ts';
import { exportFleet } from '../../fleet-file/export.ts';
import { parseFleetFile } from '../../fleet-file/parse.ts';
import { createProcessTerminal, createTerminal } from './terminal.ts';

/** What is written to both streams while a step is on its way and then done. */
function written(isTTY: boolean) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = createTerminal({
    stdout: { write: (text) => out.push(text) },
    stderr: { isTTY, write: (text) => err.push(text) },
  });
  terminal.status('[1/2] resize a …');
  terminal.note('[1/2] resize a: done');
  terminal.out('a');
  terminal.data('{\n}');
  return { out: out.join(''), err: err.join('') };
}

test('on a terminal, what goes on now is written over by what comes next', () => {
  expect(written(true)).toEqual({
    out: 'a\n{\n}\n',
    err: '\r\u001B[K[1/2] resize a …\r\u001B[K[1/2] resize a: done\n',
  });
});

test('elsewhere there are plain lines only', () => {
  expect(written(false)).toEqual({ out: 'a\n{\n}\n', err: '[1/2] resize a: done\n' });
});

test('no name steers the terminal', () => {
  const err: string[] = [];
  const terminal = createTerminal({
    stdout: { write: () => true },
    stderr: { isTTY: true, write: (text) => err.push(text) },
  });
  terminal.note('team\u001B]0;x\u0007');
  expect(err.join('').replace('\r\u001B[K', '').trim()).not.toMatch(/\p{Cc}/u);
});

test('no name passes for another line', () => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = createTerminal({
    stdout: { write: (text) => out.push(text) },
    stderr: { isTTY: false, write: (text) => err.push(text) },
  });
  terminal.out('~ team\n- prod: is not in the file');
  terminal.note('[1/1] create x\r\n[2/2] delete prod: done');
  expect([out.join('').match(/\n/g), err.join('').match(/\n/g)]).toEqual([['\n'], ['\n']]);
});

test('JSON and YAML say the same to other programs, whatever is named in them, and steer no terminal', () => {
  const out: string[] = [];
  const { data } = createTerminal({
    stdout: { write: (text) => out.push(text) },
    stderr: { isTTY: false, write: () => true },
  });
  const names = [
    '\u{1F469}\u200D\u{1F4BB} می\u200Cخواهم',
    'a\u202Eb',
    '\u009B2J',
    '\u{E0041}',
    '\uFEFF\u2028',
    'x\ny\t',
  ];
  data(JSON.stringify(names, null, 2));
  expect(JSON.parse(out.join(''))).toEqual(names);
  expect(out.join('').replaceAll('\n', '')).not.toMatch(/\p{Cc}|(?![\u200C\u200D])\p{Cf}/u);
  const fleet = names.map((name, index) => ({
    id: `team-${String(index)}`,
    divisible: false,
    replicaSets: replicaSetsOf([[name, 1]]),
    profile: { ...EMPTY_PROFILE, owner: names[0] ?? '' },
  }));
  out.length = 0;
  data(exportFleet(fleet).text);
  const parsed = parseFleetFile(out.join(''));
  expect(parsed.ok ? driftOf(parsed.clusters, fleet) : parsed.problems).toEqual([]);
});

test('a reader that goes away ends no command in the middle of what it does, and is told', async () => {
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })),
  });
  const stderr = Object.assign(new PassThrough(), { isTTY: false });
  const terminal = createProcessTerminal({ stdout, stderr });
  terminal.out('x');
  expect(await terminal.written()).toBe('EPIPE');
  const whole = createProcessTerminal({ stdout: new PassThrough(), stderr });
  whole.out('x');
  expect(await whole.written()).toBeNull();
});
