// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { known } from '../../../../../domain/sourced.ts';
import { createHandClock } from '../../../../../testing/harness/hand-clock.ts';
import { ConsoleProvider } from '../../../../api/console.tsx';
import { POLL_INTERVAL_MS } from '../../../../api/live-updates.ts';
import { stubMediaQueries } from '../../../../testing/browser-stubs.ts';
import { localSession } from '../../../../testing/local-session.ts';
import { scriptedApi, scriptedFleet } from '../../../../testing/scripted-api.tsx';
import { computeLayout } from '../layout/compute-layout.ts';
import { Kiosk } from './kiosk.tsx';
import { STOP_MS } from './kiosk-tour.ts';
import { applyMap, emptyMap } from '../layout/map-model.ts';

beforeAll(() => stubMediaQueries(false));
afterEach(cleanup);

/** A wall screen over a fleet with one virtual cluster that needs attention, and a console that can go away. */
function openKiosk() {
  const clock = createHandClock();
  const server = { isAway: false, script: 'index-old.js' };
  const answer = <T,>(value: () => T) => {
    if (server.isAway) return Promise.reject(new Error('away'));
    return Promise.resolve(value());
  };
  const pool = { templates: [], jobClusters: known([], 'state') };
  const fleet = () => {
    const update = scriptedFleet([], pool, 'e-1');
    const read = { readAt: clock.now(), failure: null };
    return { ...update, now: clock.now(), sources: { ...update.sources, list: read } };
  };
  const model = emptyMap();
  const place = { jobClusterId: null, templateId: '4c8g', slots: 2, changed: [] };
  const sections = [{ key: 's', clusterId: 'broken', cells: 'bd', ...place }];
  applyMap(model, { version: 'e-1', whole: true, removed: [], sections });
  const layout = computeLayout(model.sections.values(), 'cluster', { width: 900, height: 600 }, null);
  const [showGroup, fitAll] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const view = { layout: () => layout, setMarks: () => undefined, showGroup, fitAll };
  const reload = vi.fn<() => void>();
  const page = {
    ownScripts: () => ['http://wall/assets/index-old.js'],
    fetchPage: () => answer(() => `<script src="/assets/${server.script}"></script>`),
    reload,
  };
  const api = scriptedApi({
    session: () => answer(() => localSession),
    fleet: () => answer(fleet),
  });
  const stream = {
    openStream: () => () => undefined,
    lock: null,
    channel: null,
    visibility: { isVisible: () => true, subscribe: () => () => undefined },
  };
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ConsoleProvider parts={{ api, clock, ids: () => 'id', stream }}>
          <Kiosk model={model} view={view} page={page} leave={() => undefined} />
        </ConsoleProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  const wait = (ms: number) => act(() => clock.advance(ms));
  return { server, wait, showGroup, reload };
}

test('a wall screen outlives its console: it says of when its picture is, tours on, reconnects, and takes up a new build', async () => {
  const { server, wait, showGroup, reload } = openKiosk();
  await wait(POLL_INTERVAL_MS);
  expect(screen.getByText('Live')).toBeTruthy();

  server.isAway = true;
  await wait(POLL_INTERVAL_MS);
  expect(screen.getByText(/^Console unreachable since \d\d:\d\d · as of \d\d:\d\d/i)).toBeTruthy();
  const before = showGroup.mock.calls.length;
  await wait(4 * STOP_MS);
  expect(showGroup.mock.calls.length - before).toBe(2);

  server.isAway = false;
  await wait(POLL_INTERVAL_MS);
  expect(screen.getByText('Live')).toBeTruthy();
  expect(reload).not.toHaveBeenCalled();

  server.isAway = true;
  await wait(POLL_INTERVAL_MS);
  Object.assign(server, { isAway: false, script: 'index-new.js' });
  await wait(POLL_INTERVAL_MS);
  expect(reload).toHaveBeenCalledOnce();
});
