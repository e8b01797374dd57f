import { known, unknown, type Sourced, type SourceName } from './sourced.ts';
import type { FleetNode, TemplateNodes } from './fleet.ts';
import { compareTemplates } from './replica-sets.ts';

interface Counts {
  count: number;
  alive: number;
  unknownState: number;
  busy: number;
  /** Why it isn't known whether one of the alive is busy. */
  busyUnknown: Sourced<never> | null;
}

/** Counts one cluster's members by template, one after the other. */
export interface TemplateCounter {
  add(templateId: string, node: FleetNode): void;
  /**
   * In the screen's order. Who is dead is unknown as soon as it is of one member; idle and busy are, as soon as they
   * are of one alive member. `whyDoubtful`: why a node's state is not known.
   */
  counts(told: {
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
    counts: (told) =>
      [...byTemplate]
        .sort(([a], [b]) => compareTemplates(a, b))
        .map(([templateId, { count, alive, unknownState, busy, busyUnknown }]) => {
          const why = unknownState > 0 ? told.whyDoubtful : busyUnknown;
          return {
            templateId,
            count,
            dead: unknownState > 0 ? told.whyDoubtful : known(count - alive, told.states),
            busy: why ?? known(busy, told.usage),
            idle: why ?? known(alive - busy, told.usage),
          };
        }),
  };
}

/** Why a source that answers does not tell of a node: it left it out. */
export function whyOmitted(liveness: Sourced<unknown>): Sourced<never> {
  return liveness.known ? unknown('not-offered', 'liveness') : liveness;
}
