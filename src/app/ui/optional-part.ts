import { lazy, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';

/**
 * A part that is loaded late and that the page can do without: where it can't be loaded, as the console is away just then, it is
 * left out until the page is loaded anew, rather than taking what stands around it along.
 */
export function optionalPart<P extends object>(
  load: () => Promise<{ readonly default: (props: P) => ReactNode }>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async (): Promise<{ default: ComponentType<P> }> => {
    try {
      return await load();
    } catch {
      return { default: () => null };
    }
  });
}
