import { pathTo } from '../route.ts';

/** The journal of one virtual cluster, or (null) of all. */
export function journalPath(clusterId: string | null): string {
  return clusterId === null ? pathTo.journal : `${pathTo.journal}?${new URLSearchParams({ cluster: clusterId }).toString()}`;
}

/** Which virtual cluster's changes a URL's query asks for; null for all. */
export function readJournalCluster(search: string): string | null {
  const cluster = new URLSearchParams(search).get('cluster');
  return cluster === null || cluster === '' ? null : cluster;
}
