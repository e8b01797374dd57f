import { useId, useState } from 'react';
import type { Change } from '../../../contract/change.ts';
import { splitJobClusterId } from '../../../domain/cluster-id.ts';
import { useFleet } from '../../api/console.tsx';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { Link } from '../../routing/link.tsx';
import { ChangeDetail } from './change-detail.tsx';
import { DetailToggle, WhenCell } from './when-cell.tsx';
import { CheckAgainButton, isUnsettled } from '../../changes/check-again-button.tsx';
import classes from './journal-page.module.css';
import { OutcomeLabel } from '../../changes/outcome-label.tsx';
import { changeSummaryText } from '../../changes/change-summary-text.ts';
import { personText } from '../../ui/person-text.ts';

/** One change; it expands to its details. */
export function JournalRow({ change }: { readonly change: Change }) {
  const words = text.journal;
  const { fleet } = useFleet();
  const [isOpen, setOpen] = useState(false);
  const detail = useId();
  const { clusterId } = change.wanted;
  const parentId = splitJobClusterId(clusterId)?.parentId ?? clusterId;
  const what = changeSummaryText(change);
  const unsettled = isUnsettled(change);
  return (
    <>
      <tr className={classes['row']} data-entry="change" data-unsettled={unsettled}>
        <WhenCell at={change.askedAt}>
          <DetailToggle
            isOpen={isOpen}
            controls={detail}
            name={words.open(what, parentId)}
            toggle={() => setOpen(!isOpen)}
          />
        </WhenCell>
        <td className={classes['who']}>{personText(change.who)}</td>
        <td className={classes['cluster']}>
          {fleet?.clusters.has(parentId) === true ? <Link href={pathTo.cluster(parentId)}>{parentId}</Link> : parentId}
        </td>
        <td className={classes['what']}>{what}</td>
        <td className={classes['outcome']}>
          <OutcomeLabel change={change} />
          {unsettled && <CheckAgainButton changeId={change.id} />}
        </td>
      </tr>
      <tr id={detail} className={classes['detail']} hidden={!isOpen}>
        <td colSpan={5}>{isOpen && <ChangeDetail change={change} />}</td>
      </tr>
    </>
  );
}
