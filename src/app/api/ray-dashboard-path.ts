/** A page of Ray's dashboard. */
export type RayDashboardPage =
  | { readonly kind: 'job'; readonly submissionId: string }
  | { readonly kind: 'node'; readonly nodeId: string }
  | { readonly kind: 'logs'; readonly nodeId: string };

/** The path of a page, below the dashboard's address. The dashboard routes by the URL's fragment. */
export function rayDashboardPath(page: RayDashboardPage): string {
  switch (page.kind) {
    case 'job':
      return `/#/jobs/${encodeURIComponent(page.submissionId)}`;
    case 'node':
      return `/#/cluster/nodes/${encodeURIComponent(page.nodeId)}`;
    case 'logs':
      return `/#/logs/?nodeId=${encodeURIComponent(page.nodeId)}`;
  }
}
