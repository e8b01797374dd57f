import { known, unknown, type Sourced, type SourceName } from './sourced.ts';
import type { FleetNode, TemplateNodes } from './fleet.ts';
import { compareTemplates } from './replica-sets.ts';

interface Counts {
  count: number;
  alive: number;
  unknownState: number;
  busy: number;
  /** Why it is unknown whether some alive member is busy. */
  busyUnknown: Sourced<never> | null;
}

/** Counts the members of one cluster by template. */
export interface TemplateCounter {
  add(templateId: string, node: FleetNode): void;
  /**
   * In display order. `dead` is unknown if the state of any member is; `idle` and `busy` are unknown also if it is
   * unknown whether any alive member is busy. `whyDoubtful`: why a node's state is unknown.
   */
  counts(sources: {
    readonly states: SourceName;
    readonly usage: SourceName;
    readonly whyDoubtful: Sourced<never>;
  }): readonly TemplateNodes[];
}

export function createTemplateCounter(): TemplateCounter {
  const byTemplate = new Map<string, Counts>();
  return {
    add(templateId, node) {
      let counts = byTemplate.get(templateId);
      if (counts === undefined)
        byTemplate.set(templateId, (counts = { count: 0, alive: 0, unknownState: 0, busy: 0, busyUnknown: null }));
      counts.count += 1;
      if (node.state === 'unknown') counts.unknownState += 1;
      if (node.state !== 'alive') return;
      counts.alive += 1;
      if (!node.busy.known) counts.busyUnknown ??= node.busy;
      else if (node.busy.value) counts.busy += 1;
    },
    counts: (sources) =>
      [...byTemplate]
        .sort(([a], [b]) => compareTemplates(a, b))
        .map(([templateId, { count, alive, unknownState, busy, busyUnknown }]) => {
          const why = unknownState > 0 ? sources.whyDoubtful : busyUnknown;
          return {
            templateId,
            count,
            dead: unknownState > 0 ? sources.whyDoubtful : known(count - alive, sources.states),
            busy: why ?? known(busy, sources.usage),
            idle: why ?? known(alive - busy, sources.usage),
          };
        }),
  };
}

/** Why the state of a node is unknown that the node list lacks: the list fails, or it answered without the node. */
export function whyOmitted(liveness: Sourced<unknown>): Sourced<never> {
  return liveness.known ? unknown('not-offered', 'liveness') : liveness;
}
