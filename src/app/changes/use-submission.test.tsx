// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { ChangeRequest } from '../../domain/change.ts';
import { useFleet } from '../api/console.tsx';
import { createDraftStore } from '../drafts/draft-store.ts';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { clusterOf, poolOf, revisionOf } from '../testing/cluster-fixture.ts';
import {
  scriptedApi,
  scriptedChange,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
  scriptedSession,
} from '../testing/scripted-api.tsx';
import { useSubmission } from './use-submission.ts';

beforeAll(() => stubMediaQueries(false));
afterEach(cleanup);

const before = clusterOf({ '4c8g': 1 }, { revision: '1795469080484243902' });
const after = clusterOf({ '4c8g': 2 }, { revision: '1795469080484243999' });
const save: ChangeRequest = {
  kind: 'save',
  clusterId: before.id,
  divisible: false,
  base: { revision: before.revision, replicaSets: { '4c8g': 1 } },
  want: { '4c8g': 2 },
};

/** A page that shows the fleet, over a back end that has the saved cluster as soon as the save is answered. */
async function openPage(options: { readonly hasStream: boolean }) {
  let fleet = scriptedFleet([before], poolOf({}), 'e-1');
  let fleetRequests = 0;
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession()),
    fleet() {
      fleetRequests += 1;
      return Promise.resolve(fleet);
    },
    putChange(id, wanted) {
      fleet = scriptedFleet([after], poolOf({}), 'e-2');
      const result = { kind: 'applied', revision: revisionOf(after.revision), seen: 'reply', retries: 0 } as const;
      return Promise.resolve(scriptedChange(id, wanted, result));
    },
  });
  const { parts, push } = scriptedParts(api, () => 'change-1', options);
  const drafts = createDraftStore(null);
  const { result } = renderHook(() => ({ ...useSubmission(), fleet: useFleet().fleet }), {
    wrapper: ({ children }) => (
      <ScriptedPage parts={parts} drafts={drafts}>
        {children}
      </ScriptedPage>
    ),
  });
  await waitFor(() => expect(result.current.fleet).not.toBeNull());
  const shown = () => result.current.fleet?.clusters.get(before.id)?.revision;
  return {
    shown,
    push: () => act(() => push(fleet)),
    async save() {
      const requestsBefore = fleetRequests;
      act(() => void result.current.submit(save));
      await waitFor(() => expect(result.current.submission.phase).toBe('answered'));
      return () => fleetRequests - requestsBefore;
    },
  };
}

test('with a live stream a save fetches no fleet: the event brings it', async () => {
  const page = await openPage({ hasStream: true });
  page.push();
  const requests = await page.save();
  page.push();
  await waitFor(() => expect(page.shown()).toBe(after.revision));
  expect(requests()).toBe(0);
});

test('without a stream a save fetches the fleet once', async () => {
  const page = await openPage({ hasStream: false });
  const requests = await page.save();
  await waitFor(() => expect(page.shown()).toBe(after.revision));
  expect(requests()).toBe(1);
});
