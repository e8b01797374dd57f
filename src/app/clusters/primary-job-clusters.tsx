import type { FreePool } from '../../domain/fleet.ts';
import { text } from '../text/text.ts';
import { Unknown } from '../ui/fact.tsx';
import classes from './free-nodes.module.css';

const words = text.clusters.free;

/** Job clusters cut from the primary cluster: they take free nodes, and no row of the list holds them (fact 22). */
export function PrimaryJobClusters({ jobClusters }: Pick<FreePool, 'jobClusters'>) {
  if (!jobClusters.known) {
    // Before the first reading there is nothing to explain yet.
    if (jobClusters.reason === 'not-read-yet') return null;
    return (
      <p className={classes['reason']}>
        {words.jobClustersUnknown} <Unknown fact={jobClusters} />
      </p>
    );
  }
  const all = jobClusters.value;
  if (all.length === 0) return null;
  const sizes = all.map(({ nodes }) => (nodes.known ? nodes.value.reduce((sum, { count }) => sum + count, 0) : null));
  const known = sizes.filter((size) => size !== null);
  return (
    <details className={classes['details']}>
      <summary>
        {known.length === all.length
          ? words.jobClusters(all.length, known.reduce((sum, size) => sum + size, 0))
          : words.jobClustersNodesUnknown(all.length)}
      </summary>
      <ul className={classes['jobClusters']}>
        {all.map(({ id, nodes, leftover }) => (
          <li key={id}>
            <code>{id}</code>{' '}
            {nodes.known ? nodes.value.map(({ templateId, count }) => words.jobClusterNodes(templateId, count)).join(', ') : <Unknown fact={nodes} />}
            {leftover.known && leftover.value && <span className="quiet"> · {words.leftover}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
