import { describe, expect, test } from 'vitest';
import transcripts from '../../simulator/conformance/transcripts/jobs.json' with { type: 'json' };
import { recorded } from '../recordings/recorded.ts';
import { readStopOutcome } from './stop-outcome.ts';

const job = 'raysubmit_X';
const reply = (status: number, text: string) => ({ status, contentType: 'application/json', text });
const unknown = (cause: string) => ({ kind: 'unknown', cause });

describe('the outcome of a stop', () => {
  test('as recorded: stopped', () => {
    expect(readStopOutcome(recorded('busyOther', 'stop job').reply, 'raysubmit_Z1zxiRc7uEpFeFBp')).toEqual({
      kind: 'applied',
      revision: null,
      members: null,
    });
  });

  test('as a real Ray said: stopped once, then nothing to stop, and nothing known of another job', () => {
    const outcomesOf = (name: 'a job can be stopped once' | 'an unknown job can be neither stopped nor read') =>
      transcripts[name]
        .filter(({ ask }) => ask.endsWith('/stop'))
        .map(
          (each) =>
            readStopOutcome(
              reply(each.status, typeof each.reply === 'string' ? each.reply : JSON.stringify(each.reply)),
              'nope',
            ).kind,
        );
    expect(outcomesOf('a job can be stopped once')).toEqual(['applied', 'already-ended']);
    expect(outcomesOf('an unknown job can be neither stopped nor read')).toEqual(['not-found']);
  });

  test.each([
    [
      'a traceback',
      reply(500, 'Traceback (most recent call last):\n  x\nRuntimeError: agent is gone\n'),
      unknown('traceback'),
    ],
    ["a proxy's page", reply(502, '<html>Bad gateway</html>'), unknown('not-ray')],
    ['another answer', reply(200, '{"stopped":"yes"}'), unknown('unreadable')],
    ['a failure in the form of an answer', reply(500, '{"stopped":true}'), unknown('unreadable')],
    ["another job's absence", reply(404, 'Job other does not exist'), unknown('traceback')],
  ])('%s is not known', (_, answer, outcome) => {
    expect(readStopOutcome(answer, job)).toEqual(outcome);
  });

  test.each([
    ['timed-out', unknown('timed-out')],
    ['cut', unknown('cut')],
    ['never-sent', { kind: 'unreachable' }],
  ] as const)('%s', (why, outcome) => {
    expect(readStopOutcome(why, job)).toEqual(outcome);
  });

  test('a block as a browser, and a missing route, are recognised', () => {
    expect(readStopOutcome(reply(405, 'Method Not Allowed for browser traffic.'), job)).toEqual({ kind: 'blocked' });
    expect(readStopOutcome(reply(404, '404: Not Found'), job)).toEqual({ kind: 'invalid', message: '404: Not Found' });
  });
});
