import type { Box } from './viewport.ts';

/**
 * Divides a box among weights, in their order from its top left corner: a treemap of rows along the shorter side, each
 * as long as that makes its parts squarer (Bruls, Huizing, van Wijk 2000).
 */
export function squarify(weights: readonly number[], box: Box): readonly Box[] {
  const boxes: Box[] = [];
  let rest = box;
  let total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let from = 0; from < weights.length;) {
    const isColumn = rest.width >= rest.height;
    const side = isColumn ? rest.height : rest.width;
    const scale = total > 0 ? (rest.width * rest.height) / total : 0;
    const to = rowEnd(weights, from, scale, side);
    const row = weights.slice(from, to);
    const sum = row.reduce((all, weight) => all + weight, 0);
    const depth = side > 0 ? (sum * scale) / side : 0;
    let at = 0;
    for (const weight of row) {
      const length = sum > 0 ? (side * weight) / sum : 0;
      boxes.push(
        isColumn
          ? { x: rest.x, y: rest.y + at, width: depth, height: length }
          : { x: rest.x + at, y: rest.y, width: length, height: depth },
      );
      at += length;
    }
    rest = isColumn
      ? { x: rest.x + depth, y: rest.y, width: Math.max(0, rest.width - depth), height: rest.height }
      : { x: rest.x, y: rest.y + depth, width: rest.width, height: Math.max(0, rest.height - depth) };
    total -= sum;
    from = to;
  }
  return boxes;
}

/** Where the row that begins at `from` ends: before the first weight that would make its worst part longer. */
function rowEnd(weights: readonly number[], from: number, scale: number, side: number): number {
  let [sum, least, most] = [0, Number.POSITIVE_INFINITY, 0];
  let worst = Number.POSITIVE_INFINITY;
  for (let at = from; at < weights.length; at++) {
    const area = (weights[at] ?? 0) * scale;
    sum += area;
    least = Math.min(least, area);
    most = Math.max(most, area);
    const now = Math.max((side * side * most) / (sum * sum), (sum * sum) / (side * side * least));
    if (at > from && now > worst) return at;
    worst = now;
  }
  return weights.length;
}
