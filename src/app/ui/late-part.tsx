import { lazy, useState, type ComponentType, type ReactNode } from 'react';

export interface LatePart<P extends object> {
  readonly Part: ComponentType<P>;
  /** Loads its code for who expects that it will be needed. */
  readonly load: () => Promise<void>;
}

/**
 * A part whose code is loaded late. Once it is there, the part is rendered at once: React would show the fallback for a moment even
 * so, and then nothing else for 300 ms. `name`: of the module's export.
 */
export function latePart<N extends string, P extends object>(
  load: () => Promise<{ readonly [K in N]: (props: P) => ReactNode }>,
  name: N,
): LatePart<P> {
  let loaded: ComponentType<P> | null = null;
  const read = async (): Promise<ComponentType<P>> => (loaded = (await load())[name]);
  const Late = lazy(async () => ({ default: await read() }));
  return {
    Part: function LatePart(props: P) {
      const [Shown] = useState(() => loaded ?? Late);
      return <Shown {...props} />;
    },
    async load() {
      await read();
    },
  };
}
