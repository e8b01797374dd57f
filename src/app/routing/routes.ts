/** The screen of a URL's path. Ids are encoded by `encodeURIComponent`, so that `a/b` and `x?y` survive. */
export type Route =
  | { readonly page: 'clusters'; readonly panel: ClusterPanel | null }
  | { readonly page: 'nodes' }
  | { readonly page: 'journal' }
  | { readonly page: 'usage' }
  | { readonly page: 'fleet-file' }
  /** `planId` null: all plans. */
  | { readonly page: 'plans'; readonly planId: string | null }
  /** Where a sign-in link leads. */
  | { readonly page: 'sign-in' }
  | { readonly page: 'not-found' };

/** What is open beside the list of virtual clusters. */
export type ClusterPanel =
  | { readonly kind: 'view'; readonly clusterId: string }
  | { readonly kind: 'edit'; readonly clusterId: string }
  | { readonly kind: 'create' };

/** The path of each screen. */
export const pathTo = {
  clusters: '/clusters',
  create: '/new',
  cluster: (clusterId: string) => `/clusters/${encodeURIComponent(clusterId)}`,
  edit: (clusterId: string) => `/clusters/${encodeURIComponent(clusterId)}/edit`,
  nodes: '/nodes',
  /** The node map with a virtual cluster selected. */
  onMap: (clusterId: string) => `/nodes?${new URLSearchParams({ cluster: clusterId }).toString()}`,
  journal: '/journal',
  usage: '/usage',
  plans: '/plans',
  plan: (id: string) => `/plans/${id}`,
  fleetFile: '/fleet-file',
  /** With these virtual clusters chosen. */
  fleetFileOf: (ids: readonly string[]) =>
    `/fleet-file?${new URLSearchParams(ids.map((id) => ['only', id])).toString()}`,
  signIn: '/sign-in',
} as const;

/** Reads a path as the browser has it, still encoded. */
export function readRoute(pathname: string): Route {
  const parts = pathname.replace(/\/+$/, '').split('/').slice(1);
  const [first, second, third] = parts;
  if (first === undefined || first === '') return { page: 'clusters', panel: null };
  if (parts.length === 1) {
    if (first === 'clusters') return { page: 'clusters', panel: null };
    if (first === 'new') return { page: 'clusters', panel: { kind: 'create' } };
    if (first === 'nodes' || first === 'journal' || first === 'usage' || first === 'fleet-file' || first === 'sign-in')
      return { page: first };
    if (first === 'plans') return { page: 'plans', planId: null };
    return { page: 'not-found' };
  }
  const clusterId = decoded(second ?? '');
  if (first === 'plans' && parts.length === 2 && clusterId) return { page: 'plans', planId: clusterId };
  if (first !== 'clusters' || clusterId === null || clusterId === '') return { page: 'not-found' };
  if (parts.length === 2) return { page: 'clusters', panel: { kind: 'view', clusterId } };
  if (parts.length === 3 && third === 'edit') return { page: 'clusters', panel: { kind: 'edit', clusterId } };
  return { page: 'not-found' };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
