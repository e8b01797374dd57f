import type { ReactNode } from 'react';
import { readableClusterId, readableJob } from '../../domain/cluster-id.ts';
import type { FleetNode } from '../../domain/fleet.ts';
import { useFleet } from '../api/console.tsx';
import { pathTo } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { ClusterId } from '../ui/cluster-id.tsx';
import { Explained } from '../ui/explained.tsx';
import { Link } from '../routing/link.tsx';

/** Who holds a node: a virtual cluster, a job of the primary cluster, or nobody if it is free. */
export function NodeHolder({ node }: { readonly node: FleetNode }) {
  const { fleet } = useFleet();
  if (node.clusterId !== null) {
    return (
      <Link href={pathTo.cluster(node.clusterId)}>
        <ClusterId id={node.clusterId} />
      </Link>
    );
  }
  if (fleet === null || fleet.sources.list.readAt === null) return <UnknownValue why={text.nodes.clusterUnknown} />;
  if (node.jobClusterId !== null) return <JobClusterName id={node.jobClusterId} />;
  return <span className="quiet">{text.nodes.noCluster}</span>;
}

/** A job cluster, named by its job; the rest of its id repeats the virtual cluster's. */
export function JobClusterName({ id }: { readonly id: string | null }): ReactNode {
  if (id === null) return null;
  return (
    <span title={readableClusterId(id)}>
      <span className="quiet">{text.nodes.short.job} </span>
      {readableJob(id)}
    </span>
  );
}

/** "unknown", with the reason. */
export function UnknownValue({ why }: { readonly why: string }) {
  return (
    <Explained why={why} className="quiet">
      {text.facts.unknown}
    </Explained>
  );
}
