import { useFleet } from '../api/console.tsx';
import { text } from '../text/text.ts';
import { pathTo } from '../route.ts';
import { Link } from '../ui/link.tsx';
import { TemplateChip } from '../ui/template-chip.tsx';

export function ClusterList({ selectedId }: { readonly selectedId: string | null; readonly isBeside: boolean }) {
  const { fleet } = useFleet();
  return (
    <>
      <h1>{text.clusters.title}</h1>
      <ul>
        {[...(fleet?.clusters.values() ?? [])].map((cluster) => (
          <li key={cluster.id} aria-current={cluster.id === selectedId}>
            <Link href={pathTo.cluster(cluster.id)}>{cluster.id}</Link>
            {cluster.templates.map((nodes) => (
              <TemplateChip key={nodes.templateId} nodes={nodes} />
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
