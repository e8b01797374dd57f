import type { VirtualCluster } from '../../../domain/fleet.ts';
import { mapRecalled, shownValue } from '../../../domain/sourced.ts';
import { Holders } from '../../cluster-ui/holders.tsx';
import { text } from '../../text/text.ts';
import { SourcedValue } from '../../ui/sourced-value.tsx';
import { Section } from './section.tsx';

/** The users of a virtual cluster, as far as Ray lists them; leftovers can be released. */
export function UsedBySection({ cluster }: { readonly cluster: VirtualCluster }) {
  const words = text.panel.usedBy;
  const users = mapRecalled(cluster.usedBy, ({ jobClusters, jobs }) => jobClusters.length + jobs.length);
  const isNobody = shownValue(users)?.value === 0;
  const used = cluster.templates.reduce((sum, each) => sum + (shownValue(each.used)?.value ?? 0), 0);
  return (
    <Section title={words.title} term="used-by">
      {isNobody && (
        <p>
          <SourcedValue fact={users}>{() => words.nobody}</SourcedValue>
        </p>
      )}
      {isNobody && used > 0 && (
        <p>
          <SourcedValue fact={users}>{() => words.usedUnlisted(used)}</SourcedValue>
        </p>
      )}
      <Holders cluster={cluster} />
      <p className="quiet">{words.others}</p>
    </Section>
  );
}
