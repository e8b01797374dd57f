import type { FreePool, VirtualCluster } from '../../../../domain/fleet.ts';
import { readableClusterId } from '../../../../domain/cluster-id.ts';
import { shownValue } from '../../../../domain/sourced.ts';
import { Link } from '../../../routing/link.tsx';
import { pathTo } from '../../../routing/routes.ts';
import { text } from '../../../text/text.ts';
import { ClusterId } from '../../../ui/cluster-id.tsx';
import { nodeUsesAsOf, countNodeUses, uses } from '../node-use-counts.ts';
import type { NodePart } from './template-totals.ts';
import classes from './node-squares.module.css';

interface NodeSquaresProps {
  readonly clusters: readonly VirtualCluster[];
  readonly pool: FreePool;
}

/** A square for each node, by virtual cluster and template: what a short list leaves of a wide page shows a small fleet whole. */
export function NodeSquares({ clusters, pool }: NodeSquaresProps) {
  const free = pool.templates.flatMap(({ templateId, free: count }) => {
    const shown = shownValue(count);
    return shown === null || shown.value.count === 0
      ? []
      : [{ templateId, count: shown.value.count, isLast: !count.known }];
  });
  return (
    <section aria-labelledby="node-squares">
      <h2 id="node-squares" className={classes['title']}>
        {text.clusters.columns.nodes}
      </h2>
      <ul className={`plain-list ${classes['cards'] ?? ''}`}>
        {clusters.map((cluster) => (
          <li key={cluster.id} className={classes['card']}>
            <Link href={pathTo.cluster(cluster.id)} keepQuery className={classes['name']}>
              <ClusterId id={readableClusterId(cluster.id)} />
            </Link>
            {cluster.templates.map((nodes) => {
              const usage = countNodeUses({ templates: [nodes] });
              const parts = uses.map((use) => [use, usage[use]] as const);
              return (
                <Squares
                  key={nodes.templateId}
                  templateId={nodes.templateId}
                  count={nodes.count}
                  parts={parts}
                  label={text.clusters.usage(parts)}
                  isLast={nodeUsesAsOf({ templates: [nodes] }) !== null}
                />
              );
            })}
          </li>
        ))}
        {free.length > 0 && (
          <li className={classes['card']}>
            <b>{text.clusters.free.title}</b>
            {free.map(({ templateId, count, isLast }) => (
              <Squares
                key={templateId}
                templateId={templateId}
                count={count}
                parts={[['free', count]]}
                label={text.clusters.free.some(count)}
                isLast={isLast}
              />
            ))}
          </li>
        )}
      </ul>
    </section>
  );
}

interface SquaresProps {
  readonly templateId: string;
  readonly count: number;
  readonly parts: readonly (readonly [part: NodePart | 'unknown', count: number])[];
  /** The same in words. */
  readonly label: string;
  /** Whether it is what was known last. */
  readonly isLast: boolean;
}

function Squares({ templateId, count, parts, label, isLast }: SquaresProps) {
  return (
    <p className={classes['line']}>
      <span className={classes['template']} title={templateId}>
        {templateId} <b>{text.facts.count(count)}</b>
      </span>
      <span
        role="img"
        aria-label={label}
        title={label}
        className={`node-parts ${classes['squares'] ?? ''}`}
        data-last-known={isLast}
      >
        {parts.flatMap(([part, of]) =>
          Array.from({ length: of }, (_, at) => (
            <i key={`${part} ${String(at)}`} className="node-part" data-part={part} />
          )),
        )}
      </span>
    </p>
  );
}
