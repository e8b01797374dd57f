import { known, unknown, type Sourced, type SourceName } from './sourced.ts';
import type { FleetNode, TemplateNodes } from './fleet.ts';
import type { Removal } from './node-use.ts';
import { compareTemplates } from './replica-sets.ts';

interface Counts {
  count: number;
  dead: number;
  unknownState: number;
  used: number;
  reserved: number;
  idle: number;
  /** Why it is unknown whether something runs on some alive member. */
  unknownUsage: Sourced<never> | null;
  /** Why it is unknown whether a job cluster holds some alive member on which nothing runs. */
  unknownHolder: Sourced<never> | null;
  removable: number;
  doubtful: number;
}

/** Counts the members of one cluster by template. */
export interface TemplateCounter {
  add(templateId: string, node: FleetNode, removal: Removal): void;
  /**
   * In display order. `dead` is unknown if the state of any member is; `used` also if it is unknown whether something runs on
   * an alive member; `reserved` and `idle` also if it is unknown whether a job cluster holds one. `whyDoubtful`: why a node's
   * state is unknown.
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
    add(templateId, node, removal) {
      let counts = byTemplate.get(templateId);
      if (counts === undefined) byTemplate.set(templateId, (counts = noCounts()));
      counts.count += 1;
      if (removal !== 'kept') counts.removable += 1;
      if (removal === 'doubtful') counts.doubtful += 1;
      if (node.state === 'unknown') counts.unknownState += 1;
      if (node.state === 'dead') counts.dead += 1;
      if (node.state !== 'alive') return;
      const { use, usage } = node;
      if (use.known) counts[use.value] += 1;
      else if (usage.known) counts.unknownHolder ??= use;
      else counts.unknownUsage ??= use;
    },
    counts: (sources) =>
      [...byTemplate]
        .sort(([a], [b]) => compareTemplates(a, b))
        .map(([templateId, counts]): TemplateNodes => {
          const whyState = counts.unknownState > 0 ? sources.whyDoubtful : null;
          const whyUsage = whyState ?? counts.unknownUsage;
          const whyHolder = whyUsage ?? counts.unknownHolder;
          return {
            templateId,
            count: counts.count,
            used: whyUsage ?? known(counts.used, sources.usage),
            reserved: whyHolder ?? known(counts.reserved, sources.usage),
            idle: whyHolder ?? known(counts.idle, sources.usage),
            dead: whyState ?? known(counts.dead, sources.states),
            removable: { count: counts.removable, atMost: counts.doubtful > 0 },
          };
        }),
  };
}

function noCounts(): Counts {
  return {
    count: 0,
    dead: 0,
    unknownState: 0,
    used: 0,
    reserved: 0,
    idle: 0,
    unknownUsage: null,
    unknownHolder: null,
    removable: 0,
    doubtful: 0,
  };
}

/** Why the state of a node is unknown that the node list lacks: the list fails, or it answered without the node. */
export function whyOmitted(liveness: Sourced<unknown>): Sourced<never> {
  return liveness.known ? unknown('not-offered', 'liveness') : liveness;
}
