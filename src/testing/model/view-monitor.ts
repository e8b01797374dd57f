import type { PageFleet } from '../../app/api/page-fleet.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import { compareRevisions, type Revision } from '../../domain/revision.ts';
import { InvariantViolation } from './invariant-violation.ts';
import type { Oracle } from './oracle.ts';

/** Observes every snapshot that one page shows: none may go back in time, and each must once have been true. */
export interface ViewMonitor {
  /** Whether the snapshot differs from the last one. */
  observe(fleet: PageFleet | null): boolean;
}

interface Shown {
  readonly revision: Revision;
  readonly isThere: boolean;
}

export function createViewMonitor(name: string, oracle: Oracle): ViewMonitor {
  let last: PageFleet | null = null;
  let epochs: string[] = [];
  let shown = new Map<string, Shown>();

  function fail(what: string): never {
    throw new InvariantViolation(`${name}: ${what}`);
  }

  return {
    observe(fleet) {
      if (fleet === null || fleet === last) return false;
      const [epoch, n] = partsOf(fleet.version);
      const before = last === null ? null : partsOf(last.version);
      last = fleet;
      if (before !== null && before[0] !== epoch) {
        if (epochs.includes(epoch)) fail(`went back to epoch ${epoch}`);
        shown = new Map();
      } else if (before !== null && n < before[1]) fail(`went back from version ${String(before[1])} to ${String(n)}`);
      epochs = [...new Set([...epochs, epoch])];
      for (const [id, cluster] of fleet.clusters) {
        const earlier = shown.get(id);
        if (earlier !== undefined) {
          const order = compareRevisions(cluster.revision, earlier.revision);
          if (order < 0) fail(`shows ${id} at ${cluster.revision} after ${earlier.revision}`);
          if (order === 0 && !earlier.isThere)
            fail(`shows ${id} again at ${cluster.revision} after it had disappeared`);
        }
        shown.set(id, { revision: cluster.revision, isThere: true });
        const sets = heldReplicaSetsOf(cluster);
        if (!oracle.everHad(id, cluster.revision, sets))
          fail(`shows ${id} at ${cluster.revision} with ${JSON.stringify(sets)}, which it never had`);
      }
      for (const [id, one] of shown) if (!fleet.clusters.has(id)) shown.set(id, { ...one, isThere: false });
      return true;
    },
  };
}

function partsOf(version: string): readonly [epoch: string, n: number] {
  const at = version.lastIndexOf('-');
  return [version.slice(0, at), Number(version.slice(at + 1))];
}
