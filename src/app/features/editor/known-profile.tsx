import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkNewClusterId } from '../../../domain/cluster-id.ts';
import {
  EMPTY_PROFILE,
  isEmptyProfile,
  type ClusterProfile,
  type ProfileRecord,
} from '../../../domain/cluster-profile.ts';
import { useConsole } from '../../api/console.tsx';
import { profileQuery } from '../../api/profile-queries.ts';
import { ownerText } from '../../text/owner-text.ts';
import { text } from '../../text/text.ts';

/** How long an id must stand before it is looked for, ms. */
const TYPED = 300;

/** Who a virtual cluster of this id was for before it was deleted: the new one keeps that, unless the person empties it. */
export function KnownProfile({ clusterId }: { readonly clusterId: string }) {
  const { api } = useConsole();
  const [id] = useDebouncedValue(clusterId, TYPED);
  const isAsked = id === clusterId && checkNewClusterId(id) === null;
  const { data } = useQuery({ ...profileQuery(api, id, null), enabled: isAsked });
  const record = isAsked ? (data?.now ?? null) : null;
  // An answer for one id says nothing of the next one.
  return <div role="status">{record !== null && <Kept key={id} clusterId={id} record={record} />}</div>;
}

function Kept({ clusterId, record }: { readonly clusterId: string; readonly record: ProfileRecord }) {
  const words = ownerText.known;
  const { api } = useConsole();
  const [now, setNow] = useState(record);
  const [problem, setProblem] = useState<string | null>(null);
  const isEmptied = isEmptyProfile(now.profile);
  if (isEmptyProfile(record.profile)) return null;

  async function put(profile: ClusterProfile) {
    try {
      setNow(await api.putClusterProfile(clusterId, { expectedVersion: now.version, profile }));
      setProblem(null);
    } catch (error) {
      setProblem(ownerText.failed(error instanceof Error ? error.message : ''));
    }
  }

  return (
    <>
      <p className="quiet">{isEmptied ? words.emptied : words.keeps(clusterId, whomOf(record.profile))}</p>
      <Button size="compact-sm" variant="default" onClick={() => void put(isEmptied ? record.profile : EMPTY_PROFILE)}>
        {isEmptied ? words.keep : words.startEmpty}
      </Button>
      {problem !== null && <p>{problem}</p>}
    </>
  );
}

function whomOf({ owner, purpose }: ClusterProfile): string {
  const whom = owner === '' ? ownerText.known.somebody : owner;
  return purpose === '' ? whom : text.joins.bracketed(whom, purpose);
}
