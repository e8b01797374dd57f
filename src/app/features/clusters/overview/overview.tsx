import { memo, Suspense, useMemo, useState, type ReactNode } from 'react';
import { shownValue, type UnknownReason } from '../../../../domain/sourced.ts';
import type { FreePool } from '../../../../domain/fleet.ts';
import type { PageFleet } from '../../../api/page-fleet.ts';
import { text } from '../../../text/text.ts';
import { Icon } from '../../../ui/icon.tsx';
import { optionalPart } from '../../../ui/optional-part.ts';
import { useKeptChoice } from '../../../ui/kept-choice.ts';
import { clockText } from '../../../ui/time-text.ts';
import { useIsPrinting } from '../../../ui/use-is-printing.ts';
import type { NodesFilter } from '../list-query.ts';
import { FreeCount } from './free-count.tsx';
import { TemplateLegend } from './template-bar.tsx';
import { TemplateLine } from './template-line.tsx';
import { templateTotals } from './template-totals.ts';
import { useBarKeys } from './use-bar-keys.ts';
import classes from './overview.module.css';

const words = text.clusters.free;

/** More templates than this stand in columns, with their free nodes only: the bars say the rest. */
const MANY = 7;

/** Late: jobs are seldom submitted to the primary cluster. */
const PrimaryJobClusters = optionalPart(() => import('./primary-job-clusters.tsx'), 'PrimaryJobClusters');

interface OverviewProps {
  /** Null before the first answer. */
  readonly fleet: PageFleet | null;
  /** Whether the first answer may still arrive. */
  readonly isLoading: boolean;
  readonly filter: NodesFilter | null;
  readonly onFilter: (filter: NodesFilter | null) => void;
  /** Beside the list, one part below the other; else above it, side by side. */
  readonly isRail: boolean;
  /** What stands beside the bars: what needs somebody, and what changed lately where there is room for it. */
  readonly side: ReactNode;
}

/** The fleet at a glance: each template's nodes by what they do, and what stands beside them. */
export const Overview = memo(function Overview(props: OverviewProps) {
  const { fleet, isLoading, filter, onFilter, isRail, side } = props;
  const [isFoldedByChoice, setFolded] = useKeptChoice('overview-folded');
  const isPrinting = useIsPrinting();
  const isFolded = isFoldedByChoice && !isPrinting && !isRail;
  const keys = useBarKeys();
  const clusters = fleet?.clusters;
  const pool = fleet?.pool;
  const all = useMemo(
    () => (clusters === undefined || pool === undefined ? [] : templateTotals(clusters.values(), pool)),
    [clusters, pool],
  );
  const asOf = pool === undefined ? null : oldestLastKnown(pool);
  const reasons = pool === undefined ? [] : reasonsFor(pool, fleet?.sources.state.failure?.reason ?? null);
  const isMany = all.length > MANY && !isRail;
  // Once shown they stay, so that the outcome of a release can be seen.
  const [hasPrimary, setHasPrimary] = useState(false);
  if (!hasPrimary && pool !== undefined && hasPrimaryJobClusters(pool)) setHasPrimary(true);
  const isAtMost = all.some((each) => each.pool?.free.known === true && each.pool.free.value.atMost);
  // Of thousands of nodes the counts need more room than of dozens.
  const isLarge = all.some(({ all: nodes }) => nodes >= 1_000);
  return (
    <div
      className={classes['overview']}
      data-rail={isRail}
      data-folded={isFolded}
      data-many={isMany}
      data-large={isLarge}
      data-at-most={isAtMost}
    >
      <section aria-labelledby="free-nodes">
        <div className={classes['head']}>
          <h2 id="free-nodes" className={classes['title']}>
            {words.title}
          </h2>
          {isFolded ? (
            <ul className={`plain-list ${classes['foldedLine'] ?? ''}`}>
              {all.map((totals) => (
                <li key={totals.templateId}>
                  <b>{totals.templateId}</b> <FreeCount totals={totals} />
                </li>
              ))}
            </ul>
          ) : (
            all.length > 0 && <TemplateLegend />
          )}
          {reasons.length > 0 && (
            <p className={classes['reason']} title={text.joins.sentences(reasons)}>
              {asOf !== null && <b>{words.asOf(clockText(asOf))} </b>}
              {text.joins.sentences(reasons)}
            </p>
          )}
          {hasPrimary && pool !== undefined && (
            <Suspense fallback={null}>
              <PrimaryJobClusters jobClusters={pool.jobClusters} />
            </Suspense>
          )}
          {!isRail && (
            <button
              type="button"
              className={`icon-button screen-only ${classes['fold'] ?? ''}`}
              aria-expanded={!isFolded}
              aria-label={isFolded ? text.overview.unfold : text.overview.fold}
              title={isFolded ? text.overview.unfold : text.overview.fold}
              onClick={() => setFolded(!isFolded)}
            >
              <Icon of={isFolded ? 'down' : 'up'} />
            </button>
          )}
        </div>
        {!isFolded && all.length === 0 && (
          <p className={`quiet ${classes['templates'] ?? ''}`}>{isLoading ? words.reading : text.facts.unknown}</p>
        )}
        {!isFolded && all.length > 0 && (
          // The keys only move the focus between the parts of the bars.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <ul className={`plain-list ${classes['templates'] ?? ''}`} aria-label={words.title} {...keys}>
            {all.map((totals) => (
              <TemplateLine
                key={totals.templateId}
                totals={totals}
                isBrief={isMany}
                filter={filter}
                onFilter={onFilter}
              />
            ))}
          </ul>
        )}
      </section>
      {!isFolded && side}
    </div>
  );
});

/** Whether there is something to say of the primary cluster's job clusters: there are some, or that is not known. */
function hasPrimaryJobClusters({ jobClusters }: FreePool): boolean {
  const shown = shownValue(jobClusters);
  return shown === null ? !jobClusters.known && jobClusters.reason !== 'not-read-yet' : shown.value.length > 0;
}

/** When the oldest of the counts that are not current was read; null while all are current or none is known. */
function oldestLastKnown({ templates }: FreePool): number | null {
  const times = templates.flatMap(({ free }) => (free.known || free.last === undefined ? [] : [free.last.at]));
  return times.length === 0 ? null : Math.min(...times);
}

/** Each reason once, however many templates share it. */
function reasonsFor({ templates }: FreePool, stateFailure: UnknownReason | null): readonly string[] {
  const reasons = new Set<string>();
  for (const { free } of templates) {
    if (!free.known) {
      const why = text.facts.why(free.source, free.reason);
      reasons.add(free.last === undefined ? words.whyUnknown(why) : why);
    } else if (free.value.atMost) reasons.add(words.whyAtMost(text.facts.why('state', stateFailure ?? 'not-read-yet')));
  }
  return [...reasons];
}
