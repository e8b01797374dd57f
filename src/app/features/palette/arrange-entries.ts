import type { Entry, EntryGroup } from './palette-entries.ts';
import { ranked, wordsOf } from './rank.ts';

export interface ShownGroup {
  readonly group: EntryGroup;
  readonly entries: readonly Entry[];
}

/** The order while nothing is typed: what is open or was used lately is likelier than the rest. */
const DEFAULT_GROUPS: readonly EntryGroup[] = ['here', 'pages', 'actions', 'clusters'];

/** How many of a group are listed. */
const MAX_ENTRIES: Readonly<Record<EntryGroup, number>> = {
  recent: 5,
  here: 16,
  clusters: 8,
  nodes: 6,
  jobs: 6,
  pages: 6,
  actions: 8,
};

/**
 * The entries that match what is typed, by group, the group with the best match first; without a text, those used lately,
 * then what is near. `recent`: keys, newest first. Nodes were matched where they were found.
 */
export function arrangeEntries(
  typed: string,
  entries: readonly Entry[],
  nodes: readonly Entry[],
  recent: readonly string[],
): readonly ShownGroup[] {
  const words = wordsOf(typed);
  if (words.length === 0) return withoutQuery(entries, recent);
  const listed = entries.filter(({ needsTwoWords }) => words.length > 1 || !needsTwoWords);
  const groups = new Map<EntryGroup, Entry[]>();
  for (const { thing } of ranked(typed, listed, ({ key }) => recent.includes(key))) {
    const group = groups.get(thing.group) ?? [];
    if (group.length < MAX_ENTRIES[thing.group]) group.push(thing);
    groups.set(thing.group, group);
  }
  if (nodes.length > 0) groups.set('nodes', [...nodes]);
  return [...groups].map(([group, found]) => ({ group, entries: found }));
}

function withoutQuery(entries: readonly Entry[], recent: readonly string[]): readonly ShownGroup[] {
  const used = recent.flatMap((key) => entries.find((each) => each.key === key) ?? []).slice(0, MAX_ENTRIES.recent);
  const groups: ShownGroup[] = used.length === 0 ? [] : [{ group: 'recent', entries: used }];
  for (const group of DEFAULT_GROUPS) {
    const found = entries.filter((each) => each.group === group && !each.needsTwoWords && !used.includes(each));
    if (found.length > 0) groups.push({ group, entries: found.slice(0, MAX_ENTRIES[group]) });
  }
  return groups;
}
