// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Profiler, useState } from 'react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import { known, perSource } from '../../domain/sourced.ts';
import type { FreeTemplate, VirtualCluster } from '../../domain/fleet.ts';
import { parseRevision } from '../../domain/revision.ts';
import { createApi } from '../api/client.ts';
import { ConsoleProvider } from '../api/console.tsx';
import type { OpenStream } from '../api/live-updates.ts';
import { createDraftStore } from '../drafts/draft-store.ts';
import { DraftsProvider } from '../drafts/drafts-context.tsx';
import { createToastStore } from '../ui/toasts/toast-store.ts';
import { ToastsProvider } from '../ui/toasts/toasts-context.tsx';
import { FreshnessIndicator } from './freshness-indicator.tsx';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { localSession } from '../testing/local-session.ts';
import { OutageBanner } from '../features/outage/outage-banner.tsx';
import { text } from '../text/text.ts';
import { ClustersPage } from './clusters-page.tsx';
import { templateNodes } from '../../testing/harness/template-nodes.ts';

/** A full hour, less two minutes. */
const START = 1_800_000_000_000 - 120_000;
const DAY = 86_400_000;

function cluster(index: number, count: number): VirtualCluster {
  const revision = parseRevision(`${String(START - 3 * DAY)}000000`);
  if (revision === null) throw new Error('not a revision');
  return {
    id: `team-${String(index)}`,
    divisible: true,
    revision,
    templates: [templateNodes('4c8g', count)],
    usedBy: known({ jobClusters: [], jobs: [] }, 'state'),
  };
}

const free: FreeTemplate = {
  templateId: '4c8g',
  free: known({ count: 1, atMost: false }, 'state'),
  alive: known(30, 'liveness'),
  isHeadTemplate: false,
};

/** A page of ten virtual clusters whose back end goes on telling that it has read Ray, each 10 s. */
async function openPage({ isCached = false } = {}) {
  window.history.replaceState(null, '', '/clusters');
  const clock = createHandClock(START);
  let n = 1;
  let stream: Parameters<OpenStream>[1] | null = null;
  const watchers = new Set<() => void>();
  const tab = { visible: true };

  const updateOf = (whole: boolean, changed: readonly VirtualCluster[], readAgo: number): FleetUpdate => {
    const sources = perSource((name) => ({
      readAt: clock.now() - readAgo,
      failure: null,
      ...(name === 'list' && isCached ? { fromCache: true as const } : {}),
    }));
    return {
      version: `e-${String(n)}`,
      whole,
      now: clock.now(),
      clusters: changed,
      removed: [],
      pool: whole ? { templates: [free], jobClusters: known([], 'state') } : null,
      nodeCounts: { total: known(30, 'liveness'), dead: known(0, 'liveness') },
      sources,
      readOnly: null,
      waiting: [],
      notice: null,
      map: 1,
      lately: 1,
    };
  };
  const all = Array.from({ length: 10 }, (_, index) => cluster(index, 3));
  const answers: Readonly<Record<string, unknown>> = {
    '/api/session': localSession,
    '/api/changes': { changes: [], total: 0, next: null, kept: { since: 0, most: 9, days: 9, durable: true } },
    '/api/lately': { epoch: 'e', last: 1, happenings: [] },
  };
  const parts = {
    api: createApi(
      async (request) => Response.json(answers[new URL(request.url).pathname] ?? updateOf(true, all, 1_000)),
      window.location.origin,
    ),
    clock,
    ids: () => 'id',
    stream: {
      openStream: ((_, on) => {
        stream = on;
        return () => (stream = null);
      }) satisfies OpenStream,
      lock: (held: () => Promise<void>) => held(),
      channel: null,
      visibility: {
        isVisible: () => tab.visible,
        subscribe(callBack: () => void) {
          watchers.add(callBack);
          return () => watchers.delete(callBack);
        },
      },
    },
  };
  const draws = { list: 0, label: 0 };
  const settle = () => act(() => clock.settle());
  function Page() {
    const [drafts] = useState(() => createDraftStore(null));
    return (
      <ConsoleProvider parts={parts}>
        <ToastsProvider store={createToastStore()}>
          <DraftsProvider store={drafts}>
            <Profiler id="label" onRender={() => (draws.label += 1)}>
              <FreshnessIndicator />
            </Profiler>
            <Profiler id="list" onRender={() => (draws.list += 1)}>
              <ClustersPage panel={null} />
              <OutageBanner />
            </Profiler>
          </DraftsProvider>
        </ToastsProvider>
      </ConsoleProvider>
    );
  }
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <Page />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await settle();
  await screen.findByRole('link', { name: 'team-0' });
  // Loaded after the list.
  await screen.findByRole('region', { name: 'Needs attention' });
  await screen.findByRole('region', { name: 'What changed lately' });
  await settle();
  return {
    clock,
    draws,
    settle,
    isStreaming: () => stream !== null,
    /** Lets time pass with the stream saying only its ages; `readAgo`: how old the list is then, ms. */
    async pass(ms: number, readAgo: number | null) {
      for (let passed = 0; passed < ms; passed += 10_000) {
        if (readAgo !== null) act(() => stream?.update(updateOf(false, [], readAgo), `e-${String(n)}`));
        await act(() => clock.advance(10_000));
      }
      await settle();
    },
    /** The stream says its ages, and no time passes. */
    async hear(readAgo: number) {
      act(() => stream?.update(updateOf(false, [], readAgo), `e-${String(n)}`));
      await settle();
    },
    change(index: number) {
      const since = `e-${String(n)}`;
      n += 1;
      act(() => stream?.update(updateOf(false, [cluster(index, 9)], 1_000), since));
    },
    show(visible: boolean) {
      tab.visible = visible;
      act(() => {
        for (const callBack of watchers) callBack();
      });
    },
  };
}

beforeAll(async () => {
  stubMediaQueries(false);
  // Parts that the list loads later would draw it whenever a busy machine has loaded them.
  await Promise.all([
    import('../features/clusters/trend/trend-cell.tsx'),
    import('../features/clusters/trend/trends-reader.tsx'),
    import('./overview-side.tsx'),
  ]);
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('a minute in which no fact changes draws nothing anew, and the label still says what is true', async () => {
  const { draws, pass, change } = await openPage();
  expect(screen.getAllByText('Live').length).toBeGreaterThan(0);
  const before = { ...draws };
  await pass(60_000, 4_000);
  expect(draws).toEqual(before);
  expect(screen.getAllByText('Live').length).toBeGreaterThan(0);
  // Whatever would have been drawn is by now: one change draws the list once.
  change(4);
  await screen.findByText('9', { selector: 'b' });
  expect(draws.list).toBe(before.list + 1);
});

test('a list read through Ray’s cache says at most how old it is, and the same all the while', async () => {
  const { draws, pass } = await openPage({ isCached: true });
  await pass(10_000, 16_000);
  expect(screen.getByText('≤ 30 s old')).toBeTruthy();
  const before = { ...draws };
  // Of each 10 s the stream says once how old it is; in between it gets older by itself.
  for (const age of [14_000, 17_000, 19_500, 13_500]) await pass(10_000, age);
  expect(draws).toEqual(before);
  expect(screen.getByText('≤ 30 s old')).toBeTruthy();
  expect(screen.queryByRole('region', { name: /^What you see/ })).toBeNull();
});

test('a list that gets old is said to be, and one that was read again is live at once', async () => {
  const { pass, hear } = await openPage();
  await pass(10_000, 20_000);
  expect(screen.getByText('≤ 30 s old')).toBeTruthy();
  await hear(4_000);
  expect(screen.getAllByText('Live').length).toBeGreaterThan(0);
  await pass(10_000, 90_000);
  expect(screen.getByRole('region', { name: /^What you see may be 2 minutes old/ })).toBeTruthy();
});

test('a hidden page draws nothing, has no timer and no stream, and catches up when it is shown', async () => {
  const { clock, draws, show, pass, settle, isStreaming } = await openPage();
  show(false);
  await settle();
  expect(isStreaming()).toBe(false);
  const before = { ...draws };
  const waiting = clock.waiting();
  await pass(600_000, null);
  expect(draws).toEqual(before);
  expect(waiting).toBe(0);
  show(true);
  await settle();
  expect(isStreaming()).toBe(true);
});

test('a key typed in the filter draws neither the overview nor the rows that stay', async () => {
  const { settle } = await openPage();
  const freeDrawn = vi.spyOn(text.clusters.free, 'ofAll');
  const rowsDrawn = vi.spyOn(text.clusters.menu, 'label');
  const filter = screen.getByRole('textbox');
  fireEvent.change(filter, { target: { value: 'team' } });
  await settle();
  expect(filter).toHaveProperty('value', 'team');
  expect(rowsDrawn).not.toHaveBeenCalled();
  fireEvent.change(filter, { target: { value: 'team-0' } });
  await vi.waitFor(() => expect(screen.queryByRole('link', { name: 'team-1' })).toBeNull());
  expect(screen.getByRole('link', { name: 'team-0' })).toBeTruthy();
  expect(rowsDrawn).not.toHaveBeenCalled();
  expect(freeDrawn).not.toHaveBeenCalled();
  // Both are what they look: a filter that is emptied draws the nine others.
  fireEvent.change(filter, { target: { value: '' } });
  await vi.waitFor(() => expect(rowsDrawn).toHaveBeenCalledTimes(9));
});

test('a press on the age tells when the list was read and why it is no newer, and calls Ray slow only where it was', async () => {
  const { pass } = await openPage({ isCached: true });
  await pass(10_000, 16_000);
  fireEvent.click(screen.getByRole('button', { name: '≤ 30 s old' }));
  expect(screen.getByText(/^What you see was read from Ray \d+ s ago\.$/)).toBeTruthy();
  expect(screen.getByText(/from its cache/)).toBeTruthy();
  expect(screen.queryByText(/slow/)).toBeNull();
});
