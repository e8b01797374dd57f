/** Whether two JSON-like values are deeply equal, whatever the order of keys. */
export function deepEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((each, index) => deepEqual(each, other[index]));
  }
  const entries = Object.entries(one);
  const others = new Map<string, unknown>(Object.entries(other));
  return (
    entries.length === others.size &&
    entries.every(([key, value]) => others.has(key) && deepEqual(value, others.get(key)))
  );
}

/** `before` if it is deeply equal to `now`, so that unchanged values keep object identity. */
export function reuseIfEqual<T>(before: T | undefined, now: T): T {
  return before !== undefined && deepEqual(before, now) ? before : now;
}
