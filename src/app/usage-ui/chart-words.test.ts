import { afterEach, expect, test, vi } from 'vitest';
import { amountText, axisText, idleText, stepText, zonesText, zoneText } from './chart-words.ts';
import { percentText } from './usage-notes.tsx';

const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();
const HOUR = 3_600_000;
afterEach(() => void vi.unstubAllEnvs());

test('a mean is written to a tenth, and what is not known by a word', () => {
  expect([8, 7.46, 7.96, 1204.31, 0].map(amountText)).toEqual(['8', '7.5', '8', '1,204.3', '0']);
  expect(amountText(null)).toBe('unknown');
});

test('the axis names times within a day, days within months, and months of years', () => {
  expect(axisText(at(2026, 10, 24, 14, 30), HOUR)).toBe('14:30');
  expect(axisText(at(2026, 10, 24), HOUR)).toBe('24 Nov');
  expect(axisText(at(2026, 10, 24), 24 * HOUR)).toBe('24 Nov');
  expect(axisText(at(2026, 10, 1), 30 * 24 * HOUR)).toBe('Nov 2026');
});

test('a step is named by when it begins and ends, by two days where it ends on another one', () => {
  const step = (from: number, ms: number) => stepText({ from, to: from + ms, step: ms }, 0);
  expect(step(at(2026, 10, 24, 14), HOUR)).toBe('24 Nov 2026, 14:00 – 15:00');
  expect(step(at(2026, 10, 24, 18), 12 * HOUR)).toBe('24 Nov 2026, 18:00 – 25 Nov 2026, 06:00');
});

test('the zone is said as a distance from UTC', () => {
  expect([0, -60, 210].map(zoneText)).toEqual(['UTC', 'UTC+01:00', 'UTC−03:30']);
});

test('where clocks are changed, both zones are said, and an hour that is there twice is told apart', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const before = Date.UTC(2026, 9, 25);
  expect(stepText({ from: before, to: before + HOUR, step: HOUR }, 0)).toBe(
    '25 Oct 2026, 02:00 (UTC+02:00) – 25 Oct 2026, 02:00 (UTC+01:00)',
  );
  expect(stepText({ from: before - HOUR, to: before, step: HOUR }, 0)).toBe('25 Oct 2026, 01:00 – 02:00');
  expect(axisText(Date.UTC(2026, 9, 25, 23), 24 * HOUR)).toBe('26 Oct');
  expect(zonesText({ from: before, to: before + 48 * HOUR })).toBe('UTC+02:00, UTC+01:00');
  // From winter to winter.
  expect(zonesText({ from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 11, 31) })).toBe('UTC+01:00, UTC+02:00');
});

test('a fraction that is not quite all or nothing is never called so', () => {
  expect([1, 0.999, 0.5, 0.001, 0].map(percentText)).toEqual(['100 %', '> 99 %', '50 %', '< 1 %', '0 %']);
});

test('idle time in its largest unit', () => {
  expect([0, HOUR, 23.9 * HOUR, 24 * HOUR, 80 * HOUR].map(idleText)).toEqual([
    'under 1 h',
    '1 h',
    '23 h',
    '1 day',
    '3 days',
  ]);
});
