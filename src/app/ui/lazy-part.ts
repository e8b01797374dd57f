import { lazy, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';

/** React's `lazy` for a named export. Where it can't be loaded, the boundary around it gets the error. `name`: of the module's export. */
export function lazyPart<N extends string, P extends object>(
  load: () => Promise<{ readonly [K in N]: (props: P) => ReactNode }>,
  name: N,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: (await load())[name] }));
}
