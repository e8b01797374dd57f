import type { ReactNode } from 'react';
import type { ProfileEdit } from '../../contract/cluster-profile.ts';
import { changedProfileFields } from '../../domain/cluster-profile.ts';
import { Ago } from '../api/ago.tsx';
import { ownerText } from '../text/owner-text.ts';
import { text } from '../text/text.ts';
import { fieldEditText } from './profile-edit-text.ts';
import classes from './profile-edit-item.module.css';

interface ProfileEditItemProps {
  readonly edit: ProfileEdit;
  readonly children?: ReactNode;
}

/** One edit of an owner: when, by whom, and each field before and after. */
export function ProfileEditItem({ edit, children }: ProfileEditItemProps) {
  const { who, at, before, after } = edit;
  return (
    <li className={classes['item']}>
      <div>
        <span className="quiet">
          <Ago at={at} /> · <bdi>{who}</bdi>
        </span>
        {changedProfileFields(before, after).map((field) => (
          <div key={field}>
            {ownerText.fields[field]}
            {text.joins.colon}
            <bdi>{fieldEditText(edit, field)}</bdi>
          </div>
        ))}
      </div>
      {children}
    </li>
  );
}
