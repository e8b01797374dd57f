/** Deletes the oldest entries until at most `max` are left. `onEvict` gets each of them. */
export function evictOldest<K, V>(map: Map<K, V>, max: number, onEvict?: (key: K, value: V) => void): void {
  for (const [key, value] of map) {
    if (map.size <= max) return;
    map.delete(key);
    onEvict?.(key, value);
  }
}
