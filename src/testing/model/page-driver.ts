import { QueryClient } from '@tanstack/react-query';
import { createApi, type Api } from '../../app/api/client.ts';
import { createLiveUpdates, type LiveUpdatesParts } from '../../app/api/live-updates.ts';
import type { PageFleet } from '../../app/api/page-fleet.ts';
import { fleetQuery, cachedFleet, refreshClusterUsers, applyFleetUpdate } from '../../app/api/fleet-query.ts';
import type { Submission } from '../../app/changes/submission.ts';
import { createDraftStore, type DraftStore } from '../../app/drafts/draft-store.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import { leftoverJobClustersOf } from '../../app/cluster-ui/leftovers.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import type { ModelClock } from './model-clock.ts';
import { openEditorDriver, type EditorDriver } from './editor-driver.ts';
import { createSubmitter, type Submitter } from './submitter.ts';
import type { StreamLink } from './stream-link.ts';

/** One page's worth of client code, without its drawing: the fleet, an editor, and deletes and releases. */
export interface PageDriver {
  readonly fleet: () => PageFleet | null;
  readonly api: Api;
  readonly drafts: DraftStore;
  editor(): EditorDriver | null;
  /** Opens the editor; `expected`: what must be in its fields, when it is opened on a draft. */
  openEditor(clusterId: string | null, expected: ReadonlyMap<string, string> | null): void;
  leaveEditor(): void;
  discard(): void;
  /** Sends a change that is none of the editor's. */
  submitChange(wanted: ChangeRequest): void;
  /** Deletes what the page shows; at once, or when it is idle. */
  delete(clusterId: string): void;
  deleteWhenIdle(clusterId: string): void;
  /** Saves what the page shows as it is. */
  saveUnchanged(clusterId: string): void;
  /** Calls the first deletion off that the page shows as waiting. */
  cancelWaiting(): void;
  releaseAll(): void;
  submitters(): readonly Submitter[];
  setVisible(isVisible: boolean): void;
  isVisible(): boolean;
  /** The tab goes away: nothing that comes later is heard. */
  close(): void;
}

export interface PageParts {
  readonly fetch: FetchHandler;
  readonly origin: string;
  readonly clock: ModelClock;
  readonly ids: () => string;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly streamLink: StreamLink;
  readonly lock: LiveUpdatesParts['lock'];
  readonly channel: LiveUpdatesParts['channel'];
  readonly onSent: (id: string, wanted: ChangeRequest) => void;
  readonly onShown: (submission: Submission) => void;
}

export function openPage(parts: PageParts): PageDriver {
  const { clock, ids } = parts;
  const leaving = new AbortController();
  const api = createApi(
    (request) => parts.fetch(new Request(request, { signal: AbortSignal.any([request.signal, leaving.signal]) })),
    parts.origin,
  );
  const client = new QueryClient();
  const query = fleetQuery(api, clock, client);
  const fleet = () => cachedFleet(client);
  const drafts = createDraftStore(parts.storage);
  const watchers = new Set<() => void>();
  let isVisible = true;
  let editing: EditorDriver | null = null;
  let removals: Submitter[] = [];

  const live = createLiveUpdates({
    openStream: parts.streamLink.open,
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
    currentVersion: () => fleet()?.version ?? null,
    applyUpdate: (update, since) => applyFleetUpdate(client, clock, update, since),
    async fetchUpdates(giveUp) {
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
      clock.noteActivity();
    }
  }

  const common = {
    api,
    ids,
    clock,
    onSent: parts.onSent,
    onShown: parts.onShown,
    onSettled: () => void live.refresh(),
  };
  const stop = live.start();

  function remove(wanted: ChangeRequest): void {
    const sending = createSubmitter(common);
    removals.push(sending);
    sending.submit(wanted);
  }

  function shown(clusterId: string) {
    const cluster = fleet()?.clusters.get(clusterId);
    return cluster === undefined
      ? null
      : { revision: cluster.revision, divisible: cluster.divisible, replicaSets: heldReplicaSetsOf(cluster) };
  }

  return {
    fleet,
    api,
    drafts,
    editor: () => editing,
    openEditor(clusterId, expected) {
      editing?.close();
      editing = openEditorDriver({
        ...common,
        clusterId,
        fleet,
        drafts,
        expected,
        lookAtUsers: (signal) => refreshClusterUsers(api, clock, client, signal),
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
    submitChange: remove,
    delete(clusterId) {
      const base = shown(clusterId);
      if (base !== null) remove({ kind: 'delete', clusterId, base });
    },
    deleteWhenIdle(clusterId) {
      const base = shown(clusterId);
      if (base !== null) remove({ kind: 'delete-when-idle', clusterId, base });
    },
    saveUnchanged(clusterId) {
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
        for (const { id } of leftoverJobClustersOf(cluster)) remove({ kind: 'release', clusterId: id });
      }
    },
    submitters: () => removals,
    setVisible(next) {
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
