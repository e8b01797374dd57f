/** An item in a sequence with its length; a null key is a gap left by a removed item. */
export interface PackedSlot {
  readonly key: string | null;
  readonly size: number;
}

/** An item to place: `minSize` is what it fills now, `size` what it gets when it is placed from scratch. */
export interface PackingRequest {
  readonly key: string;
  readonly minSize: number;
  readonly size: number;
}

/**
 * Updates the sequence to hold the requested items. An item stays in its place, and keeps its size while that suffices. A
 * removed item leaves a gap, which a new item takes if it fits; other new items go to the end.
 */
export function packStably(before: readonly PackedSlot[], wanted: readonly PackingRequest[]): readonly PackedSlot[] {
  const wantedAt = new Map(wanted.map((each) => [each.key, each]));
  const places = before.map(({ key, size }): PackedSlot => {
    const now = key === null ? undefined : wantedAt.get(key);
    return now === undefined ? { key: null, size } : { key, size: now.minSize > size ? now.size : size };
  });
  const held = new Set(places.map(({ key }) => key));
  for (const { key, size } of wanted) {
    if (held.has(key)) continue;
    const room = places.findIndex((place) => place.key === null && place.size >= size);
    if (room === -1) places.push({ key, size });
    else places[room] = { key, size: places[room]?.size ?? size };
  }
  while (places.at(-1)?.key === null) places.pop();
  return places;
}

/**
 * The sequence with an item at its beginning, for `packStably` to keep there: in the gap that stands there if it suffices,
 * else before all others, which move. `item` undefined: it is not to be placed.
 */
export function withFirst(places: readonly PackedSlot[], item: PackingRequest | undefined): readonly PackedSlot[] {
  if (item === undefined || places.length === 0 || places[0]?.key === item.key) return places;
  const others = places.map((place) => (place.key === item.key ? { key: null, size: place.size } : place));
  const [gap] = others;
  if (gap?.key !== null) return [{ key: item.key, size: item.size }, ...others];
  return [{ key: item.key, size: Math.max(gap.size, item.size) }, ...others.slice(1)];
}

/** The share of gaps in the sequence's length, from 0 to 1. */
export function freeShareOf(places: readonly PackedSlot[]): number {
  const all = places.reduce((sum, { size }) => sum + size, 0);
  return all === 0 ? 0 : places.reduce((sum, { key, size }) => sum + (key === null ? size : 0), 0) / all;
}
