import * as z from 'zod/mini';
import { changeRequest } from '../../contract/change.ts';
import { replicaSets, revision, time } from '../../contract/values.ts';
import { createEmitter } from '../../emitter.ts';

/**
 * What a person has typed and not saved. It survives leaving the editor, a reload and a crash of the tab. `base` is
 * frozen when the editor opens; null for a new virtual cluster.
 */
const draft = z.object({
  /** Null: a virtual cluster that does not exist yet. */
  clusterId: z.nullable(z.string()),
  typedId: z.string(),
  /** Set where the fields were not typed but come from an earlier state in the journal, or from what was never needed. */
  origin: z.optional(z.enum(['journal', 'usage'])),
  divisible: z.boolean(),
  base: z.nullable(
    z.object({
      revision,
      replicaSets,
      openedAt: time,
      /** The epoch of the fleet that it was read from; null: written by a page that did not store it. */
      epoch: z._default(z.nullable(z.string()), null),
    }),
  ),
  /** Exactly as typed, one per template in the order of the rows. */
  fields: z.array(z.object({ templateId: z.string(), typed: z.string() })),
  /** A change sent from this draft that had not settled yet. */
  sent: z.nullable(z.object({ id: z.string(), wanted: changeRequest, epoch: z.optional(z.string()) })),
});
export type Draft = z.infer<typeof draft>;

const KEY = 'virtual-cluster-console/drafts/1';
const TEXTS = 'virtual-cluster-console/draft-texts/1/';
const stored = z.array(z.unknown());

/** Drafts by cluster; `null` is the one for a new virtual cluster. */
export interface DraftStore {
  get(clusterId: string | null): Draft | null;
  put(draft: Draft): void;
  drop(clusterId: string | null): void;
  /** The ids of virtual clusters with a draft; the same object until the set changes. */
  clusterIds(): ReadonlySet<string>;
  /** Whether leaving the page loses nothing: there is no draft and no text, or the reload that comes restores all of it. */
  mayLeave(): boolean;
  subscribe(callBack: () => void): () => void;
  /** Text of another form, by a name of its own; empty when there is none. It lives as long as the drafts do. */
  textOf(name: string): string;
  putText(name: string, text: string): void;
  /** The page is about to be reloaded. If the storage did not take everything, the browser still asks the person. */
  prepareReload(): void;
}

/** Drafts in the tab's session storage; entries that can't be read are left out. */
export function createDraftStore(storage: Pick<Storage, 'getItem' | 'setItem'> | null): DraftStore {
  const drafts = new Map<string | null, Draft>(read(storage).map((each) => [each.clusterId, each]));
  const texts = new Map<string, string>();
  const changes = createEmitter();
  let ids = idsOf(drafts);
  const notStored = new Set<string>();
  let reloads = false;

  function store(key: string, value: string) {
    notStored.add(key);
    try {
      if (storage === null) return;
      storage.setItem(key, value);
      notStored.delete(key);
    } catch {
      // The storage is full or forbidden: the drafts still live as long as the tab.
    }
  }

  function changed() {
    const next = idsOf(drafts);
    if (next.size !== ids.size || [...next].some((id) => !ids.has(id))) ids = next;
    store(KEY, JSON.stringify([...drafts.values()]));
    changes.emit();
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
    mayLeave: () => reloads || (drafts.size === 0 && [...texts.values()].every((text) => text === '')),
    subscribe: changes.subscribe,
    textOf: (name) => texts.get(name) ?? storage?.getItem(TEXTS + name) ?? '',
    putText(name, text) {
      const before = texts.get(name);
      texts.set(name, text);
      store(TEXTS + name, text);
      if ((before ?? '') !== text) changes.emit();
    },
    prepareReload() {
      reloads = notStored.size === 0;
      changes.emit();
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
