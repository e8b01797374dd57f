import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRevisions, isRevision, parseRevision, revisionTime } from './revision.ts';
import { revision } from '../testing/harness/small-fleet.ts';

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

test('every unsigned 64-bit integer is a revision, digit for digit, and none beyond', () => {
  fc.assert(fc.property(uint64, (value) => parseRevision(String(value)) === String(value)));
  fc.assert(fc.property(fc.bigInt({ min: 2n ** 64n, max: 2n ** 70n }), (value) => !isRevision(String(value))));
  expect([2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n].map((value) => parseRevision(String(value)))).toEqual([
    '9007199254740993',
    '9223372036854775808',
    '18446744073709551615',
  ]);
});

test.each(['', '-1', '+1', '01', '1.0', '1e3', ' 1', '1 ', '0x1', '١', '18446744073709551616', '99999999999999999999'])(
  '%j is none',
  (text) => {
    expect(parseRevision(text)).toBeNull();
  },
);

test('revisions compare as the integers that they are', () => {
  fc.assert(
    fc.property(uint64, uint64, (a, b) => {
      expect(Math.sign(compareRevisions(revision(String(a)), revision(String(b))))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('a revision of Ray’s tells when it was made; another number tells no time', () => {
  expect(revisionTime(revision('1795469080484243902'))).toBe(1_795_469_080_484);
  expect(revisionTime(revision('12'))).toBeNull();
  expect(revisionTime(revision('18446744073709551615'))).toBeNull();
});
