import { describe, expect, test } from 'vitest';
import { createLog, type LogLevel } from './log.ts';

function logged(level: LogLevel) {
  const lines: string[] = [];
  return {
    lines,
    log: createLog({ level, now: () => Date.UTC(2026, 0, 2, 3, 4, 5), write: (line) => lines.push(line) }),
  };
}

describe('the log', () => {
  test('is one JSON object a line, with its time, level and event first', () => {
    const { lines, log } = logged('info');
    log('info', 'listening', { port: 8600, simulated: true });
    expect(lines).toEqual([
      '{"time":"2026-01-02T03:04:05.000Z","level":"info","event":"listening","port":8600,"simulated":true}\n',
    ]);
  });

  test('leaves out what is below its level', () => {
    const { lines, log } = logged('warn');
    log('info', 'quiet');
    log('error', 'loud');
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['loud']);
    const none = logged('silent');
    none.log('error', 'loud');
    expect(none.lines).toEqual([]);
  });

  test('keeps what came from outside inside its line', () => {
    const { lines, log } = logged('info');
    const evil = 'a\nb\r\nc\u2028d\u0085e\u001b[31mf\u202eg"}';
    log('info', 'request', { path: evil });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).toMatch(/^[\u0020-\u007e]+$/);
    expect(JSON.parse(lines[0] ?? '').path).toBe(evil);
  });

  test('cuts long texts', () => {
    const { lines, log } = logged('info');
    log('info', 'request', { path: 'x'.repeat(10_000) });
    expect(lines[0]?.length).toBeLessThan(700);
  });
});
