import { useState } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { Application } from '../../../fleet-file/drift.ts';
import { useConsole } from '../../api/console.tsx';
import { fleetFileText } from '../../text/fleet-file-text.ts';

/** Sets who virtual clusters are for, one after the other, each on the version that it has now. */
export function useSetOwners() {
  const { api } = useConsole();
  const [isBusy, setBusy] = useState(false);
  const [messages, setMessages] = useState<readonly string[]>([]);

  async function set(profiles: Application['profiles']): Promise<void> {
    const words = fleetFileText.owners;
    setBusy(true);
    const failed: string[] = [];
    for (const { clusterId, profile } of profiles) {
      try {
        const { now } = await api.clusterProfile(clusterId);
        await api.putClusterProfile(clusterId, { expectedVersion: now?.version ?? 0, profile });
      } catch (failure) {
        failed.push(words.failed(readableClusterId(clusterId), failure instanceof Error ? failure.message : ''));
      }
    }
    setMessages([words.done(profiles.length - failed.length), ...failed]);
    setBusy(false);
  }
  return { set: (profiles: Application['profiles']) => void set(profiles), isBusy, messages };
}
