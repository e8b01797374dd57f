import { render } from '@testing-library/react';
import type { ChangeRequest } from '../../domain/change.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { createDraftStore } from '../drafts/draft-store.ts';
import { ClusterScreen } from '../shell/cluster-screen.tsx';
import { poolOf } from './cluster-fixture.ts';
import {
  scriptedApi,
  scriptedChange,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
  scriptedSession,
  type ScriptedReply,
} from './scripted-api.tsx';

/** The panel of one virtual cluster over a back end that answers as scripted; time stands still. */
export function renderScriptedPanel(
  clusterId: string,
  clusters: readonly VirtualCluster[],
  options: { readonly mayWrite?: boolean; readonly patterns?: string[] } = {},
) {
  window.history.replaceState(null, '', `/clusters/${clusterId}`);
  const sent: ChangeRequest[] = [];
  const answers: (ScriptedReply | Promise<ScriptedReply>)[] = [];
  const found: (ScriptedReply | 'nothing')[] = [];
  let n = 1;
  const fleetOf = (now: readonly VirtualCluster[]) => scriptedFleet(now, poolOf({ '4c8g': 3 }), `e-${String(n)}`);
  const answered = (id: string, wanted: ChangeRequest, answer: ScriptedReply | undefined) => {
    if (answer === undefined) throw new Error('no answer is scripted for this change');
    if (answer instanceof Error) throw answer;
    return scriptedChange(id, wanted, answer);
  };
  const api = scriptedApi({
    session: () => Promise.resolve({ ...scriptedSession(options.mayWrite), clusters: options.patterns ?? null }),
    fleet: () => Promise.resolve(fleetOf(clusters)),
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
  });
  const { parts, push } = scriptedParts(api, () => `change-${String(sent.length + 1)}`);
  const drafts = createDraftStore(null);
  render(<ClusterScreen clusterId={clusterId} />, {
    wrapper: ({ children }) => (
      <ScriptedPage parts={parts} drafts={drafts}>
        {children}
      </ScriptedPage>
    ),
  });
  return {
    sent,
    /** The answers to the changes that are sent, in their order. */
    answer: (...next: readonly (ScriptedReply | Promise<ScriptedReply>)[]) => void answers.push(...next),
    /** What looking a change up returns, in order; `nothing`: the console knows nothing of it. */
    finds: (...next: readonly (ScriptedReply | 'nothing')[]) => void found.push(...next),
    fleetIs(next: readonly VirtualCluster[]) {
      n += 1;
      push(fleetOf(next));
    },
  };
}
