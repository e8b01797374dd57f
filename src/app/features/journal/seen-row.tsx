import { useId, useState } from 'react';
import type { Observation, Sighting } from '../../../contract/timeline.ts';
import { splitJobClusterId, readableClusterId } from '../../../domain/cluster-id.ts';
import { useFleet } from '../../api/console.tsx';
import { clusterOfSighting, sightingText } from '../../changes/sighting-text.ts';
import { Link } from '../../routing/link.tsx';
import { pathTo } from '../../routing/routes.ts';
import { timelineText } from '../../text/timeline-text.ts';
import { DetailToggle, WhenCell } from './when-cell.tsx';
import { SeenDetail } from './seen-detail.tsx';
import classes from './journal-page.module.css';

/** Something that the console saw; who did it is not known. It expands to which nodes, and when. */
export function SeenRow({ observation: { at, what } }: { readonly observation: Observation }) {
  const words = timelineText.seen;
  const { fleet } = useFleet();
  const [isOpen, setOpen] = useState(false);
  const detail = useId();
  const clusterId = clusterOfSighting(what);
  const parentId = clusterId === null ? null : (splitJobClusterId(clusterId)?.parentId ?? clusterId);
  const line = sightingText(what);
  return (
    <>
      <tr className={classes['row']} data-entry="seen">
        <WhenCell at={at}>
          <DetailToggle isOpen={isOpen} controls={detail} name={words.open(line)} toggle={() => setOpen(!isOpen)} />
        </WhenCell>
        <td className={classes['who']}>{actorOf(what)}</td>
        <td className={classes['cluster']}>
          {clusterId !== null &&
            (parentId !== null && fleet?.clusters.has(parentId) === true ? (
              <Link href={pathTo.cluster(parentId)}>{readableClusterId(clusterId)}</Link>
            ) : (
              readableClusterId(clusterId)
            ))}
        </td>
        <td className={classes['what']}>{line}</td>
        <td className={classes['outcome']}>
          <span className={classes['seen']}>
            <span aria-hidden="true">◉</span> {words.label}
          </span>
        </td>
      </tr>
      <tr id={detail} className={classes['detail']} hidden={!isOpen}>
        <td colSpan={5}>{isOpen && <SeenDetail at={at} what={what} />}</td>
      </tr>
    </>
  );
}

/** Who did it: the console knows of nobody but itself. */
function actorOf({ kind }: Sighting): string {
  const words = timelineText.seen;
  return kind === 'console-started' || kind === 'console-stopped' ? words.byConsole : words.by;
}
