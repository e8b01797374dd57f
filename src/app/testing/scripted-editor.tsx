import { render } from '@testing-library/react';
import type { Change } from '../../contract/change.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { UnknownReason } from '../../domain/sourced.ts';
import type { FreePool, VirtualCluster } from '../../domain/fleet.ts';
import type { Result } from '../../domain/result.ts';
import { createDraftStore, type DraftStore } from '../drafts/draft-store.ts';
import { Editor } from '../features/editor/editor.tsx';
import {
  scriptedApi,
  scriptedChange,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
  scriptedSession,
  type ScriptedReply,
} from './scripted-api.tsx';

/** The editor over a back end that answers as scripted; time stands still. */
export function renderScriptedEditor(script: {
  readonly clusterId: string | null;
  readonly clusters: readonly VirtualCluster[];
  readonly pool: FreePool;
  readonly mayWrite?: boolean;
  readonly drafts?: DraftStore;
}) {
  const sent: { readonly id: string; readonly wanted: ChangeRequest }[] = [];
  const looked: string[] = [];
  const answers: (ScriptedReply | Promise<ScriptedReply>)[] = [];
  const found = new Map<string, Change | null>();
  const drafts = script.drafts ?? createDraftStore(null);
  let n = 1;
  let epoch = 'e';
  const version = () => `${epoch}-${String(n)}`;
  let { clusters, pool } = script;
  let looks = 0;
  let whenLooking: () => Promise<void> = () => Promise.resolve();

  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession(script.mayWrite)),
    async fleet(_since, _signal, look) {
      if (look !== undefined) {
        looks += 1;
        await whenLooking();
      }
      return scriptedFleet(clusters, pool, version());
    },
    async putChange(id, wanted) {
      sent.push({ id, wanted });
      const answer = await answers.shift();
      if (answer === undefined) throw new Error('no answer is scripted for this change');
      if (answer instanceof Error) throw answer;
      return scriptedChange(id, wanted, answer);
    },
    change(id) {
      looked.push(id);
      const there = found.get(id);
      return there === undefined ? Promise.reject(new Error('not scripted')) : Promise.resolve(there);
    },
  });
  const { parts, push } = scriptedParts(api, () => `change-${String(sent.length + 1)}`);

  function mount() {
    return render(<Editor clusterId={script.clusterId} />, {
      wrapper: ({ children }) => (
        <ScriptedPage parts={parts} drafts={drafts}>
          {children}
        </ScriptedPage>
      ),
    });
  }

  let shown = mount();
  return {
    sent,
    looked,
    drafts,
    /** The answers to the changes that are sent, in their order. */
    answer: (...next: readonly (ScriptedReply | Promise<ScriptedReply>)[]) => void answers.push(...next),
    /** What looking a change up returns; `nothing`: the console knows nothing of it. */
    finds(id: string, wanted: ChangeRequest, result: Result | null | 'nothing') {
      found.set(id, result === 'nothing' ? null : scriptedChange(id, wanted, result));
    },
    /** The fleet changes. */
    fleetIs(nextClusters: readonly VirtualCluster[], nextPool = script.pool) {
      n += 1;
      clusters = nextClusters;
      pool = nextPool;
      push(scriptedFleet(clusters, pool, version()));
    },
    /** The console, or Ray, is restarted: the fleet's versions are of another epoch. */
    startsAnew(nextClusters: readonly VirtualCluster[]) {
      epoch += 'x';
      n = 1;
      clusters = nextClusters;
      push(scriptedFleet(clusters, pool, version()));
    },
    /** The cluster list can no longer be read. */
    listFails(reason: UnknownReason, since: number) {
      n += 1;
      const update = scriptedFleet(clusters, pool, version());
      push({ ...update, sources: { ...update.sources, list: { readAt: since, failure: { reason, since } } } });
    },
    /** What a fresh read of the users finds before the page was told; it waits for `until`, and fails when that does. */
    lookFinds(nextClusters: readonly VirtualCluster[], until: Promise<void> = Promise.resolve()) {
      whenLooking = async () => {
        await until;
        n += 1;
        clusters = nextClusters;
      };
    },
    looks: () => looks,
    /** The tab is reloaded: only stored drafts survive. */
    reload() {
      shown.unmount();
      shown = mount();
    },
  };
}
