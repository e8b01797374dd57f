// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import type { MapUpdate } from '../../contract/map.ts';
import type { Api } from '../api/client.ts';
import { createDraftStore } from '../drafts/draft-store.ts';
import { useMapUpdates } from '../features/nodes/map/surface/use-map-updates.ts';
import { poolOf } from '../testing/cluster-fixture.ts';
import { localSession } from '../testing/local-session.ts';
import { scriptedApi, scriptedFleet, ScriptedPage, scriptedParts } from '../testing/scripted-api.tsx';
import { MapAhead } from './map-ahead.tsx';

function openNodes() {
  const map = vi.fn<Api['map']>(async (): Promise<MapUpdate> => ({
    version: 'e-3',
    whole: true,
    removed: [],
    sections: [],
  }));
  const api = scriptedApi({
    session: async () => localSession,
    fleet: async () => ({ ...scriptedFleet([], poolOf({}), 'e-1'), map: 3 }),
    map,
  });
  const { parts } = scriptedParts(api, () => 'id');
  const drafts = createDraftStore(null);
  const page = (content: ReactNode) => (
    <ScriptedPage parts={parts} drafts={drafts}>
      {content}
    </ScriptedPage>
  );
  const { rerender } = render(page(<MapAhead />));
  return { map, showMap: () => rerender(page(<TestMap />)) };
}

function TestMap() {
  const { model } = useMapUpdates();
  return <p>{model.version ?? 'none'}</p>;
}

test('the map asks for nothing that was asked for while its code was loaded', async () => {
  const { map, showMap } = openNodes();
  await vi.waitFor(() => expect(map).toHaveBeenCalledOnce());
  showMap();
  expect(await screen.findByText('e-3')).toBeDefined();
  expect(map).toHaveBeenCalledOnce();
});
