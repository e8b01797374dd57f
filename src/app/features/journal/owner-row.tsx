import { useId, useState } from 'react';
import type { ProfileEdit } from '../../../contract/cluster-profile.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { changedProfileFields } from '../../../domain/cluster-profile.ts';
import { useFleet } from '../../api/console.tsx';
import { fieldEditText, profileEditText } from '../../cluster-ui/profile-edit-text.ts';
import { Link } from '../../routing/link.tsx';
import { pathTo } from '../../routing/routes.ts';
import { ownerText } from '../../text/owner-text.ts';
import { text } from '../../text/text.ts';
import { timelineText } from '../../text/timeline-text.ts';
import { DescriptionItem } from '../../ui/description-item.tsx';
import { personText } from '../../ui/person-text.ts';
import { fullTimeText } from '../../ui/time-text.ts';
import detailClasses from './change-detail.module.css';
import classes from './journal-page.module.css';
import { DetailToggle, WhenCell } from './when-cell.tsx';

/** One edit of an owner. It never goes to Ray, so that it has no outcome but that it was set. */
export function OwnerRow({ edit }: { readonly edit: ProfileEdit }) {
  const { clusterId, who, at, before, after } = edit;
  const { fleet } = useFleet();
  const [isOpen, setOpen] = useState(false);
  const detail = useId();
  const line = profileEditText(edit);
  const name = readableClusterId(clusterId);
  return (
    <>
      <tr className={classes['row']} data-entry="edit">
        <WhenCell at={at}>
          <DetailToggle
            isOpen={isOpen}
            controls={detail}
            name={text.journal.open(line, name)}
            toggle={() => setOpen(!isOpen)}
          />
        </WhenCell>
        <td className={classes['who']}>{personText(who)}</td>
        <td className={classes['cluster']}>
          {fleet?.clusters.has(clusterId) === true ? <Link href={pathTo.cluster(clusterId)}>{name}</Link> : name}
        </td>
        <td className={classes['what']}>
          <bdi>{line}</bdi>
        </td>
        <td className={classes['outcome']}>
          <span className={classes['seen']}>
            <span aria-hidden="true">✎</span> {ownerText.edits.set}
          </span>
        </td>
      </tr>
      <tr id={detail} className={classes['detail']} hidden={!isOpen}>
        <td colSpan={5}>
          {isOpen && (
            <div className={detailClasses['detail']}>
              <dl className={detailClasses['facts']}>
                {changedProfileFields(before, after).map((field) => (
                  <DescriptionItem key={field} name={ownerText.fields[field]}>
                    <bdi>{fieldEditText(edit, field)}</bdi>
                  </DescriptionItem>
                ))}
                <DescriptionItem name={timelineText.seen.at}>{fullTimeText(at)}</DescriptionItem>
              </dl>
            </div>
          )}
        </td>
      </tr>
    </>
  );
}
