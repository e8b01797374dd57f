import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_REPLICAS } from '../../domain/replica-sets.ts';
import { countOrNull, parseCount, stepCount } from './parse-count.ts';

describe('a typed count', () => {
  test.each([
    ['0', 0],
    ['14', 14],
    [' 7 ', 7],
    ['007', 7],
    ['３２', 32],
    ['2147483647', MAX_REPLICAS],
  ])('%j is %i', (typed, count) => {
    expect(parseCount(typed)).toEqual({ kind: 'count', count });
  });

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['-1', 'not-whole'],
    ['-', 'not-whole'],
    ['1e5', 'not-whole'],
    ['2.0', 'not-whole'],
    ['0x10', 'not-whole'],
    ['1,000', 'not-whole'],
    ['１，０００', 'not-whole'],
    ['１．５', 'not-whole'],
    ['－１', 'not-whole'],
    ['١٢', 'not-whole'],
    ['2147483648', 'too-large'],
    ['9'.repeat(400), 'too-large'],
  ])('%j is none: %s', (typed, problem) => {
    expect(parseCount(typed)).toEqual({ kind: 'problem', problem });
  });

  test('every count that Ray takes is read as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_REPLICAS }), (count) => {
        expect(countOrNull(String(count))).toBe(count);
      }),
      { seed: 11 },
    );
  });
});

describe('a step', () => {
  test('stays within what Ray takes', () => {
    expect(stepCount('12', 1, 12)).toBe('13');
    expect(stepCount('3', -10, 12)).toBe('0');
    expect(stepCount(String(MAX_REPLICAS), 10, 12)).toBe(String(MAX_REPLICAS));
  });

  test('starts again from what the cluster has when the field holds no count', () => {
    expect(stepCount('', -1, 12)).toBe('12');
    expect(stepCount('1e5', 1, 4)).toBe('4');
  });
});
