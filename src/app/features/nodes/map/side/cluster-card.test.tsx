// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
import { emptyMap } from '../layout/map-model.ts';
import { ClusterCard } from './cluster-card.tsx';

beforeEach(() => stubMediaQueries(false));
afterEach(cleanup);

function show(clusterId: string) {
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession()),
    fleet: () => Promise.resolve(scriptedFleet([clusterOf({}, { id: 'empty' })], poolOf({ '4c8g': 0 }), 'e-1')),
  });
  const nothing = () => undefined;
  render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={createDraftStore(null)}>
      <ClusterCard card={{ clusterId }} model={emptyMap()} show={nothing} close={nothing} />
    </ScriptedPage>,
  );
}

test('of a virtual cluster that is not there it says so, and shows nothing on the map', async () => {
  show('nope');
  expect(await screen.findByText(/Ray's list has no nope/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Show on map' })).toBeNull();
});

test('one without nodes is there, and not on the map', async () => {
  show('empty');
  expect(await screen.findByText('It has no nodes on the map.')).toBeTruthy();
  expect(await screen.findByText('No job runs in it.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Show on map' })).toBeNull();
});
