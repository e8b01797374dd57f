import type { ReactNode } from 'react';
import type { ProfileEdit } from '../../contract/cluster-profile.ts';
import { changedProfileFields, profileText } from '../../domain/cluster-profile.ts';
import { Ago } from '../api/ago.tsx';
import { pathTo } from '../routing/routes.ts';
import { Link } from '../routing/link.tsx';
import { ownerText } from '../text/owner-text.ts';
import { text } from '../text/text.ts';
import { ClusterId } from '../ui/cluster-id.tsx';
import classes from './profile-edit-item.module.css';

interface ProfileEditItemProps {
  readonly edit: ProfileEdit;
  /** Whether the virtual cluster is named: not where all edits are of one. */
  readonly namesCluster?: boolean;
  readonly children?: ReactNode;
}

/** One edit of an owner: when, by whom, and each field before and after. */
export function ProfileEditItem({ edit, namesCluster = false, children }: ProfileEditItemProps) {
  const { clusterId, who, at, before, after } = edit;
  const { fields, edits, moved } = ownerText;
  const orEmpty = (value: string) => (value === '' ? moved.nothing : value);
  return (
    <li className={classes['item']}>
      <div>
        <span className="quiet">
          <Ago at={at} /> · <bdi>{who}</bdi>
        </span>
        {namesCluster && (
          <>
            {' '}
            <Link href={pathTo.cluster(clusterId)}>
              <ClusterId id={clusterId} />
            </Link>
          </>
        )}
        {changedProfileFields(before, after).map((field) => (
          <div key={field}>
            {fields[field]}
            {text.joins.colon}
            <bdi>{edits.to(orEmpty(profileText(before, field)), orEmpty(profileText(after, field)))}</bdi>
          </div>
        ))}
      </div>
      {children}
    </li>
  );
}
