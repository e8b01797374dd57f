// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { known } from '../../domain/sourced.ts';
import { createDraftStore } from '../drafts/draft-store.ts';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { clusterOf, poolOf } from '../testing/cluster-fixture.ts';
import { scriptedApi, scriptedFleet, ScriptedPage, scriptedParts, scriptedSession } from '../testing/scripted-api.tsx';
import { PageTitle } from './page-title-setter.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('the title follows the fleet, and is not touched by an update that leaves it as it is', async () => {
  stubMediaQueries(false);
  const first = scriptedFleet([clusterOf({ '4c8g': 2 })], poolOf({}), 'e-1');
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession()),
    fleet: () => Promise.resolve(first),
  });
  const { parts, push } = scriptedParts(api, () => 'id');
  const written = vi.spyOn(document, 'title', 'set');
  render(
    <ScriptedPage parts={parts} drafts={createDraftStore(null)}>
      <PageTitle route={{ page: 'clusters', panel: null }} />
    </ScriptedPage>,
  );
  await expect.poll(() => document.title).toBe('Virtual clusters');
  const dead = { ...first.nodeCounts, dead: known(3, 'liveness') };
  await expect
    .poll(() => {
      act(() => push({ ...first, version: 'e-2', nodeCounts: dead }));
      return document.title;
    })
    .toBe('● 3 dead · Virtual clusters');
  written.mockClear();
  act(() => push({ ...first, version: 'e-3', clusters: [clusterOf({ '4c8g': 3 })], nodeCounts: dead }));
  act(() => push({ ...first, version: 'e-4', clusters: [clusterOf({ '4c8g': 4 })], nodeCounts: dead }));
  expect(written).not.toHaveBeenCalled();
  const { list } = first.sources;
  const failed = { ...list, failure: { reason: 'unreachable', since: 1 } } as const;
  act(() => push({ ...first, version: 'e-5', nodeCounts: dead, sources: { ...first.sources, list: failed } }));
  await expect.poll(() => document.title).toBe('Ray unreachable · Virtual clusters');
});
