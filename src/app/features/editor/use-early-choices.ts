import { useState } from 'react';
import type { SaveChange } from '../../../domain/change.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { snapshotOf } from '../../../domain/held-replica-sets.ts';
import { resolveEarly, type EarlyChoice, type EarlyChoices } from './early-choices.ts';

/** The choices made before saving. `cluster`: as known now; null where nothing may be merged with it. */
export function useEarlyChoices(cluster: VirtualCluster | null) {
  const [choices, setChoices] = useState<EarlyChoices>(new Map());
  return {
    choices,
    choose: (templateId: string, choice: EarlyChoice) => setChoices(new Map(choices).set(templateId, choice)),
    /** See `resolveEarly`. */
    resolve: (save: SaveChange) => resolveEarly(save, cluster === null ? null : snapshotOf(cluster), choices),
  };
}
