import { expect, test } from 'vitest';
import { agoInMinutesText, agoText, clockSecondsText, clockText, fullTimeText } from './time-text.ts';

const british = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options);

test.each(
  Array.from({ length: 12 }, (_, month) => new Date(2026, month, month + 1, month * 2, month, 5 * month).getTime()),
)('%d reads as everywhere else', (at) => {
  expect(clockText(at)).toBe(british({ hour: '2-digit', minute: '2-digit' }).format(at));
  expect(clockSecondsText(at)).toBe(british({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at));
  expect(fullTimeText(at)).toBe(british({ dateStyle: 'medium', timeStyle: 'medium' }).format(at));
});

test('in a list, times below a minute read the same, and all others as elsewhere', () => {
  expect([0, 6_000, 59_999].map((ms) => agoInMinutesText(0, ms))).toEqual(['just now', 'just now', 'just now']);
  expect(agoInMinutesText(0, 60_000)).toBe('1 min ago');
  expect(agoInMinutesText(0, 3_600_000)).toBe(agoText(0, 3_600_000));
});
