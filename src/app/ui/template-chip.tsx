import type { ReactNode } from 'react';
import type { TemplateNodes } from '../../domain/fleet.ts';
import { text } from '../text/text.ts';
import { LastKnown } from './sourced-value.tsx';
import classes from './template-chip.module.css';

/** One template's nodes in a virtual cluster, as `4c8g 12`; dead nodes are marked by a word and a cross. */
export function TemplateChip({
  nodes,
  order,
  children,
}: {
  readonly nodes: Pick<TemplateNodes, 'templateId' | 'count' | 'dead'>;
  /** Where it stands among others, if not where it comes. */
  readonly order?: number;
  /** What stands behind the count. */
  readonly children?: ReactNode;
}) {
  const { dead } = nodes;
  const last = dead.known ? undefined : dead.last;
  return (
    <span className={classes['chip']} style={{ order }}>
      <span className={classes['name']} title={nodes.templateId}>
        {nodes.templateId}
      </span>{' '}
      <b>{text.facts.count(nodes.count)}</b>
      {children}
      {dead.known && dead.value > 0 && (
        <span className={classes['dead']}>
          {text.clusters.chipDead(dead.value)} <span aria-hidden="true">×</span>
        </span>
      )}
      {!dead.known && last !== undefined && last.value > 0 && (
        <LastKnown fact={dead} at={last.at}>
          {text.clusters.chipDead(last.value)} <span aria-hidden="true">×</span>
        </LastKnown>
      )}
      {!dead.known && last === undefined && dead.reason !== 'not-read-yet' && (
        <span
          className={`unknown ${classes['doubt'] ?? ''}`}
          title={text.clusters.chipDeadUnknown(text.facts.why(dead.source, dead.reason))}
        >
          <span aria-hidden="true">?</span>
          <span className="visually-hidden">
            {text.clusters.chipDeadUnknown(text.facts.why(dead.source, dead.reason))}
          </span>
        </span>
      )}
    </span>
  );
}
