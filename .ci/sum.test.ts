import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = join(import.meta.dirname, 'sum.mjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sum-'));
  for (const file of ['ray.txt', 'prometheus.txt', 'package.txt', 'chart.txt', 'systemd.txt'])
    writeFileSync(join(folder, file), '1 passed, 0 failed\n');
  writeResult('vitest.json', { numPassedTests: 2, numFailedTests: 0, numFailedTestSuites: 0, testResults: [] });
  writeResult('playwright.json', { stats: { expected: 3, unexpected: 0 }, suites: [] });
});

afterEach(() => rmSync(folder, { recursive: true }));

function writeResult(file: string, result: unknown) {
  writeFileSync(join(folder, file), JSON.stringify(result));
}

function sum(exitCode: string): string[] {
  return spawnSync(process.execPath, [script, folder, exitCode], { encoding: 'utf8' }).stdout.trimEnd().split('\n');
}

test('the last line adds up all suites', () => {
  expect(sum('0').at(-1)).toBe('10 passed, 0 failed');
});

test('a failed check without a failed test still fails the run', () => {
  expect(sum('1').at(-1)).toBe('10 passed, 1 failed');
});

test('a suite without a result counts as failed', () => {
  rmSync(join(folder, 'ray.txt'));
  expect(sum('1')).toContain('ray.txt: no count was left');
  expect(sum('1').at(-1)).toBe('9 passed, 1 failed');
});

test('failed tests are named with their errors just before the last line', () => {
  writeResult('vitest.json', {
    numPassedTests: 1,
    numFailedTests: 1,
    numFailedTestSuites: 1,
    testResults: [
      {
        name: 'src/a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [{ status: 'failed', fullName: 'adds', failureMessages: ['\u001b[31mexpected 1\u001b[39m'] }],
      },
      { name: 'src/b.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
    ],
  });
  const spec = (title: string, status: string, message: string) => ({
    file: 'a.spec.ts',
    title,
    tests: [{ status, results: [{ error: { message } }] }],
  });
  writeResult('playwright.json', {
    stats: { expected: 2, unexpected: 1 },
    suites: [
      { specs: [spec('works', 'expected', '')], suites: [{ specs: [spec('breaks', 'unexpected', 'not visible')] }] },
    ],
  });
  writeFileSync(join(folder, 'package.txt'), 'ok: one\nFAILED: it starts\n1 passed, 1 failed\n');
  const lines = sum('1');
  expect(lines.slice(lines.indexOf('Failed:'))).toEqual([
    'Failed:',
    'src/a.test.ts › adds',
    '    expected 1',
    'src/b.test.ts',
    '    Cannot find module',
    'a.spec.ts › breaks',
    '    not visible',
    'FAILED: it starts',
    '',
    '8 passed, 3 failed',
  ]);
});
