import type { ReactNode } from 'react';
import { readableClusterId, readableJob } from '../../../../../domain/cluster-id.ts';
import type { JobCluster, VirtualCluster } from '../../../../../domain/fleet.ts';
import { groupBy } from '../../../../../domain/group-by.ts';
import { denialReason } from '../../../../api/denial-reason.ts';
import { useFleet, useSession } from '../../../../api/console.tsx';
import { clusterActionGroups } from '../../../../cluster-ui/actions/cluster-actions-of.ts';
import { useDraftIds } from '../../../../drafts/drafts-context.tsx';
import { consoleOrigin } from '../../../../routing/base-path.ts';
import type { LinkHolder } from '../../../../routing/map-query.ts';
import type { TermName } from '../../../../text/help.ts';
import { text } from '../../../../text/text.ts';
import { SourcedValue } from '../../../../ui/sourced-value.tsx';
import { CardActions } from './card-actions.tsx';
import { countsOf, sumOf, type CardCounts } from '../layout/card-counts.ts';
import { compareTemplateOrNull } from '../layout/layout.ts';
import type { MapModel } from '../layout/map-model.ts';
import { Term } from '../../../../ui/term.tsx';
import classes from './side-card.module.css';
import { SideCard } from './side-card.tsx';

interface ClusterCardProps {
  readonly card: LinkHolder;
  readonly model: MapModel;
  /** Brings the card into view; null where no card is drawn for it. */
  readonly show: (() => void) | null;
  readonly close: () => void;
}

type Column = readonly [state: 'used' | 'reserved' | 'idle' | 'free' | 'dead', term: TermName];

/** The states that have a column, and what explains each. In the free pool, idle nodes are free. */
const COLUMNS = [
  ['used', 'used'],
  ['reserved', 'reserved'],
  ['idle', 'idle'],
  ['dead', 'dead'],
] as const satisfies readonly Column[];
const POOL_COLUMNS = COLUMNS.map((column): Column => (column[0] === 'idle' ? ['free', 'free-pool'] : column));

/** The details of the selected virtual cluster, or of the free pool: its nodes by template, and its jobs. */
export function ClusterCard({ card: { clusterId }, model, show, close }: ClusterCardProps) {
  const { fleet } = useFleet();
  const words = text.map.clusterCard;
  const columns = clusterId === null ? POOL_COLUMNS : COLUMNS;
  const sections = [...model.sections.values()].filter((section) => section.clusterId === clusterId);
  const byTemplate = [...groupBy(sections, ({ templateId }) => templateId)].sort(([a], [b]) =>
    compareTemplateOrNull(a, b),
  );
  const cluster = clusterId === null ? undefined : fleet?.clusters.get(clusterId);
  const isMissing = clusterId !== null && cluster === undefined && fleet !== null && fleet.sources.list.readAt !== null;
  const total = countsOf(
    { blocks: sections.map(({ key }) => ({ section: key, x: 0, y: 0, cols: 1, rows: 1 })) },
    model.sections,
  );
  return (
    <SideCard
      title={clusterId === null ? text.map.pool : readableClusterId(clusterId)}
      close={close}
      foot={
        <>
          {show !== null && sections.length > 0 && (
            <button type="button" className="small-button" onClick={show}>
              {text.clusters.menu.showOnMap}
            </button>
          )}
          {cluster !== undefined && <ActionsOf cluster={cluster} />}
        </>
      }
    >
      {sections.length === 0 ? (
        <p className="quiet">{isMissing ? text.panel.missing.detail(readableClusterId(clusterId)) : words.noNodes}</p>
      ) : (
        <table className={classes['counts']}>
          <thead>
            <tr>
              <th scope="col">{text.nodes.head.template}</th>
              <th scope="col">{clusterId === null ? words.nodes : <Term of="held">{words.held}</Term>}</th>
              {columns.map(([state, term]) => (
                <th key={state} scope="col">
                  <Term of={term}>{text.map.state[state]}</Term>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {byTemplate.map(([templateId, some]) => (
              <CountsRow
                key={String(templateId)}
                name={templateId ?? text.map.noTemplate}
                counts={sumOf(some)}
                columns={columns}
              />
            ))}
          </tbody>
          {byTemplate.length > 1 && (
            <tfoot>
              <CountsRow name={words.all} counts={total} columns={columns} />
            </tfoot>
          )}
        </table>
      )}
      {cluster !== undefined && (
        <SourcedValue fact={cluster.usedBy}>
          {({ jobClusters, jobs }) => (
            <>
              {jobClusters.map((each) => (
                <JobLine
                  key={each.id}
                  id={each.submissionId}
                  entrypoint={each.job?.entrypoint ?? null}
                  note={leftoverText(each)}
                />
              ))}
              {jobs.map(({ submissionId, entrypoint }) => (
                <JobLine key={submissionId} id={submissionId} entrypoint={entrypoint} note={null} />
              ))}
              {jobClusters.length + jobs.length === 0 && <p className="quiet">{words.noJobs}</p>}
            </>
          )}
        </SourcedValue>
      )}
    </SideCard>
  );
}

/** The actions that its menus have, too, but for those that need a question or a reply beside them. */
const SHOWN: ReadonlySet<string> = new Set(['open', 'edit', 'copy-link', 'copy-id']);

function ActionsOf({ cluster }: { readonly cluster: VirtualCluster }) {
  const session = useSession();
  const hasDraft = useDraftIds().has(cluster.id);
  const { use, copy } = clusterActionGroups(cluster, {
    origin: consoleOrigin(),
    session,
    mayNotWrite: session === null ? null : denialReason(session, cluster.id),
    hasDraft,
    canDelete: true,
    isOpen: false,
  });
  return <CardActions actions={[...use, ...copy].filter(({ id }) => SHOWN.has(id))} />;
}

function leftoverText({ leftover }: JobCluster): string | null {
  return leftover.known && leftover.value ? text.map.clusterCard.leftover : null;
}

interface CountsRowProps {
  readonly name: string;
  readonly counts: CardCounts;
  readonly columns: readonly Column[];
}

function CountsRow({ name, counts, columns }: CountsRowProps): ReactNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{text.facts.count(counts.held)}</td>
      {columns.map(([state]) => (
        <td key={state} data-zero={counts.by[state] === 0}>
          {text.facts.count(counts.by[state])}
        </td>
      ))}
    </tr>
  );
}

function JobLine({
  id,
  entrypoint,
  note,
}: {
  readonly id: string;
  readonly entrypoint: string | null;
  readonly note: string | null;
}) {
  return (
    <p className={classes['job']}>
      <span>{entrypoint ?? text.map.clusterCard.noEntrypoint}</span>
      <span className="quiet">{text.map.job(readableJob(id))}</span>
      {note !== null && <span className={classes['note']}>{note}</span>}
    </p>
  );
}
