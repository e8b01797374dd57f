import { createHash } from 'node:crypto';

/** A hash of the state of all virtual clusters: ids, revisions and nodes by template. */
export function fingerprint(
  clusters: Iterable<{
    readonly id: string;
    readonly revision: string;
    readonly templates: Iterable<{ readonly templateId: string; readonly count: number }>;
  }>,
): string {
  const lines = [...clusters].map(({ id, revision, templates }) => {
    const counts = [...templates]
      .filter(({ count }) => count > 0)
      .map(({ templateId, count }) => `${templateId} ${String(count)}`);
    return `${id} ${revision} ${counts.toSorted().join(' ')}`;
  });
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex');
}
