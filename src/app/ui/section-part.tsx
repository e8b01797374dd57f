import { useState, type ReactNode } from 'react';
import { ErrorBoundary } from './error-boundary.tsx';
import { latePart, type LatePart } from './late-part.tsx';

/**
 * A part of a section that is loaded late. Where it can't be loaded, or fails, that is said in its place, with a way to try
 * again, and what stands around it stays. `name`: of the module's export; `fallback`: until it is there.
 */
export function sectionPart<N extends string, P extends object>(
  load: () => Promise<{ readonly [K in N]: (props: P) => ReactNode }>,
  name: N,
  fallback: () => ReactNode,
): LatePart<P> {
  const first = latePart(load, name, fallback);
  return {
    load: first.load,
    Part: function SectionPart(props: P) {
      // One that could not be loaded stays so.
      const [{ Part }, setPart] = useState(first);
      return (
        <ErrorBoundary resetKey="" onRetry={() => setPart(latePart(load, name, fallback))}>
          <Part {...props} />
        </ErrorBoundary>
      );
    },
  };
}
