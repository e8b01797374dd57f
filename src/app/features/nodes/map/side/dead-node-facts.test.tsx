// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unknown } from '../../../../../domain/sourced.ts';
import { createDraftStore } from '../../../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../../../testing/browser-stubs.ts';
import { clusterOf, poolOf } from '../../../../testing/cluster-fixture.ts';
import {
  scriptedApi,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
  scriptedSession,
} from '../../../../testing/scripted-api.tsx';
import { DeadNodeFacts } from './dead-node-facts.tsx';

beforeEach(() => stubMediaQueries(false));
afterEach(cleanup);

test('the card of a dead node says since when, that Ray waits for a free node, and that it counts as held', async () => {
  const nodeId = 'a'.repeat(56);
  const died = { kind: 'died', n: 1, at: 1_795_469_000_000, count: 1, templateId: '4c8g', clusterId: 'team' } as const;
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession()),
    fleet: () => Promise.resolve(scriptedFleet([clusterOf({ '4c8g': 2 })], poolOf({ '4c8g': 0 }), 'e-1')),
    fleetEvents: () => Promise.resolve({ epoch: 'e', last: 1, happenings: [{ ...died, nodeIds: [nodeId] }] }),
  });
  const node = {
    id: nodeId,
    hostname: null,
    templateId: '4c8g',
    clusterId: 'team',
    jobClusterId: null,
    state: 'dead',
    isHead: false,
    usage: unknown('failed', 'state'),
    use: unknown('failed', 'state'),
  } as const;
  render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={createDraftStore(null)}>
      <DeadNodeFacts node={node} />
    </ScriptedPage>,
  );
  expect(await screen.findByText('Replaces it when a 4c8g is free; none is.')).toBeTruthy();
  expect(await screen.findByText(/ago$/)).toBeTruthy();
  expect(screen.getByText('In team it still counts as held, and nothing can run on it.')).toBeTruthy();
});
