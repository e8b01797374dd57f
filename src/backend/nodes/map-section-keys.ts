import type { FleetNode } from '../../domain/fleet.ts';

/** Memoizes section keys: there are many more nodes than sections. */
export function createSectionKeys(): (node: FleetNode) => string {
  const known = new Map<string | null, Map<string | null, Map<string | null, string>>>();
  return (node) => {
    const { clusterId, jobClusterId, templateId } = node;
    let inCluster = known.get(clusterId);
    if (inCluster === undefined) known.set(clusterId, (inCluster = new Map()));
    let inJobCluster = inCluster.get(jobClusterId);
    if (inJobCluster === undefined) inCluster.set(jobClusterId, (inJobCluster = new Map()));
    let key = inJobCluster.get(templateId);
    if (key === undefined) inJobCluster.set(templateId, (key = sectionKey(node)));
    return key;
  };
}

/** Holder and template as a text, unique for each pair. */
function sectionKey({ clusterId, jobClusterId, templateId }: FleetNode): string {
  return `${escaped(clusterId)}/${escaped(jobClusterId)}/${escaped(templateId)}`;
}

/** Distinguishes null from the empty text. */
function escaped(part: string | null): string {
  if (part === null) return '';
  if (part === '') return '%';
  return /[%/]/.test(part) ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part;
}
