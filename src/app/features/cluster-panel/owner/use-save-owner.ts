import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  changedProfileFields,
  NO_PROFILE_VERSION,
  profileFields,
  type ClusterProfile,
  type ProfileField,
  type ProfileProblem,
  type ProfileRecord,
} from '../../../../domain/cluster-profile.ts';
import { ApiError } from '../../../api/api-error.ts';
import { queryKeys } from '../../../api/query-keys.ts';
import { useConsole } from '../../../api/console.tsx';
import { ownerText } from '../../../text/owner-text.ts';
import { profileProblemOf } from './owner-schema.ts';

/**
 * Saves a profile on top of a version. `theirs`: what another one saved first; nothing of it was overwritten. Saving again after a
 * lost answer is safe: what is there already counts as saved. `onRefused` gets the fields that the console refuses.
 */
export function useSaveOwner(
  clusterId: string,
  {
    onSaved,
    onRefused,
  }: {
    readonly onSaved: (record: ProfileRecord) => void;
    readonly onRefused: (field: ProfileField, problem: ProfileProblem) => void;
  },
) {
  const { api } = useConsole();
  const queries = useQueryClient();
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<ProfileRecord | null>(null);

  function saved(record: ProfileRecord): void {
    // The edit is a row of the history.
    void queries.invalidateQueries({ queryKey: queryKeys.changes.timelineOf(clusterId) });
    onSaved(record);
  }

  async function put(profile: ClusterProfile, expectedVersion: number): Promise<void> {
    try {
      saved(await api.putClusterProfile(clusterId, { profile, expectedVersion }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'profile-moved') throw error;
      const { now } = await api.clusterProfile(clusterId);
      // Forgotten meanwhile, so that nobody's is overwritten.
      if (now === null) saved(await api.putClusterProfile(clusterId, { profile, expectedVersion: NO_PROFILE_VERSION }));
      else if (changedProfileFields(now.profile, profile).length === 0) saved(now);
      else setTheirs(now);
    }
  }

  async function save(profile: ClusterProfile, expectedVersion: number): Promise<void> {
    setSaving(true);
    setProblem(null);
    try {
      await put(profile, expectedVersion);
    } catch (error) {
      const refused = refusedFields(error);
      for (const { field, problem: what } of refused) onRefused(field, what);
      setProblem(refused.length > 0 ? ownerText.refused : problemText(error));
    } finally {
      setSaving(false);
    }
  }

  return { isSaving, problem, theirs, save };
}

function refusedFields(error: unknown): readonly { readonly field: ProfileField; readonly problem: ProfileProblem }[] {
  if (!(error instanceof ApiError)) return [];
  return profileFields.flatMap((field) => {
    const problem = profileProblemOf(error.fields[field]);
    return problem === null ? [] : [{ field, problem }];
  });
}

function problemText(error: unknown): string {
  const { unreachable, failed } = ownerText;
  if (!(error instanceof ApiError)) return failed('');
  return error.kind === 'problem' ? failed(error.detail) : unreachable;
}
