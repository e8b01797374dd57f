import { text } from '../text/text.ts';

const MONTHS = 12;
const two = (value: number) => String(value).padStart(2, '0');

/** A day such as `2026-11-24` as the page writes days everywhere. */
export function dayText(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return text.ago.date(date, month - 1, year);
}

/** The day that somebody typed, as `2026-11-24` or as the page writes days; null for anything else. */
export function readDay(typed: string): string | null {
  const trimmed = typed.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return isDay(trimmed) ? trimmed : null;
  const numbers = trimmed.match(/\d+/g) ?? [];
  const year = numbers.find((each) => each.length === 4);
  if (year === undefined) return null;
  for (const date of new Set(numbers.filter((each) => each.length <= 2)))
    for (let month = 0; month < MONTHS; month++) {
      const day = `${year}-${two(month + 1)}-${two(Number(date))}`;
      if (dayText(day).toLowerCase() === trimmed.toLowerCase() && isDay(day)) return day;
    }
  return null;
}

function isDay(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const named = new Date(year, month - 1, date);
  return named.getMonth() === month - 1 && named.getDate() === date;
}
