import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { known } from '../../domain/sourced.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import type { Result } from '../../domain/result.ts';
import type { Api } from '../api/client.ts';
import type { ConsoleParts } from '../api/connect-console.ts';
import { ConsoleProvider } from '../api/console.tsx';
import { createDraftStore } from '../drafts/draft-store.ts';
import { DraftsProvider } from '../drafts/drafts-context.tsx';
import { poolOf } from './cluster-fixture.ts';
import { ClusterScreen } from '../shell/cluster-screen.tsx';

const NOW = 1_795_469_081_000;

/** What the back end says to a change: a result, null for "still being sent", or an error that is thrown. */
type ScriptedReply = Result | null | Error;

/** The panel of one virtual cluster over a back end that answers as scripted; time stands still. */
export function renderScriptedPanel(
  clusterId: string,
  clusters: readonly VirtualCluster[],
  options: { readonly mayWrite?: boolean } = {},
) {
  window.history.replaceState(null, '', `/clusters/${clusterId}`);
  const mayWrite = options.mayWrite ?? true;
  const sent: ChangeRequest[] = [];
  const answers: (ScriptedReply | Promise<ScriptedReply>)[] = [];
  const found: (ScriptedReply | 'nothing')[] = [];
  let push: ((update: FleetUpdate) => void) | null = null;
  let n = 1;
  const not = () => Promise.reject(new Error('nothing is scripted for this'));
  const answered = (id: string, wanted: ChangeRequest, answer: ScriptedReply | undefined): Change => {
    if (answer === undefined) throw new Error('no answer is scripted for this change');
    if (answer instanceof Error) throw answer;
    return {
      id,
      wanted,
      who: 'me',
      address: '127.0.0.1',
      via: 'local',
      by: 'page',
      askedAt: NOW,
      settledAt: NOW,
      attempts: 1,
      before: null,
      result: answer,
      moved: null,
    };
  };
  const api: Api = {
    session: () =>
      Promise.resolve({
        who: 'me',
        mayWrite,
        mayNotWriteBecause: mayWrite ? null : 'This console was started with --read-only.',
        clusters: null,
        via: 'local',
        ray: { address: 'simulator', simulated: true, version: '2.44.1.1', sessionName: 's' },
        consoleVersion: '0',
      }),
    fleet: () => Promise.resolve(fleetOf(clusters, n)),
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
      sent.push(wanted);
      return answered(id, wanted, await answers.shift());
    },
    async change(id) {
      const there = found.shift();
      const wanted = sent.at(-1);
      if (wanted === undefined) throw new Error('nothing was sent');
      return there === 'nothing' ? null : answered(id, wanted, there);
    },
  };
  const clock: Clock = { now: () => NOW, after: () => () => undefined };
  const parts: ConsoleParts = {
    api,
    clock,
    ids: () => `change-${String(sent.length + 1)}`,
    stream: {
      openStream(_since, on) {
        push = (update) => on.update(update, null);
        return () => undefined;
      },
      lock: (held) => held(),
      channel: null,
      visibility: { isVisible: () => true, subscribe: () => () => undefined },
    },
  };
  render(<ClusterScreen clusterId={clusterId} />, {
    wrapper: ({ children }) => (
      <MantineProvider env="test">
        <QueryClientProvider
          client={new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } })}
        >
          <ConsoleProvider parts={parts}>
            <DraftsProvider store={createDraftStore(null)}>{children}</DraftsProvider>
          </ConsoleProvider>
        </QueryClientProvider>
      </MantineProvider>
    ),
  });
  return {
    sent,
    /** The answers to the changes that are sent, in their order. */
    answer: (...next: readonly (ScriptedReply | Promise<ScriptedReply>)[]) => void answers.push(...next),
    /** What looking at a change finds, in order; `nothing`: the console knows nothing of it. */
    finds: (...next: readonly (ScriptedReply | 'nothing')[]) => void found.push(...next),
    fleetIs(next: readonly VirtualCluster[]) {
      n += 1;
      push?.(fleetOf(next, n));
    },
  };
}

function fleetOf(clusters: readonly VirtualCluster[], n: number): FleetUpdate {
  const fine = { readAt: NOW, failure: null };
  return {
    version: `e-${String(n)}`,
    whole: true,
    now: NOW,
    clusters,
    removed: [],
    pool: poolOf({ '4c8g': 3 }),
    nodeCounts: { total: known(60, 'liveness'), dead: known(0, 'liveness') },
    sources: { list: fine, liveness: fine, state: fine, summary: fine, actors: fine, jobs: fine, identity: fine },
    readOnly: null,
    waiting: [],
    notice: null,
    map: 0,
    lately: 0,
  };
}
