import { useEffect, useState, type ComponentType, type ReactNode } from 'react';

/**
 * A screen whose code is loaded when it is first shown; `waiting` stands in its place until then. Without Suspense, which shows
 * nothing else for 300 ms once it has shown a fallback, however soon the code is there. `name`: of the module's export.
 */
export function lateScreen<N extends string, P extends object>(
  load: () => Promise<{ readonly [K in N]: (props: P) => ReactNode }>,
  name: N,
  waiting: () => ReactNode,
): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function LateScreen(props: P) {
    const [Shown, setShown] = useState<ComponentType<P> | null>(() => loaded);
    const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
    useEffect(() => {
      if (Shown !== null) return undefined;
      let isGone = false;
      load().then(
        (module) => {
          loaded = module[name];
          if (!isGone) setShown(() => loaded);
        },
        (error: unknown) => {
          if (!isGone) setFailure({ error });
        },
      );
      return () => {
        isGone = true;
      };
    }, [Shown]);
    // For the boundary around it; a person's second try loads it again.
    if (failure !== null) throw failure.error;
    return Shown === null ? waiting() : <Shown {...props} />;
  };
}
