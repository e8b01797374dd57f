import type { Change } from '../../../contract/change.ts';
import type { ChangeList } from '../../../contract/journal.ts';
import { splitJobClusterId } from '../../../domain/cluster-id.ts';

/** The changes of all pages, each once: a change recorded between two requests shifts others on to the next page. */
export function deduplicateChanges(pages: readonly ChangeList[]): readonly Change[] {
  return [...new Map(pages.flatMap(({ changes }) => changes.map((change) => [change.id, change] as const))).values()];
}

/** What is loaded in pages, and after it the older changes of the whole; each once, as last read. */
export function mergeOlderChanges(paged: readonly Change[], whole: readonly Change[]): readonly Change[] {
  const ids = new Set(paged.map(({ id }) => id));
  return [...paged, ...whole.filter(({ id }) => !ids.has(id))];
}

/**
 * The virtual clusters to filter by, sorted: those that exist, those that the changes concern (also through their job
 * clusters), and the one selected.
 */
export function clusterFilterOptions(
  existing: Iterable<string>,
  changes: readonly Change[],
  selected: string | null,
): readonly string[] {
  const changed = changes.map(({ wanted: { clusterId } }) => splitJobClusterId(clusterId)?.parentId ?? clusterId);
  return [...new Set([...existing, ...changed, ...(selected === null ? [] : [selected])])].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
}

/** The actors to filter by, sorted: those of the changes, and the one selected. */
export function actorFilterOptions(changes: readonly Change[], selected: string | null): readonly string[] {
  return [...new Set([...changes.map(({ who }) => who), ...(selected === null ? [] : [selected])])].sort((a, b) =>
    a.localeCompare(b, 'en'),
  );
}
