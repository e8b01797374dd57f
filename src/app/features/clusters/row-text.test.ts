import { expect, test } from 'vitest';
import { usageTextParts } from './row-text.ts';

test('what is left over is a warning beside the jobs, which are none', () => {
  const use = { jobs: 2, leftover: 1, unknownState: 0, unknownReason: null, lastSeenAt: null };
  expect(usageTextParts(use, null, null).map((part) => [part.text, part.isWarning === true])).toEqual([
    ['2 jobs', false],
    ['1 to release', true],
  ]);
});
