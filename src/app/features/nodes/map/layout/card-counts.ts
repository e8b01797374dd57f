import type { ShownState } from '../../../../../contract/map.ts';
import type { Group } from './layout.ts';
import { codeOf, nodeCountIn, type Section } from './map-model.ts';

/** How many nodes a card has, by state. */
export interface CardCounts {
  readonly held: number;
  readonly by: Readonly<Record<ShownState, number>>;
}

/** The order of every bar; nodes of which it is not known what they are used for come before the dead ones. */
export const BAR_ORDER = [
  'used',
  'reserved',
  'idle',
  'free',
  'alive',
  'arriving',
  'unknown',
  'dead',
] as const satisfies readonly ShownState[];

export function countsOf(group: Pick<Group, 'blocks'>, sections: ReadonlyMap<string, Section>): CardCounts {
  return sumOf(group.blocks.flatMap(({ section }) => sections.get(section) ?? []));
}

export function sumOf(sections: readonly Section[]): CardCounts {
  const sum = (state: ShownState) => sections.reduce((all, { counts }) => all + (counts[codeOf(state)] ?? 0), 0);
  return {
    held: sections.reduce((all, section) => all + nodeCountIn(section), 0),
    by: {
      used: sum('used'),
      reserved: sum('reserved'),
      idle: sum('idle'),
      free: sum('free'),
      alive: sum('alive'),
      arriving: sum('arriving'),
      dead: sum('dead'),
      unknown: sum('unknown'),
    },
  };
}
