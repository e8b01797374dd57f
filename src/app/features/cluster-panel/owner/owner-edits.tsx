import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ClusterProfile } from '../../../../domain/cluster-profile.ts';
import { useConsole } from '../../../api/console.tsx';
import { profileQuery } from '../../../api/profile-queries.ts';
import { ProfileEditItem } from '../../../cluster-ui/profile-edit-item.tsx';
import { ownerText } from '../../../text/owner-text.ts';
import classes from './owner.module.css';

interface OwnerEditsProps {
  readonly clusterId: string;
  /** The newest one that the page knows: a new one makes the list be read again. */
  readonly version: number;
  /** Fills the form with what was there before an edit; null for who may not edit. */
  readonly onRevert: ((profile: ClusterProfile) => void) | null;
}

/** Who set what, newest first, as the journal keeps it. */
export function OwnerEdits({ clusterId, version, onRevert }: OwnerEditsProps) {
  const words = ownerText.edits;
  const { api } = useConsole();
  const { data, error } = useQuery(profileQuery(api, clusterId, version));
  if (error !== null) return <p role="alert">{error.message}</p>;
  if (data === undefined) return <p className="quiet">{words.loading}</p>;
  if (data.edits.length === 0) return <p className="quiet">{words.none}</p>;
  return (
    <ol className={`plain-list ${classes['edits'] ?? ''}`} aria-label={words.title}>
      {data.edits.map((edit) => (
        <ProfileEditItem key={edit.version} edit={edit}>
          {onRevert !== null && (
            <Button size="compact-sm" variant="default" onClick={() => onRevert(edit.before)}>
              {words.revert}
            </Button>
          )}
        </ProfileEditItem>
      ))}
    </ol>
  );
}
