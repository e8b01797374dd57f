import { lazy, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';

/**
 * A part that is loaded late and that the page can do without: where it can't be loaded, as while the console is down, it renders
 * nothing until the page is reloaded, and nothing around it fails. `name`: of the module's export.
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
