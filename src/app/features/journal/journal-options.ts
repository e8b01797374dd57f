import type { Change } from '../../../contract/change.ts';
import type { ChangeList } from '../../../contract/journal.ts';
import { splitJobClusterId } from '../../../domain/cluster-id.ts';

/** The changes of all pages, each once: a change that came meanwhile moves the others on to the next page. */
export function deduplicateChanges(pages: readonly ChangeList[]): readonly Change[] {
  return [...new Map(pages.flatMap(({ changes }) => changes.map((change) => [change.id, change] as const))).values()];
}

/**
 * The virtual clusters whose changes can be asked for, by name: those that there are, those that changes tell of (also
 * of their job clusters), and the one that is asked for.
 */
export function clusterFilterOptions(
  existing: Iterable<string>,
  changes: readonly Change[],
  asked: string | null,
): readonly string[] {
  const told = changes.map(({ wanted: { clusterId } }) => splitJobClusterId(clusterId)?.parentId ?? clusterId);
  return [...new Set([...existing, ...told, ...(asked === null ? [] : [asked])])].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
}

/** Whose changes can be asked for, by name: those that changes tell of, and the one that is asked for. */
export function actorFilterOptions(changes: readonly Change[], asked: string | null): readonly string[] {
  return [...new Set([...changes.map(({ who }) => who), ...(asked === null ? [] : [asked])])].sort((a, b) =>
    a.localeCompare(b, 'en'),
  );
}
