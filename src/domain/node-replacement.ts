import type { FreePool, VirtualCluster } from './fleet.ts';

/** When Ray will replace a cluster's dead nodes: it does so unprompted, with a free node of the same template (fact 21). */
export interface NodeReplacement {
  /** Templates with dead nodes and free ones: these are replaced within seconds. */
  readonly soon: readonly string[];
  /** Templates with dead nodes and none free: these wait. */
  readonly waiting: readonly string[];
  /** Templates with dead nodes whose free count is not known. */
  readonly doubtful: readonly string[];
}

/** Null when no node of the cluster is known to be dead. */
export function replacementOf(cluster: VirtualCluster, pool: FreePool): NodeReplacement | null {
  const dead = cluster.templates
    .filter((each) => each.dead.known && each.dead.value > 0)
    .map(({ templateId }) => templateId);
  if (dead.length === 0) return null;
  const stateOf = (templateId: string): keyof NodeReplacement => {
    const free = pool.templates.find((each) => each.templateId === templateId)?.free;
    if (free === undefined) return 'waiting';
    // "At most" none is none; "at most" some may be none.
    if (free.known && free.value.count === 0) return 'waiting';
    return free.known && !free.value.atMost ? 'soon' : 'doubtful';
  };
  const having = (state: keyof NodeReplacement) => dead.filter((templateId) => stateOf(templateId) === state);
  return { soon: having('soon'), waiting: having('waiting'), doubtful: having('doubtful') };
}
