import { QueryClient } from '@tanstack/react-query';
import { createApi, type Api } from '../../app/api/client.ts';
import { createLiveUpdates, type FetchOutcome, type LiveUpdatesParts } from '../../app/api/live-updates.ts';
import type { PageFleet } from '../../app/api/page-fleet.ts';
import {
  fleetQuery,
  fetchFleet,
  cachedFleet,
  refreshClusterUsers,
  applyFleetUpdate,
} from '../../app/api/fleet-query.ts';
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

/** The client code of one page without its rendering: the fleet, an editor, deletes and releases. */
export interface PageDriver {
  readonly fleet: () => PageFleet | null;
  readonly api: Api;
  readonly drafts: DraftStore;
  editor(): EditorDriver | null;
  /** Opens the editor. `expected`: the text that each field must hold, when it opens on a stored draft. */
  openEditor(clusterId: string | null, expected: ReadonlyMap<string, string> | null): void;
  leaveEditor(): void;
  discard(): void;
  /** Sends a change that does not come from the editor. */
  submitChange(wanted: ChangeRequest): void;
  /** Deletes the cluster in the state that the page shows; at once, or when it is idle. */
  delete(clusterId: string): void;
  deleteWhenIdle(clusterId: string): void;
  /** Saves the cluster in exactly the state that the page shows. */
  saveUnchanged(clusterId: string): void;
  /** Cancels the first deferred deletion that the page shows. */
  cancelWaiting(): void;
  releaseAll(): void;
  submitters(): readonly Submitter[];
  setVisible(isVisible: boolean): void;
  isVisible(): boolean;
  /** Closes the tab: later replies are ignored. */
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
  const visibilityListeners = new Set<() => void>();
  let isVisible = true;
  let editor: EditorDriver | null = null;
  let submitters: Submitter[] = [];

  const live = createLiveUpdates({
    openStream: parts.streamLink.open,
    lock: parts.lock,
    channel: parts.channel,
    visibility: {
      isVisible: () => isVisible,
      subscribe(callBack) {
        visibilityListeners.add(callBack);
        return () => visibilityListeners.delete(callBack);
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

  async function refetch(): Promise<FetchOutcome> {
    try {
      await fetchFleet(client, query);
      return 'answered';
    } catch {
      return 'failed';
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

  function submitChange(wanted: ChangeRequest): void {
    const submitter = createSubmitter(common);
    submitters.push(submitter);
    submitter.submit(wanted);
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
    editor: () => editor,
    openEditor(clusterId, expected) {
      editor?.close();
      editor = openEditorDriver({
        ...common,
        clusterId,
        fleet,
        drafts,
        expected,
        lookAtUsers: (signal) => refreshClusterUsers(api, clock, client, signal),
      });
    },
    leaveEditor() {
      editor?.close();
      editor = null;
    },
    discard() {
      if (editor === null) return;
      drafts.drop(editor.clusterId);
      editor.close();
      editor = null;
    },
    submitChange,
    delete(clusterId) {
      const base = shown(clusterId);
      if (base !== null) submitChange({ kind: 'delete', clusterId, base });
    },
    deleteWhenIdle(clusterId) {
      const base = shown(clusterId);
      if (base !== null) submitChange({ kind: 'delete-when-idle', clusterId, base });
    },
    saveUnchanged(clusterId) {
      const base = shown(clusterId);
      if (base === null) return;
      const { divisible, revision, replicaSets } = base;
      submitChange({ kind: 'save', clusterId, divisible, base: { revision, replicaSets }, want: replicaSets });
    },
    cancelWaiting() {
      const [waiting] = fleet()?.waiting ?? [];
      if (waiting !== undefined) api.cancelChange(waiting.changeId).catch(() => undefined);
    },
    releaseAll() {
      for (const cluster of fleet()?.clusters.values() ?? []) {
        for (const { id } of leftoverJobClustersOf(cluster)) submitChange({ kind: 'release', clusterId: id });
      }
    },
    submitters: () => submitters,
    setVisible(next) {
      isVisible = next;
      for (const listener of visibilityListeners) listener();
    },
    isVisible: () => isVisible,
    close() {
      stop();
      leaving.abort();
      editor?.close();
      for (const each of submitters) each.close();
      submitters = [];
      client.clear();
    },
  };
}
