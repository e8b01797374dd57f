import { known, unknown, type Fact, type SourceName } from './fact.ts';
import type { FleetNode, TemplateNodes } from './fleet.ts';
import { compareTemplates } from './replica-sets.ts';

interface Counts {
  count: number;
  alive: number;
  doubtful: number;
  busy: number;
  /** Why it isn't known whether one of the alive is busy. */
  unsure: Fact<never> | null;
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
    readonly whyDoubtful: Fact<never>;
  }): readonly TemplateNodes[];
}

export function createTemplateCounter(): TemplateCounter {
  const byTemplate = new Map<string, Counts>();
  return {
    add(templateId, node) {
      let counts = byTemplate.get(templateId);
      if (counts === undefined)
        byTemplate.set(templateId, (counts = { count: 0, alive: 0, doubtful: 0, busy: 0, unsure: null }));
      counts.count += 1;
      if (node.state === 'unknown') counts.doubtful += 1;
      if (node.state !== 'alive') return;
      counts.alive += 1;
      if (!node.busy.known) counts.unsure ??= node.busy;
      else if (node.busy.value) counts.busy += 1;
    },
    counts: (told) =>
      [...byTemplate]
        .sort(([a], [b]) => compareTemplates(a, b))
        .map(([templateId, { count, alive, doubtful, busy, unsure }]) => {
          const why = doubtful > 0 ? told.whyDoubtful : unsure;
          return {
            templateId,
            count,
            dead: doubtful > 0 ? told.whyDoubtful : known(count - alive, told.states),
            busy: why ?? known(busy, told.usage),
            idle: why ?? known(alive - busy, told.usage),
          };
        }),
  };
}

/** Why a source that answers does not tell of a node: it left it out. */
export function leftOut(liveness: Fact<unknown>): Fact<never> {
  return liveness.known ? unknown('not-offered', 'liveness') : liveness;
}
