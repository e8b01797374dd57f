import { splitJobClusterId } from './cluster-id.ts';

/**
 * Whether a pattern matches a virtual cluster's id: `*` matches any run of characters, everything else itself. A job
 * cluster is matched by the id of the cluster that it was cut from (fact 22).
 */
export function matchesClusterPattern(pattern: string, clusterId: string): boolean {
  const id = splitJobClusterId(clusterId)?.parentId ?? clusterId;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return id === pattern;
  if (!id.startsWith(first)) return false;
  // Leftmost match of each part, without backtracking: the time stays linear for every pattern.
  let at = first.length;
  for (const part of rest) {
    const found = id.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return id.length - last.length >= at && id.endsWith(last);
}
