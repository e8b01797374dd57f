import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayText, readDay } from './day-text.ts';

test('what the page writes is what it reads, whatever the day', () => {
  const days = fc.date({ min: new Date('2000-01-02'), max: new Date('2099-12-30'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const day = date.toISOString().slice(0, 10);
      expect(readDay(dayText(day))).toBe(day);
      expect(readDay(` ${dayText(day).toUpperCase()} `)).toBe(day);
      expect(readDay(day)).toBe(day);
    }),
  );
});

test('no day is read from anything else', () => {
  for (const typed of ['', '29', '29 Nov', '31 Feb 2026', '2026-02-30', '2026-13-01', 'yesterday'])
    expect(readDay(typed)).toBeNull();
});
