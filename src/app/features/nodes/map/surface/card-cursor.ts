import type { Group, Layout } from '../layout/layout.ts';

const steps: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The nearest card in an arrow key's direction, Home and End: the first and the last. Null for any other key. */
export function moveCard({ groups }: Layout, from: Group | null, key: string): Group | null {
  const step = steps[key];
  if (step === undefined && key !== 'Home' && key !== 'End') return null;
  if (key === 'End') return groups.at(-1) ?? null;
  if (from === null || step === undefined) return groups[0] ?? null;
  const [dx, dy] = step;
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (const group of groups) {
    const ahead = dx === 0 ? dy * (middleY(group) - middleY(from)) : dx * (middleX(group) - middleX(from));
    const aside =
      dx === 0 ? apart(from.x, from.width, group.x, group.width) : apart(from.y, from.height, group.y, group.height);
    const touches =
      dx === 0
        ? edge(dy, from.y, from.height, group.y, group.height)
        : edge(dx, from.x, from.width, group.x, group.width);
    const off = dx === 0 ? middleX(group) - middleX(from) : middleY(group) - middleY(from);
    const cost = ahead + 4 * aside + Math.abs(off) / 4;
    if (group !== from && ahead > 0 && touches && cost < least) [best, least] = [group, cost];
  }
  return best;
}

const middleX = ({ x, width }: Group) => x + width / 2;
const middleY = ({ y, height }: Group) => y + height / 2;

/** How far two ranges are from each other; 0 where they overlap. */
function apart(a: number, aLength: number, b: number, bLength: number): number {
  return Math.max(0, a - (b + bLength), b - (a + aLength));
}

/** Whether a range lies beyond the end of another one. */
function edge(direction: number, a: number, aLength: number, b: number, bLength: number): boolean {
  return direction > 0 ? b >= a + aLength - 1e-6 : b + bLength <= a + 1e-6;
}
