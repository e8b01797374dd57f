import { useQueries } from '@tanstack/react-query';
import type { Sighting } from '../../../contract/timeline.ts';
import { useConsole, useFleet } from '../../api/console.tsx';
import { nodeQuery } from '../../api/map-queries.ts';
import { clusterOfSighting } from '../../changes/sighting-text.ts';
import { shortNodeId } from '../../node-ui/node-id.tsx';
import { Link } from '../../routing/link.tsx';
import { withMapQuery } from '../../routing/map-query.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { timelineText } from '../../text/timeline-text.ts';
import { DescriptionItem } from '../../ui/description-item.tsx';
import { fullTimeText } from '../../ui/time-text.ts';
import classes from './change-detail.module.css';

/** When it was seen, which nodes it concerned, and where they are now. */
export function SeenDetail({ at, what }: { readonly at: number; readonly what: Sighting }) {
  const words = timelineText.seen;
  const { fleet } = useFleet();
  const clusterId = clusterOfSighting(what);
  return (
    <div className={classes['detail']}>
      {'nodeIds' in what && <Nodes ids={what.nodeIds} count={what.count} />}
      {!('nodeIds' in what) && clusterId !== null && fleet?.clusters.has(clusterId) === true && (
        <p>
          <Link href={pathTo.onMap(clusterId)}>{words.clusterOnMap}</Link>
        </p>
      )}
      <dl className={classes['facts']}>
        <DescriptionItem name={words.at}>{fullTimeText(at)}</DescriptionItem>
      </dl>
    </div>
  );
}

/** The named nodes: those that Ray still has lead to the map. */
function Nodes({ ids, count }: { readonly ids: readonly string[]; readonly count: number }) {
  const words = timelineText.seen;
  const { api } = useConsole();
  const found = useQueries({
    queries: ids.map((id) => ({ ...nodeQuery(api, id), staleTime: 60_000 })),
  });
  const there = ids.filter((_id, index) => {
    const node = found[index]?.data;
    return node !== undefined && node !== null;
  });
  return (
    <p>
      {words.nodes}{' '}
      {ids.map((id, index) => (
        <span key={id}>
          {index > 0 && text.joins.comma}
          {there.includes(id) ? (
            <Link href={`${pathTo.nodes}${withMapQuery('', { node: id })}`} aria-label={words.onMap(shortNodeId(id))}>
              <code title={id}>{shortNodeId(id)}</code>
            </Link>
          ) : (
            <code title={id}>{shortNodeId(id)}</code>
          )}
          {found[index]?.data === null && <span className="quiet"> {words.gone}</span>}
        </span>
      ))}
      {count > ids.length && ` ${words.moreNodes(count - ids.length)}`}
      {there.length > 1 && (
        <>
          {' · '}
          <Link href={`${pathTo.nodes}${withMapQuery('', { lit: there })}`}>{words.clusterOnMap}</Link>
        </>
      )}
    </p>
  );
}
