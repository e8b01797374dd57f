import { expect, it } from 'vitest';
import { countAmountText, gibAmountText } from './resource-amounts.ts';

it('counts are used / total, fractions of a CPU to one digit', () => {
  expect(countAmountText({ used: 2, total: 4 })).toBe('2 / 4');
  expect(countAmountText({ used: 0.25, total: 1 })).toBe('0.3 / 1');
});

it('bytes are shown in GiB, and only zero reads as 0', () => {
  expect(gibAmountText({ used: 0, total: 22.957 * 1024 ** 3 })).toBe('0 / 23');
  expect(gibAmountText({ used: 3.14 * 1024 ** 3, total: 1536 * 1024 ** 3 })).toBe('3.1 / 1,536');
  expect(gibAmountText({ used: 10 * 1024 ** 2, total: 1024 ** 3 })).toBe('0.0098 / 1');
});
