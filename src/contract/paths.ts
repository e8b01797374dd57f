import { resources, type ResourceName } from './routes.ts';

const r = resources;

/** The URL paths of the back end. Ids are encoded here, so that `a/b` and `x##y` arrive whole. */
export const paths = {
  session: r.session.path,
  signIn: r.signIn.path,
  signOut: r.signOut.path,
  rays: r.rays.path,
  fleet: r.fleet.path,
  fleetEvents: r.fleetEvents.path,
  fleetRead: r.fleetRead.path,
  changes: r.changes.path,
  changesExport: r.changesExport.path,
  timeline: r.timeline.path,
  timelineExport: r.timelineExport.path,
  change: (id: string) => withId(r.change.path, id),
  abandonment: (changeId: string) => withId(r.abandonment.path, changeId),
  clusterNodes: (clusterId: string) => withId(r.clusterNodes.path, clusterId),
  clusterRaw: (clusterId: string) => withId(r.clusterRaw.path, clusterId),
  clusterProfile: (clusterId: string) => withId(r.clusterProfile.path, clusterId),
  profileEdits: r.profileEdits.path,
  nodes: r.nodes.path,
  node: (id: string) => withId(r.node.path, id),
  map: r.map.path,
  mapNodes: r.mapNodes.path,
  lately: r.lately.path,
  plans: r.plans.path,
  plan: (id: string) => withId(r.plan.path, id),
  planRun: (planId: string) => withId(r.planRun.path, planId),
  usage: r.usage.path,
  usageSummary: r.usageSummary.path,
  usageTrends: r.usageTrends.path,
  usageExport: r.usageExport.path,
  usageSummaryExport: r.usageSummaryExport.path,
  notice: (id: string) => withId(r.notice.path, id),
  virtualClusters: r.virtualClusters.path,
  virtualCluster: (id: string) => withId(r.virtualCluster.path, id),
  simulator: '/simulator',
} as const satisfies Record<ResourceName, string | ((id: string) => string)>;

/** A browser must send this header with every write: a page of another origin can't send it without a preflight. */
export const CONSOLE_HEADER = 'X-Virtual-Cluster-Console';

/** Whether a path belongs to the back end; every other path belongs to the page's files. */
export function isApiPath(path: string): boolean {
  const root = firstSegment(path);
  return Object.values(resources).some((resource) => firstSegment(resource.path) === root);
}

function firstSegment(path: string): string {
  return path.split('/', 2)[1] ?? '';
}

function withId(pattern: string, id: string): string {
  // A function, since `$` in an id would have a meaning in a replacement text.
  return pattern.replace(':id', () => encodeURIComponent(id));
}
