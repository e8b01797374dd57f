import { memo } from 'react';
import { deepEqual } from '../../../../domain/deep-equal.ts';
import { text } from '../../../text/text.ts';
import type { NodesFilter } from '../list-query.ts';
import { FreeCount } from './free-count.tsx';
import { TemplateBar } from './template-bar.tsx';
import type { TemplateTotals } from './template-totals.ts';
import classes from './overview.module.css';

const words = text.clusters.free;

interface TemplateLineProps {
  readonly totals: TemplateTotals;
  /** Without how many are alive. */
  readonly isBrief: boolean;
  readonly filter: NodesFilter | null;
  readonly onFilter: (filter: NodesFilter | null) => void;
}

/** A template: its name, its free nodes, and its bar. Of a fleet's new totals most say what those before said: these are not drawn again. */
export const TemplateLine = memo(function TemplateLine({ totals, isBrief, filter, onFilter }: TemplateLineProps) {
  const { templateId, pool } = totals;
  const isHead = pool?.isHeadTemplate === true;
  return (
    <li className={classes['template']} data-head={isHead} title={isHead ? words.headTitle : undefined}>
      <span className={classes['name']} title={templateId}>
        {templateId}
        {isHead && templateId !== 'head' && <span className={classes['headMark']}> {words.head}</span>}
      </span>
      <span className={classes['count']}>
        <FreeCount totals={totals} isBrief={isBrief} />{' '}
      </span>
      <TemplateBar totals={totals} filter={filter} onFilter={onFilter} />
    </li>
  );
}, deepEqual);
