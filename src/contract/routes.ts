/** Who may use a method of a path. `operator-of-cluster`: operators who may change the cluster that the request names. */
export type Role = 'anyone' | 'viewer' | 'operator-of-cluster' | 'operator-of-all';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface Resource {
  /** `:id` is one segment, encoded; a final `/*` is everything below the path, and the path itself. */
  readonly path: string;
  readonly methods: Readonly<Partial<Record<Method, Role>>>;
}

/**
 * Every path of the back end, with its methods in the order of the `Allow` header (HEAD comes with GET). The router, the
 * 405 replies, `paths` and the development server derive from it. It holds no schemas, so that the page loads it cheaply:
 * those are in `api.ts`.
 */
export const resources = {
  session: { path: '/api/session', methods: { GET: 'viewer' } },
  signIn: { path: '/api/sign-in', methods: { POST: 'anyone' } },
  signOut: { path: '/api/sign-out', methods: { POST: 'viewer' } },
  /** The Rays of a console that has several. */
  rays: { path: '/api/rays', methods: { GET: 'viewer' } },
  fleet: { path: '/api/fleet', methods: { GET: 'viewer' } },
  fleetEvents: { path: '/api/fleet/events', methods: { GET: 'viewer' } },
  /** Reads at once what can't be read, instead of at its next turn. */
  fleetRead: { path: '/api/fleet/read', methods: { POST: 'viewer' } },
  /** One page of the journal, newest first. */
  changes: { path: '/api/changes', methods: { GET: 'viewer' } },
  /** Every change that matches, oldest first, one a line. */
  changesExport: { path: '/api/changes.jsonl', methods: { GET: 'viewer' } },
  /** What was changed and what was seen: one page, newest first. */
  timeline: { path: '/api/timeline', methods: { GET: 'viewer' } },
  /** All of it that matches, oldest first, one a line. */
  timelineExport: { path: '/api/timeline.jsonl', methods: { GET: 'viewer' } },
  change: {
    path: '/api/changes/:id',
    methods: { GET: 'viewer', PUT: 'operator-of-cluster', DELETE: 'operator-of-cluster' },
  },
  /**
   * Gives up a change that has not arrived: the console then refuses it for good, so that "never arrived" stays true of a
   * request that a proxy delivers late. A resource of its own, since a GET has no effects and a DELETE cancels a deletion.
   */
  abandonment: { path: '/api/changes/:id/abandonment', methods: { PUT: 'operator-of-cluster' } },
  clusterNodes: { path: '/api/clusters/:id/nodes', methods: { GET: 'viewer' } },
  /** The cluster as Ray last listed it, as text with exact revisions. */
  clusterRaw: { path: '/api/clusters/:id/raw', methods: { GET: 'viewer' } },
  /** Who it is for, also of a deleted one. */
  clusterProfile: { path: '/api/clusters/:id/profile', methods: { GET: 'viewer', PUT: 'operator-of-cluster' } },
  /** Edits of profiles, newest first: the journal's, beside its changes. */
  profileEdits: { path: '/api/profile-edits', methods: { GET: 'viewer' } },
  nodes: { path: '/api/nodes', methods: { GET: 'viewer' } },
  node: { path: '/api/nodes/:id', methods: { GET: 'viewer' } },
  map: { path: '/api/map', methods: { GET: 'viewer' } },
  mapNodes: { path: '/api/map/nodes', methods: { GET: 'viewer' } },
  /** Fleet events of the last minutes. */
  lately: { path: '/api/lately', methods: { GET: 'viewer' } },
  /** All plans; what a plan would do. */
  plans: { path: '/api/plans', methods: { GET: 'viewer', POST: 'viewer' } },
  plan: {
    path: '/api/plans/:id',
    methods: { GET: 'viewer', PUT: 'operator-of-cluster', DELETE: 'operator-of-cluster' },
  },
  /** Runs, stops or skips. */
  planRun: { path: '/api/plans/:id/run', methods: { POST: 'operator-of-cluster' } },
  /** Usage over time. */
  usage: { path: '/api/usage', methods: { GET: 'viewer' } },
  usageSummary: { path: '/api/usage/summary', methods: { GET: 'viewer' } },
  usageTrends: { path: '/api/usage/trends', methods: { GET: 'viewer' } },
  usageExport: { path: '/api/usage.csv', methods: { GET: 'viewer' } },
  usageSummaryExport: { path: '/api/usage/summary.csv', methods: { GET: 'viewer' } },
  /** The notice of a Ray that was restarted or emptied. */
  notice: { path: '/api/notices/:id', methods: { DELETE: 'operator-of-all' } },
  virtualClusters: { path: '/virtual_clusters', methods: { GET: 'viewer', POST: 'operator-of-cluster' } },
  virtualCluster: { path: '/virtual_clusters/:id', methods: { DELETE: 'operator-of-cluster' } },
  simulator: {
    path: '/simulator/*',
    methods: { GET: 'viewer', POST: 'operator-of-all', PUT: 'operator-of-all', DELETE: 'operator-of-all' },
  },
} as const satisfies Readonly<Record<string, Resource>>;

export type ResourceName = keyof typeof resources;

/** One method of one resource, such as `PUT change`. */
export type RouteName = {
  [R in ResourceName]: `${keyof (typeof resources)[R]['methods'] & Method} ${R}`;
}[ResourceName];

export interface Route {
  /** A `RouteName`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly role: Role;
}

/** Every route, in the table's order. */
export function listRoutes(): readonly Route[] {
  return Object.entries(resources).flatMap(([resource, { path, methods }]) =>
    Object.entries<Role>(methods).map(([method, role]) => ({ name: `${method} ${resource}`, method, path, role })),
  );
}
