import type { VirtualCluster } from '../../../domain/fleet.ts';
import { Holders } from '../../cluster-ui/holders.tsx';
import { text } from '../../text/text.ts';
import { Section } from './section.tsx';

/** The users of a virtual cluster, as far as Ray lists them; leftovers can be released. */
export function UsedBySection({ cluster }: { readonly cluster: VirtualCluster }) {
  const words = text.panel.usedBy;
  const { usedBy } = cluster;
  const isNobody = usedBy.known && usedBy.value.jobClusters.length === 0 && usedBy.value.jobs.length === 0;
  const used = cluster.templates.reduce((sum, each) => sum + (each.used.known ? each.used.value : 0), 0);
  return (
    <Section title={words.title} term="used-by">
      {isNobody && <p>{words.nobody}</p>}
      {isNobody && used > 0 && <p>{words.usedUnlisted(used)}</p>}
      <Holders cluster={cluster} />
      <p className="quiet">{words.others}</p>
    </Section>
  );
}
