import { expect, test } from 'vitest';
import { clockSecondsText, clockText, fullTimeText } from './time.ts';

const british = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options);

test.each(Array.from({ length: 12 }, (_, month) => new Date(2026, month, month + 1, month * 2, month, 5 * month).getTime()))('%d reads as everywhere else', (at) => {
  expect(clockText(at)).toBe(british({ hour: '2-digit', minute: '2-digit' }).format(at));
  expect(clockSecondsText(at)).toBe(british({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at));
  expect(fullTimeText(at)).toBe(british({ dateStyle: 'medium', timeStyle: 'medium' }).format(at));
});
