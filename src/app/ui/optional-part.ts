import { lazy, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';

/**
 * A part that is loaded late and that the page can do without: where it can't be loaded, as the console is away just then, it is
 * left out until the page is loaded anew, rather than taking what stands around it along. `name`: of the module's export.
 */
export function optionalPart<N extends string, P extends object>(
  load: () => Promise<{ readonly [K in N]: (props: P) => ReactNode }>,
  name: N,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async (): Promise<{ default: ComponentType<P> }> => {
    try {
      return { default: (await load())[name] };
    } catch {
      return { default: () => null };
    }
  });
}
