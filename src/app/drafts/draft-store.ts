import * as z from 'zod/mini';
import { changeRequest } from '../../contract/change.ts';
import { replicaSets, revision, time } from '../../contract/values.ts';

/**
 * What a person has typed and not sent: kept so that nothing typed is lost by looking elsewhere, by a reload, or by
 * a crash of the tab. `base` is frozen when the editor opens; null for a new virtual cluster.
 */
const draft = z.object({
  /** Null: a virtual cluster that doesn't exist yet. */
  clusterId: z.nullable(z.string()),
  typedId: z.string(),
  /** What filled it, where that was no person: an earlier state in the journal. */
  origin: z.optional(z.literal('journal')),
  divisible: z.boolean(),
  base: z.nullable(
    z.object({
      revision,
      replicaSets,
      openedAt: time,
      /** Which telling of the fleet it was read in; null: not kept by the page that wrote it. */
      epoch: z._default(z.nullable(z.string()), null),
    }),
  ),
  /** Exactly as typed, by template in the order of the rows. */
  fields: z.array(z.object({ templateId: z.string(), typed: z.string() })),
  /** A change of this draft's that was sent and had not settled when last seen. */
  sent: z.nullable(z.object({ id: z.string(), wanted: changeRequest, epoch: z.optional(z.string()) })),
});
export type Draft = z.infer<typeof draft>;

const KEY = 'virtual-cluster-console/drafts/1';
const stored = z.array(z.unknown());

/** Drafts by cluster; `null` is the one for a new virtual cluster. */
export interface DraftStore {
  get(clusterId: string | null): Draft | null;
  put(draft: Draft): void;
  drop(clusterId: string | null): void;
  /** The ids of virtual clusters with a draft; the same object until one comes or goes. */
  clusterIds(): ReadonlySet<string>;
  /** Whether nothing is kept, of a new one neither. */
  isEmpty(): boolean;
  subscribe(callBack: () => void): () => void;
}

/** Drafts in a storage of the tab's own (session storage); what can't be read there is left out. */
export function createDraftStore(storage: Pick<Storage, 'getItem' | 'setItem'> | null): DraftStore {
  const drafts = new Map<string | null, Draft>(read(storage).map((each) => [each.clusterId, each]));
  const subscribers = new Set<() => void>();
  let ids = idsOf(drafts);

  function changed() {
    const next = idsOf(drafts);
    if (next.size !== ids.size || [...next].some((id) => !ids.has(id))) ids = next;
    try {
      storage?.setItem(KEY, JSON.stringify([...drafts.values()]));
    } catch {
      // A full or forbidden storage: the drafts still live as long as the tab.
    }
    for (const callBack of subscribers) callBack();
  }

  return {
    get: (clusterId) => drafts.get(clusterId) ?? null,
    put(next) {
      drafts.set(next.clusterId, next);
      changed();
    },
    drop(clusterId) {
      if (drafts.delete(clusterId)) changed();
    },
    clusterIds: () => ids,
    isEmpty: () => drafts.size === 0,
    subscribe(callBack) {
      subscribers.add(callBack);
      return () => subscribers.delete(callBack);
    },
  };
}

function idsOf(drafts: ReadonlyMap<string | null, Draft>): ReadonlySet<string> {
  return new Set([...drafts.keys()].filter((id) => id !== null));
}

function read(storage: Pick<Storage, 'getItem'> | null): readonly Draft[] {
  try {
    const parsed = stored.safeParse(JSON.parse(storage?.getItem(KEY) ?? '[]'));
    if (!parsed.success) return [];
    return parsed.data.flatMap((each) => {
      const one = draft.safeParse(each);
      return one.success ? [one.data] : [];
    });
  } catch {
    return [];
  }
}
