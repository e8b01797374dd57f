import { text } from '../../../../text/text.ts';
import { BAR_ORDER, type CardCounts } from '../layout/card-counts.ts';

export type Measure = (label: string) => number;

/** A card's first line: its title, shortened to the room, and its number of nodes at the right where there is room. */
export interface CardTitle {
  readonly title: string;
  readonly held: string | null;
}

const SPACE = 8;

/** Never empty: where not even a letter of the title has room, the number stands in its place. */
export function cardTitle(name: string, held: number, width: number, measure: Measure): CardTitle {
  const count = text.facts.count(held);
  const withCount = width - measure(count) - SPACE;
  if (measure(name) <= withCount || withCount >= width * 0.6)
    return { title: shortenedName(name, withCount, measure), held: count };
  const title = shortenedName(name, width, measure);
  return { title: title === '' ? count : title, held: null };
}

/** A name in two lines of a width, broken after a `-`, `_`, `.` or `/` where that leaves more of it; null if not even a letter has room. */
export function titleInTwo(name: string, width: number, measure: Measure): readonly [string, string] | null {
  let fits = 0;
  while (fits < name.length && measure(name.slice(0, fits + 1)) <= width) fits += 1;
  if (fits === 0) return null;
  if (fits === name.length) return [name, ''];
  const breaks = [...name.slice(0, fits).matchAll(/[-_./]/g)].map(({ index }) => index + 1);
  const whole = breaks.findLast((at) => measure(name.slice(at)) <= width) ?? breaks.at(-1);
  // A break far to the left would leave the second line without room for the rest.
  const at = whole !== undefined && (whole >= fits / 2 || measure(name.slice(whole)) <= width) ? whole : fits;
  return [name.slice(0, at), shortenedName(name.slice(at), width, measure)];
}

/** A card's numbers in the most words that have room; empty where none have. */
export function cardNumbers(counts: CardCounts, isPool: boolean, width: number, measure: Measure): string {
  const { words, short } = text.map.cardNumbers;
  const parts = BAR_ORDER.filter((state) => counts.by[state] > 0).map((state) => words(state, counts.by[state]));
  const candidates = [
    ...(isPool ? [] : [[text.map.held(counts.held), ...parts].join(' · ')]),
    parts.join(' · '),
    BAR_ORDER.filter((state) => counts.by[state] > 0)
      .map((state) => short(state, counts.by[state]))
      .join(' '),
  ];
  return candidates.find((each) => measure(each) <= width) ?? '';
}

/** A short last part, as the number in `team-search-017`: often all that tells a name from its neighbours'. */
const LAST_PART = /[-_./]([^-_./]{1,4})$/;

/** A name cut to a width: before its last part where that is short and leaves a letter of the rest, else at its end. */
export function shortenedName(name: string, width: number, measure: Measure): string {
  if (measure(name) <= width) return name;
  const last = LAST_PART.exec(name)?.[1] ?? '';
  const start = last === '' ? '' : shortened(name.slice(0, -last.length), width - measure(last), measure);
  return start === '' ? shortened(name, width, measure) : `${start}${last}`;
}

/** Cut at its end to a width, with an ellipsis; empty if not even one letter has room. */
export function shortened(label: string, width: number, measure: Measure): string {
  if (measure(label) <= width) return label;
  let low = 0;
  let high = label.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (measure(`${label.slice(0, middle)}…`) <= width) low = middle;
    else high = middle;
  }
  return low === 0 ? '' : `${label.slice(0, low)}…`;
}
