/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   A table that is drawn as blocks, as these rows are on a narrow screen, loses its own roles in some browsers. */
import { memo, Suspense, type MouseEvent } from 'react';
import type { WaitingDeletion } from '../../../contract/fleet.ts';
import type { UnknownReason } from '../../../domain/sourced.ts';
import type { ClusterProfile } from '../../../domain/cluster-profile.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { ClusterId } from '../../ui/cluster-id.tsx';
import { Link } from '../../routing/link.tsx';
import { nodeCount } from './cluster-summary.ts';
import type { Trend } from './list-columns.ts';
import { jobClustersOf } from './list-items.ts';
import { ReplicaSetChips } from './replica-set-chips.tsx';
import { RevisionAge } from './revision-age.tsx';
import { RowMenu } from './row-menu.tsx';
import { UsageBar } from './usage-bar.tsx';
import { UsedBy } from './used-by.tsx';
import classes from './cluster-row.module.css';
import table from './cluster-table.module.css';
import use from './used-by.module.css';
import { optionalPart } from '../../ui/optional-part.ts';
import { lazyPart } from '../../ui/lazy-part.ts';

const words = text.clusters;

/** Lazy: few rows have one. */
const WaitingLine = lazyPart(() => import('../../changes/waiting-deletion-line.tsx'), 'WaitingDeletionLine');

/** Lazy: nobody waits for it, and only a wide screen shows it. */
const TrendCell = optionalPart(() => import('./trend/trend-cell.tsx'), 'TrendCell');

interface ClusterRowProps {
  readonly cluster: VirtualCluster;
  /** Its index among the list's items. */
  readonly index: number;
  /** Whether its job clusters are shown below it. */
  readonly isOpened: boolean;
  readonly onOpen: (id: string, isOpened: boolean) => void;
  readonly isSelected: boolean;
  /** Whether it is among those that something is to be done with. */
  readonly isChosen: boolean;
  readonly onChoose: (id: string, isRange: boolean) => void;
  readonly isUnsaved: boolean;
  /** When its dead nodes will be replaced; null when it has none. */
  readonly replacement: string | null;
  /** Its waiting deletion, if any. */
  readonly waiting: WaitingDeletion | null;
  /** Its last 7 days; null until they are read, or where none are kept. */
  readonly trend: Trend | null;
  readonly stateFailure: UnknownReason | null;
  readonly mayNotWrite: string | null;
  readonly isPrinting: boolean;
  readonly measure: ((row: HTMLTableRowElement | null) => void) | undefined;
}

/** One virtual cluster. It renders only when it changes: among a thousand rows, an update of one renders one. */
export const ClusterRow = memo(function ClusterRow(props: ClusterRowProps) {
  const {
    cluster,
    index,
    isOpened,
    onOpen,
    isSelected,
    isChosen,
    onChoose,
    isUnsaved,
    replacement,
    waiting,
    trend,
    stateFailure,
    mayNotWrite,
    isPrinting,
    measure,
  } = props;
  const kind = cluster.divisible ? 'divisible' : 'indivisible';
  const nodes = nodeCount(cluster);
  const owner = cluster.profile?.profile.owner ?? '';
  return (
    <tr
      role="row"
      ref={measure}
      data-row="cluster"
      data-index={index}
      data-id={cluster.id}
      aria-rowindex={index + 2}
      aria-current={isSelected ? 'true' : undefined}
      data-chosen={isChosen ? true : undefined}
      onClick={openRow}
      onMouseDown={keepFocusAndSelection}
    >
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- Its link has the name. */}
      <td role="cell" data-column="id">
        <label className={table['choose']}>
          <input
            type="checkbox"
            aria-label={words.select(readableClusterId(cluster.id))}
            checked={isChosen}
            onChange={({ nativeEvent }) =>
              onChoose(cluster.id, nativeEvent instanceof globalThis.MouseEvent && nativeEvent.shiftKey)
            }
          />
        </label>
        <div className={classes['lines']}>
          <span className={classes['idLine']}>
            <Link
              href={pathTo.cluster(cluster.id)}
              keepQuery
              className={classes['link']}
              title={readableClusterId(cluster.id)}
              data-row-link
            >
              <ClusterId id={cluster.id} />
            </Link>
            {isUnsaved && (
              <span className={`unsaved-chip ${classes['unsaved'] ?? ''}`} title={words.unsavedTitle}>
                {words.unsaved}
              </span>
            )}
          </span>
          <span className={classes['folded']}>
            <span>{words.kind[kind]}</span>
            <span data-column="revision">
              {' '}
              · <RevisionAge revision={cluster.revision} />
            </span>
            {owner !== '' && <bdi className={classes['owner']}>{owner}</bdi>}
          </span>
        </div>
      </td>
      <td role="cell" data-column="kind">
        <span title={words.kindHelp[kind]}>{words.kind[kind]}</span>
      </td>
      <td role="cell" data-column="sets">
        <div className={classes['lines']}>
          <ReplicaSetChips templates={cluster.templates} lines={waiting === null ? 2 : 1} isPrinting={isPrinting} />
          {waiting !== null ? (
            <span className={classes['note']}>
              <Suspense fallback={null}>
                <WaitingLine waiting={waiting} mayWrite={mayNotWrite === null} />
              </Suspense>
            </span>
          ) : (
            replacement !== null && (
              <span className={`quiet ${classes['note'] ?? ''} ${classes['beside'] ?? ''}`} title={replacement}>
                {replacement}
              </span>
            )
          )}
        </div>
      </td>
      <td role="cell" data-column="nodes">
        {text.facts.count(nodes)}
        <span data-block-only> {words.nodesWord(nodes)}</span>
        <UsageBar templates={cluster.templates} />
      </td>
      <td role="cell" data-column="used-by">
        <div className={classes['lines']}>
          {jobClustersOf(cluster).length === 0 ? (
            <span className={use['use']}>
              <UsedBy usedBy={cluster.usedBy} stateFailure={stateFailure} />
            </span>
          ) : (
            <button
              type="button"
              className={use['opener']}
              aria-expanded={isOpened}
              title={words.jobClustersTitle}
              onClick={() => onOpen(cluster.id, !isOpened)}
            >
              <UsedBy usedBy={cluster.usedBy} stateFailure={stateFailure} />
            </button>
          )}
        </div>
      </td>
      <td role="cell" data-column="trend">
        {trend !== null && (
          <Suspense fallback={null}>
            <TrendCell trend={trend} />
          </Suspense>
        )}
      </td>
      <OwnerCell profile={cluster.profile?.profile} />
      <td role="cell" data-column="revision">
        <RevisionAge revision={cluster.revision} />
      </td>
      <td role="cell" data-column="menu">
        <RowMenu cluster={cluster} mayNotWrite={mayNotWrite} />
      </td>
    </tr>
  );
});

/** Cut where it is too long; its title has it whole, with the purpose. */
function OwnerCell({ profile }: { readonly profile: ClusterProfile | undefined }) {
  const { owner = '', purpose = '' } = profile ?? {};
  const title = [owner, purpose].filter((part) => part !== '').join(' · ');
  return (
    <td role="cell" data-column="owner" title={title === '' ? undefined : title}>
      <bdi>{owner}</bdi>
    </td>
  );
}

/** A click anywhere in the row opens the virtual cluster, except on a control or while text is selected. */
function openRow(event: MouseEvent<HTMLTableRowElement>) {
  const { currentTarget, target } = event;
  if (!(target instanceof Element) || !currentTarget.contains(target) || target.closest('a, button, label') !== null)
    return;
  if (window.getSelection()?.isCollapsed === false) return;
  const link = currentTarget.querySelector<HTMLElement>('[data-row-link]');
  link?.focus({ preventScroll: true });
  link?.click();
}

/** Neither the second press of a double click nor one that ends a range selects text, or takes the focus from the row's link. */
function keepFocusAndSelection(event: MouseEvent<HTMLTableRowElement>) {
  if (event.detail > 1 || event.shiftKey) event.preventDefault();
}
