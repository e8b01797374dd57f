import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { known, type UnknownReason } from '../../domain/sourced.ts';
import type { FreePool, VirtualCluster } from '../../domain/fleet.ts';
import type { Result } from '../../domain/result.ts';
import type { Api } from '../api/client.ts';
import type { ConsoleParts } from '../api/connect-console.ts';
import { ConsoleProvider } from '../api/console.tsx';
import type { OpenStream } from '../api/live-updates.ts';
import { createDraftStore, type DraftStore } from '../drafts/draft-store.ts';
import { DraftsProvider } from '../drafts/drafts-context.tsx';
import { Editor } from '../features/editor/editor.tsx';

/** What the back end says to a change: a result, null for "still being sent", or an error that is thrown. */
export type ScriptedReply = Result | null | Error;

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
  let push: ((update: FleetUpdate) => void) | null = null;
  let n = 1;
  let epoch = 'e';
  const version = () => `${epoch}-${String(n)}`;
  let { clusters, pool } = script;
  let looks = 0;
  let whenLooking: () => Promise<void> = () => Promise.resolve();

  const not = () => Promise.reject(new Error('nothing is scripted for this'));
  const api: Api = {
    session: () =>
      Promise.resolve({
        who: 'local administrator',
        mayWrite: script.mayWrite ?? true,
        mayNotWriteBecause: script.mayWrite === false ? 'This console was started with --read-only.' : null,
        clusters: null,
        via: 'local',
        ray: { address: 'simulator', simulated: true, version: '2.44.1.1', sessionName: 's' },
        consoleVersion: '0',
      }),
    async fleet(_since, _signal, look) {
      if (look !== undefined) {
        looks += 1;
        await whenLooking();
      }
      return fleetOf(clusters, pool, version());
    },
    signIn: not,
    signOut: not,
    nodes: not,
    clusterNodes: not,
    node: not,
    map: not,
    mapNodes: not,
    fleetEvents: not,
    clusterRaw: not,
    changes: not,
    cancelChange: not,
    dismissNotice: not,
    simulator: not,
    async putChange(id, wanted) {
      sent.push({ id, wanted });
      const answer = await answers.shift();
      if (answer === undefined) throw new Error('no answer is scripted for this change');
      if (answer instanceof Error) throw answer;
      return changeOf(id, wanted, answer);
    },
    change(id) {
      looked.push(id);
      const there = found.get(id);
      return there === undefined ? Promise.reject(new Error('not scripted')) : Promise.resolve(there);
    },
  };
  const openStream: OpenStream = (_since, on) => {
    push = (update) => on.update(update, null);
    return () => undefined;
  };
  const clock: Clock = { now: () => 1_795_469_081_000, after: () => () => undefined };
  const parts: ConsoleParts = {
    api,
    clock,
    ids: () => `change-${String(sent.length + 1)}`,
    stream: {
      openStream,
      lock: (held) => held(),
      channel: null,
      visibility: { isVisible: () => true, subscribe: () => () => undefined },
    },
  };

  function mount() {
    return render(<Editor clusterId={script.clusterId} />, {
      wrapper: ({ children }) => (
        <MantineProvider env="test">
          <QueryClientProvider
            client={new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } })}
          >
            <ConsoleProvider parts={parts}>
              <DraftsProvider store={drafts}>{children}</DraftsProvider>
            </ConsoleProvider>
          </QueryClientProvider>
        </MantineProvider>
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
    /** What looking at a change finds; null: the console knows nothing of it. */
    finds(id: string, wanted: ChangeRequest, result: Result | null | 'nothing') {
      found.set(id, result === 'nothing' ? null : changeOf(id, wanted, result));
    },
    /** The fleet moves. */
    fleetIs(nextClusters: readonly VirtualCluster[], nextPool = script.pool) {
      n += 1;
      clusters = nextClusters;
      pool = nextPool;
      push?.(fleetOf(clusters, pool, version()));
    },
    /** The console is started anew, or Ray is: another telling of the fleet. */
    startsAnew(nextClusters: readonly VirtualCluster[]) {
      epoch += 'x';
      n = 1;
      clusters = nextClusters;
      push?.(fleetOf(clusters, pool, version()));
    },
    /** The list, which tells of clusters, can't be read any more. */
    listFails(reason: UnknownReason, since: number) {
      n += 1;
      const update = fleetOf(clusters, pool, version());
      push?.({ ...update, sources: { ...update.sources, list: { readAt: since, failure: { reason, since } } } });
    },
    /** What a look at the users finds that the page was not told of; it waits for `until`, and fails where that does. */
    lookFinds(nextClusters: readonly VirtualCluster[], until: Promise<void> = Promise.resolve()) {
      whenLooking = async () => {
        await until;
        n += 1;
        clusters = nextClusters;
      };
    },
    looks: () => looks,
    /** The tab is reloaded: only what is stored stays. */
    reload() {
      shown.unmount();
      shown = mount();
    },
  };
}

function changeOf(id: string, wanted: ChangeRequest, result: Result | null): Change {
  return {
    id,
    wanted,
    who: 'me',
    address: '127.0.0.1',
    via: 'local',
    by: 'page',
    askedAt: 0,
    settledAt: 0,
    attempts: 1,
    before: null,
    result,
    moved: null,
  };
}

function fleetOf(clusters: readonly VirtualCluster[], pool: FreePool, version: string): FleetUpdate {
  const fine = { readAt: 1_795_469_081_000, failure: null };
  return {
    version,
    whole: true,
    now: 1_795_469_081_000,
    clusters,
    removed: [],
    pool,
    nodeCounts: { total: known(60, 'liveness'), dead: known(0, 'liveness') },
    sources: { list: fine, liveness: fine, state: fine, summary: fine, actors: fine, jobs: fine, identity: fine },
    readOnly: null,
    waiting: [],
    notice: null,
    map: 0,
    lately: 0,
  };
}
