import type { VirtualCluster } from '../../../domain/fleet.ts';
import { text } from '../../text/text.ts';
import { Pager, usePagination } from '../../ui/pager.tsx';
import classes from './leftover-list.module.css';
import { leftoverJobClustersOf } from '../../cluster-ui/leftovers.ts';
import { useReleases } from '../../changes/use-releases.tsx';

/** How many are shown at a time: the question they stand in must stay in sight. */
const PAGE_SIZE = 5;

/** What ended jobs left behind in a virtual cluster, to be released where it is in the way. Nothing where nothing is left over. */
export function LeftoverList({ cluster }: { readonly cluster: VirtualCluster }) {
  const words = text.remove.dialog;
  const releases = useReleases(cluster.id);
  const leftovers = leftoverJobClustersOf(cluster);
  // A job cluster released here stays, to show the outcome.
  const gone = [...releases.started.values()].filter(({ id }) => !leftovers.some((each) => each.id === id));
  const pages = usePagination(leftovers.length, PAGE_SIZE);
  const shown = leftovers.slice(pages.from, pages.to);
  if (leftovers.length + gone.length === 0) return null;
  return (
    <div className={classes['leftovers']}>
      {leftovers.length > 0 && <p className="warning-bar">{words.leftovers(leftovers.length)}</p>}
      {releases.all(shown, leftovers.length)}
      <ul className={`plain-list ${classes['list'] ?? ''}`} aria-label={words.leftoverList}>
        {[...shown, ...gone].map((jobCluster) => (
          <li key={jobCluster.id} className={classes['item']}>
            <code>{jobCluster.submissionId}</code>
            {jobCluster.nodes.known && (
              <span className="quiet">
                {text.facts.nodes(jobCluster.nodes.value.reduce((sum, { count }) => sum + count, 0))}
              </span>
            )}
            {releases.control(jobCluster)}
          </li>
        ))}
      </ul>
      <Pager pages={pages} label={words.leftoverList} />
    </div>
  );
}
