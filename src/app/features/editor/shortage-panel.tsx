import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import type { AppliedSuggestion } from '../../../domain/suggestion.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import type { Goal } from '../../../domain/plan/plan.ts';
import { nodeHoldersOf } from '../../../domain/node-holders.ts';
import { Holders } from '../../cluster-ui/holders.tsx';
import { replicaSetsText } from '../../changes/result-text.ts';
import { text } from '../../text/text.ts';
import { FocusedNotice } from './focused-notice.tsx';
import classes from './panels.module.css';
import { optionalPart } from '../../ui/optional-part.ts';

const TakeFrom = optionalPart(() => import('./take-from.tsx'), 'TakeFrom');

interface ShortagePanelProps {
  /** The cluster as known now; null while it does not exist. */
  readonly cluster: VirtualCluster | null;
  readonly direction: 'grow' | 'shrink';
  readonly suggestion: AppliedSuggestion;
  /** The jobs at risk are being checked before it is sent. */
  readonly isBusy: boolean;
  /** What was asked, for a plan that takes it from others. */
  readonly taker: Goal;
  readonly onPlanned: (planId: string) => void;
  readonly onApply: (want: Extract<AppliedSuggestion, { readonly kind: 'request' }>['want']) => void;
}

/** Ray had too few nodes: shows what it can do, and requests just that with one click. */
export function ShortagePanel({
  cluster,
  direction,
  suggestion,
  isBusy,
  onApply,
  taker,
  onPlanned,
}: ShortagePanelProps) {
  const [isTaking, setTaking] = useState(false);
  const words = text.editor.shortage;
  return (
    <FocusedNotice kind="warn" title={words.title[direction]}>
      <p>{words[direction]}</p>
      <table className={`full-width-table ${classes['table'] ?? ''}`} aria-label={words.table}>
        <thead>
          <tr>
            <th scope="col">{text.editor.form.template}</th>
            <th scope="col">{text.editor.form.now}</th>
            <th scope="col">{words.asked}</th>
            <th scope="col">{direction === 'grow' ? words.canAdd : words.canGiveBack}</th>
            <th scope="col">{words.becomes}</th>
          </tr>
        </thead>
        <tbody>
          {suggestion.rows.map(({ templateId, now, asked, can, becomes, limited }) => (
            <tr key={templateId}>
              <th scope="row">{templateId}</th>
              <td>{text.facts.count(now)}</td>
              <td>{text.facts.count(asked)}</td>
              <td>{can === null ? words.notSaid : text.facts.count(can)}</td>
              <td>
                {suggestion.kind === 'cannot'
                  ? words.notSaid
                  : limited
                    ? text.facts.count(becomes)
                    : words.asAsked(becomes)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {suggestion.kind === 'nothing-possible' && (
        <p>{direction === 'grow' ? words.nothingToAdd : words.nothingToGiveBack}</p>
      )}
      {suggestion.kind === 'cannot' && <p>{words.unmatched(text.joins.list(suggestion.unmatched))}</p>}
      {suggestion.kind === 'request' && (
        <div className={`actions-row ${classes['actions'] ?? ''}`}>
          <Button size="xs" disabled={isBusy} onClick={() => onApply(suggestion.want)}>
            {isBusy ? text.editor.form.looking : words.apply}
          </Button>
          <span>{words.saves(replicaSetsText(suggestion.want))}</span>
        </div>
      )}
      {direction === 'grow' && suggestion.kind !== 'cannot' && (
        <div className={`actions-row ${classes['actions'] ?? ''}`}>
          <Button size="xs" variant="default" aria-expanded={isTaking} onClick={() => setTaking(!isTaking)}>
            {words.takeFrom}
          </Button>
        </div>
      )}
      {isTaking && (
        <Suspense>
          <TakeFrom taker={taker} rows={suggestion.rows} onPlanned={onPlanned} />
        </Suspense>
      )}
      {direction === 'shrink' && cluster !== null && <KeptBy cluster={cluster} suggestion={suggestion} />}
    </FocusedNotice>
  );
}

/** What holds the nodes that can't go back, with what frees them: to stop a job, or to release what it left behind. */
function KeptBy({ cluster, suggestion }: { readonly cluster: VirtualCluster; readonly suggestion: AppliedSuggestion }) {
  const short = suggestion.rows.filter(({ limited }) => limited).map(({ templateId }) => templateId);
  const { usedBy } = cluster;
  const ids = new Set(
    short.flatMap((templateId) => {
      const holders = nodeHoldersOf(cluster, templateId);
      return holders.known ? holders.value.map(({ submissionId }) => submissionId) : [];
    }),
  );
  const isHolder = ({ submissionId }: { readonly submissionId: string }) => ids.has(submissionId);
  const kept: VirtualCluster = !usedBy.known
    ? cluster
    : {
        ...cluster,
        usedBy: {
          ...usedBy,
          value: {
            jobClusters: usedBy.value.jobClusters.filter(isHolder),
            jobs: usedBy.value.jobs.filter(isHolder),
          },
        },
      };
  return (
    <section aria-label={text.editor.shortage.heldBy} className={classes['keptBy']}>
      <p>{ids.size > 0 || !usedBy.known ? text.editor.shortage.heldByJobs : text.editor.shortage.heldByOthers}</p>
      <Holders cluster={kept} />
    </section>
  );
}
