import type { TimelineEntry } from '../../../contract/timeline.ts';
import { clusterOfSighting } from '../../changes/sighting-text.ts';
import { text } from '../../text/text.ts';
import { splitJobClusterId } from '../../../domain/cluster-id.ts';

/**
 * The virtual clusters to filter by, sorted: those that exist, those that the entries concern (also through their job
 * clusters), and the one selected.
 */
export function clusterFilterOptions(
  existing: Iterable<string>,
  entries: readonly TimelineEntry[],
  selected: string | null,
): readonly string[] {
  const changed = entries.flatMap((entry) => {
    const id = clusterOf(entry);
    return id === null ? [] : [splitJobClusterId(id)?.parentId ?? id];
  });
  return [...new Set([...existing, ...changed, ...(selected === null ? [] : [selected])])].sort((a, b) =>
    a.localeCompare(b, text.language, { numeric: true }),
  );
}

function clusterOf(entry: TimelineEntry): string | null {
  switch (entry.type) {
    case 'change':
      return entry.change.wanted.clusterId;
    case 'edit':
      return entry.edit.clusterId;
    case 'seen':
      return clusterOfSighting(entry.seen.what);
  }
}

/** The actors to filter by, sorted: those of the changes and of the edits of owners, and the one selected. */
export function actorFilterOptions(entries: readonly TimelineEntry[], selected: string | null): readonly string[] {
  const people = entries.flatMap((entry) => {
    if (entry.type === 'seen') return [];
    return [entry.type === 'change' ? entry.change.who : entry.edit.who];
  });
  return [...new Set([...people, ...(selected === null ? [] : [selected])])].sort((a, b) =>
    a.localeCompare(b, text.language),
  );
}
