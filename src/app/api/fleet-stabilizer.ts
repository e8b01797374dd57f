import { sourceNames } from '../../domain/sourced.ts';
import type { PageFleet } from './page-fleet.ts';

/**
 * Returns a function that keeps the identity of the fleet while only ages differ, so that nothing renders because time has
 * passed. A difference shows in the version, which grows with every change, or in a source's health.
 */
export function createFleetStabilizer(): (fleet: PageFleet) => PageFleet {
  let kept: PageFleet | null = null;
  return (fleet) => {
    if (
      kept === null ||
      kept.version !== fleet.version ||
      kept.clusters !== fleet.clusters ||
      kept.map !== fleet.map ||
      kept.lately !== fleet.lately ||
      !haveSameSourceHealth(kept.sources, fleet.sources)
    )
      kept = fleet;
    return kept;
  };
}

function haveSameSourceHealth(a: PageFleet['sources'], b: PageFleet['sources']): boolean {
  return sourceNames.every((name) => {
    const [was, is] = [a[name], b[name]];
    return (
      (was.readAt === null) === (is.readAt === null) &&
      was.failure?.reason === is.failure?.reason &&
      was.failure?.since === is.failure?.since
    );
  });
}
