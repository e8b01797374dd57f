/** Where the back end answers. Ids are encoded here, so that `a/b` and `x##y` arrive whole. */
export const paths = {
  session: '/api/session',
  signIn: '/api/sign-in',
  signOut: '/api/sign-out',
  fleet: '/api/fleet',
  fleetEvents: '/api/fleet/events',
  changes: '/api/changes',
  /** Every change that matches, oldest first, one a line. */
  changesExport: '/api/changes.jsonl',
  change: (id: string) => `/api/changes/${encodeURIComponent(id)}`,
  clusterNodes: (clusterId: string) => `/api/clusters/${encodeURIComponent(clusterId)}/nodes`,
  /** The cluster as Ray's list last gave it, as text with exact revisions. */
  clusterRaw: (clusterId: string) => `/api/clusters/${encodeURIComponent(clusterId)}/raw`,
  nodes: '/api/nodes',
  node: (id: string) => `/api/nodes/${encodeURIComponent(id)}`,
  map: '/api/map',
  mapNodes: '/api/map/nodes',
  /** What happened to the fleet in the last minutes. */
  lately: '/api/lately',
  /** What is said of a Ray that was restarted or emptied. */
  notice: (id: string) => `/api/notices/${encodeURIComponent(id)}`,
  virtualClusters: '/virtual_clusters',
  virtualCluster: (id: string) => `/virtual_clusters/${encodeURIComponent(id)}`,
  simulator: '/simulator',
} as const;

/** A browser's write must carry this header: a page of another origin can't send it without asking. */
export const CONSOLE_HEADER = 'X-Virtual-Cluster-Console';

/** Whether the back end itself answers at a path; at all others are the page's files. */
export function isApiPath(path: string): boolean {
  return /^\/(api|virtual_clusters|simulator)(\/|$)/.test(path);
}
