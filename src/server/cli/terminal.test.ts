import { expect, test } from 'vitest';
import { createTerminal } from './terminal.ts';

/** What is written to both streams while a step is on its way and then done. */
function written(isTTY: boolean) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = createTerminal({
    stdout: { write: (text) => out.push(text) },
    stderr: { isTTY, write: (text) => err.push(text) },
  });
  terminal.status('[1/2] resize a …');
  terminal.note('[1/2] resize a: done');
  terminal.out('a\nb');
  return { out: out.join(''), err: err.join('') };
}

test('on a terminal, what goes on now is written over by what comes next', () => {
  expect(written(true)).toEqual({
    out: 'a\nb\n',
    err: '\r\u001B[K[1/2] resize a …\r\u001B[K[1/2] resize a: done\n',
  });
});

test('elsewhere there are plain lines only', () => {
  expect(written(false)).toEqual({ out: 'a\nb\n', err: '[1/2] resize a: done\n' });
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
