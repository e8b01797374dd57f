import { QueryClient } from '@tanstack/react-query';
import { createApi, type Api } from '../app/api/client.ts';
import { createLive, type LiveParts } from '../app/api/live.ts';
import type { PageFleet } from '../app/api/page-fleet.ts';
import { fleetQuery, heldFleet, lookAtUsers, takeUpdate } from '../app/api/queries.ts';
import type { Submission } from '../app/api/submission.ts';
import { createDraftStore, type DraftStore } from '../app/editor/draft-store.ts';
import { replicaSetsIn } from '../app/editor/draft.ts';
import { leftoversOf } from '../app/remove/leftovers.ts';
import type { WantedChange } from '../domain/change.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import type { HistoryClock } from './clock.ts';
import { openEditing, type Editing } from './editing.ts';
import { createSending, type Sending } from './sending.ts';
import type { StreamLine } from './stream.ts';

/** One page's worth of client code, without its drawing: the fleet, an editor, and deletes and releases. */
export interface Page {
  readonly fleet: () => PageFleet | null;
  readonly api: Api;
  readonly drafts: DraftStore;
  editing(): Editing | null;
  /** Opens the editor; `expected`: what must be in its fields, when it is opened on a draft. */
  openEditor(clusterId: string | null, expected: ReadonlyMap<string, string> | null): void;
  leaveEditor(): void;
  discard(): void;
  /** Sends a change that is none of the editor's. */
  remove(wanted: WantedChange): void;
  /** Deletes what the page shows; at once, or when it is idle. */
  delete(clusterId: string): void;
  deleteWhenIdle(clusterId: string): void;
  /** Saves what the page shows as it is. */
  touch(clusterId: string): void;
  /** Calls the first deletion off that the page shows as waiting. */
  cancelWaiting(): void;
  releaseAll(): void;
  removals(): readonly Sending[];
  show(isVisible: boolean): void;
  isVisible(): boolean;
  /** The tab goes away: nothing that comes later is heard. */
  close(): void;
}

export interface PageParts {
  readonly fetch: FetchHandler;
  readonly origin: string;
  readonly clock: HistoryClock;
  readonly ids: () => string;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly line: StreamLine;
  readonly lock: LiveParts['lock'];
  readonly channel: LiveParts['channel'];
  readonly onSent: (id: string, wanted: WantedChange) => void;
  readonly onShown: (submission: Submission) => void;
}

export function openPage(parts: PageParts): Page {
  const { clock, ids } = parts;
  const leaving = new AbortController();
  const api = createApi(
    (request) => parts.fetch(new Request(request, { signal: AbortSignal.any([request.signal, leaving.signal]) })),
    parts.origin,
  );
  const client = new QueryClient();
  const query = fleetQuery(api, clock, client);
  const fleet = () => heldFleet(client);
  const drafts = createDraftStore(parts.storage);
  const watchers = new Set<() => void>();
  let isVisible = true;
  let editing: Editing | null = null;
  let removals: Sending[] = [];

  const live = createLive({
    openStream: parts.line.open,
    lock: parts.lock,
    channel: parts.channel,
    visibility: {
      isVisible: () => isVisible,
      subscribe(callBack) {
        watchers.add(callBack);
        return () => watchers.delete(callBack);
      },
    },
    clock,
    version: () => fleet()?.version ?? null,
    take: (update, since) => takeUpdate(client, clock, update, since),
    async ask(giveUp) {
      giveUp.addEventListener('abort', () => void client.cancelQueries({ queryKey: query.queryKey }));
      return refetch();
    },
  });

  async function refetch(): Promise<boolean> {
    try {
      await client.fetchQuery({ ...query, staleTime: 0 });
      return true;
    } catch {
      return false;
    } finally {
      clock.stir();
    }
  }

  const common = {
    api,
    ids,
    clock,
    onSent: parts.onSent,
    onShown: parts.onShown,
    onSettled: () => void refetch(),
  };
  const stop = live.start();

  function remove(wanted: WantedChange): void {
    const sending = createSending(common);
    removals.push(sending);
    sending.submit(wanted);
  }

  function shown(clusterId: string) {
    const cluster = fleet()?.clusters.get(clusterId);
    return cluster === undefined
      ? null
      : { revision: cluster.revision, divisible: cluster.divisible, replicaSets: replicaSetsIn(cluster) };
  }

  return {
    fleet,
    api,
    drafts,
    editing: () => editing,
    openEditor(clusterId, expected) {
      editing?.close();
      editing = openEditing({
        ...common,
        clusterId,
        fleet,
        drafts,
        expected,
        lookAtUsers: (signal) => lookAtUsers(api, clock, client, signal),
      });
    },
    leaveEditor() {
      editing?.close();
      editing = null;
    },
    discard() {
      if (editing === null) return;
      drafts.drop(editing.clusterId);
      editing.close();
      editing = null;
    },
    remove,
    delete(clusterId) {
      const base = shown(clusterId);
      if (base !== null) remove({ kind: 'delete', clusterId, base });
    },
    deleteWhenIdle(clusterId) {
      const base = shown(clusterId);
      if (base !== null) remove({ kind: 'delete-when-idle', clusterId, base });
    },
    touch(clusterId) {
      const base = shown(clusterId);
      if (base === null) return;
      const { divisible, revision, replicaSets } = base;
      remove({ kind: 'save', clusterId, divisible, base: { revision, replicaSets }, want: replicaSets });
    },
    cancelWaiting() {
      const [waiting] = fleet()?.waiting ?? [];
      if (waiting !== undefined) api.cancelChange(waiting.changeId).catch(() => undefined);
    },
    releaseAll() {
      for (const cluster of fleet()?.clusters.values() ?? []) {
        for (const { id } of leftoversOf(cluster)) remove({ kind: 'release', clusterId: id });
      }
    },
    removals: () => removals,
    show(next) {
      isVisible = next;
      for (const watcher of watchers) watcher();
    },
    isVisible: () => isVisible,
    close() {
      stop();
      leaving.abort();
      editing?.close();
      for (const each of removals) each.close();
      removals = [];
      client.clear();
    },
  };
}
