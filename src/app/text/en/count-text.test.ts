import { expect, test } from 'vitest';
import { countText } from './count-text.ts';

test.each([0, 1, 12, 999, 1_000, 1_001, 99_999, 100_000, 1_234_567, 1_000_000_000, -1, -999, -1_000, -123_456])(
  '%d reads as everywhere else',
  (value) => {
    expect(countText(value)).toBe(value.toLocaleString('en'));
  },
);
