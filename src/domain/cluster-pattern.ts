import { splitJobClusterId } from './cluster-id.ts';

/**
 * Whether a pattern of ids means a virtual cluster: `*` stands for any run of characters, everything else for itself. A job
 * cluster is meant by whatever means the cluster that it was cut from (fact 22).
 */
export function matchesClusterPattern(pattern: string, clusterId: string): boolean {
  const id = splitJobClusterId(clusterId)?.parentId ?? clusterId;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return id === pattern;
  if (!id.startsWith(first)) return false;
  // Each part at its first place after the one before: no pattern can take longer than its text.
  let at = first.length;
  for (const part of rest) {
    const found = id.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return id.length - last.length >= at && id.endsWith(last);
}
