import { sharedText } from '../stream/shared-text.ts';

/**
 * Collects a map of nodes that mostly says the same as the one before it. While the same keys come in the same order with the same values,
 * nothing is made at all: Ray lists its nodes in one order from reading to reading (fact 19), and 100,000 of them are read all day.
 */
export interface RepeatedMap<V> {
  /** A key that comes again replaces its value, as in any map. */
  set(key: string, value: V): void;
  /** The value of a key that was set and that the map before lacks. */
  added(key: string): V | undefined;
  /** The map before if it says the same. */
  build(): ReadonlyMap<string, V>;
}

/** `isSame`: whether two values say the same; then the one before is kept. */
export function createRepeatedMap<V>(
  before: ReadonlyMap<string, V>,
  isSame: (one: V, other: V) => boolean = Object.is,
): RepeatedMap<V> {
  const keys = before.keys();
  /** How many entries came so far that are as before. */
  let repeated = 0;
  let own: Map<string, V> | null = null;

  function beginOwn(): Map<string, V> {
    const begun = new Map<string, V>();
    for (const [key, value] of before) {
      if (begun.size === repeated) break;
      begun.set(key, value);
    }
    return begun;
  }

  return {
    set(key, value) {
      if (own === null) {
        const next = keys.next();
        if (!next.done && next.value === key) {
          const known = before.get(next.value);
          if (known !== undefined && isSame(known, value)) {
            repeated += 1;
            return;
          }
        }
        own = beginOwn();
      }
      const known = before.get(key);
      own.set(sharedText(key), known !== undefined && isSame(known, value) ? known : value);
    },
    added: (key) => own?.get(key),
    build: () => own ?? (repeated === before.size ? before : beginOwn()),
  };
}
