import { useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { PartNotLoaded } from './part-not-loaded.ts';

export interface LatePart<P extends object> {
  readonly Part: ComponentType<P>;
  /** Loads its code ahead of time. */
  readonly load: () => Promise<void>;
}

/**
 * A part whose code is loaded when it is first shown; `waiting` stands in its place until then, and nothing if left out. Without
 * Suspense, which shows nothing else for 300 ms once it has shown a fallback, however soon the code is there. `name`: of the module's
 * export.
 */
export function latePart<N extends string, P extends object>(
  load: () => Promise<{ readonly [K in N]: (props: P) => ReactNode }>,
  name: N,
  waiting: () => ReactNode = () => null,
): LatePart<P> {
  let loaded: ComponentType<P> | null = null;
  async function read(): Promise<void> {
    loaded = (await load())[name];
  }
  return {
    load: read,
    Part: function LatePart(props: P) {
      const [Shown, setShown] = useState<ComponentType<P> | null>(() => loaded);
      const [failure, setFailure] = useState<{ readonly error: PartNotLoaded } | null>(null);
      useEffect(() => {
        if (Shown !== null) return undefined;
        let isGone = false;
        read().then(
          () => {
            if (!isGone) setShown(() => loaded);
          },
          (error: unknown) => {
            if (!isGone) setFailure({ error: new PartNotLoaded(error instanceof Error ? error.message : '') });
          },
        );
        return () => {
          isGone = true;
        };
      }, [Shown]);
      // For the boundary around it; a person's second try loads it again.
      if (failure !== null) throw failure.error;
      return Shown === null ? waiting() : <Shown {...props} />;
    },
  };
}
