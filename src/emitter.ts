/** A value that others can subscribe to as it happens. */
export interface Emitter<T = void> {
  /** Calls back on each `emit`; the returned function ends it, and may be called more than once. */
  subscribe(listener: (value: T) => void): () => void;
  emit(value: T): void;
  /** How many subscriptions there are. */
  size(): number;
}

/**
 * Calls its listeners in the order in which they subscribed. One that unsubscribes during an `emit` is not called any
 * more; one that subscribes during it is called in the same `emit`. A listener that throws ends the `emit`.
 */
export function createEmitter<T = void>(): Emitter<T> {
  // An object per subscription, so that the same function can subscribe twice.
  const subscriptions = new Set<{ readonly listener: (value: T) => void }>();
  return {
    subscribe(listener) {
      const subscription = { listener };
      subscriptions.add(subscription);
      return () => {
        subscriptions.delete(subscription);
      };
    },
    emit(value) {
      for (const { listener } of subscriptions) listener(value);
    },
    size: () => subscriptions.size,
  };
}
