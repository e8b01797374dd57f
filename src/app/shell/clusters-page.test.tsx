// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { usePathname } from 'wouter/use-browser-location';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { FleetUpdate } from '../../contract/fleet.ts';
import { known, perSource } from '../../domain/sourced.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { parseRevision } from '../../domain/revision.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import { createApi } from '../api/client.ts';
import { ConsoleProvider } from '../api/console.tsx';
import { createDraftStore } from '../drafts/draft-store.ts';
import { DraftsProvider } from '../drafts/drafts-context.tsx';
import { createToastStore } from '../ui/toasts/toast-store.ts';
import { ToastsProvider } from '../ui/toasts/toasts-context.tsx';
import { readRoute } from '../routing/routes.ts';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { OutageBanner } from '../features/outage/outage-banner.tsx';
import { ClustersPage } from './clusters-page.tsx';
import { templateNodes } from '../../testing/harness/template-nodes.ts';

const drawn = vi.hoisted<string[]>(() => []);

vi.mock('../features/cluster-panel/cluster-panel.tsx', () => ({
  ClusterPanel: ({ clusterId }: { clusterId: string }) => <button type="button">In {clusterId}</button>,
}));
vi.mock('../features/editor/editor.tsx', () => ({ Editor: () => <p>Editor</p> }));
vi.mock('../ui/template-chip.tsx', () => ({
  TemplateChip({ nodes }: { nodes: { readonly templateId: string; readonly count: number } }) {
    drawn.push(`${nodes.templateId} ${String(nodes.count)}`);
    return <span>{nodes.templateId}</span>;
  },
}));

const NOW = 1_800_000_000_000;

function cluster(id: string, template: string, count: number): VirtualCluster {
  const revision = parseRevision('1799999940000433731');
  if (revision === null) throw new Error('not a revision');
  return {
    id,
    divisible: false,
    revision,
    templates: [templateNodes(template, count)],
    usedBy: known({ jobClusters: [], jobs: [] }, 'actors'),
  };
}

/** A console with a fleet that a test moves on, and a page over it at a path. */
function show(path: string, options: { readonly mayWrite?: boolean; readonly patterns?: readonly string[] } = {}) {
  window.history.replaceState(null, '', path);
  const source = { readAt: NOW, failure: null };
  const sources = perSource(() => source);
  let n = 1;
  let clusters = ['a', 'b', 'c'].map((id, index) => cluster(id, `t-${id}`, index + 1));
  let isDown = false;
  let stream: ((update: FleetUpdate, since: string | null) => void) | null = null;

  const update = (changed: readonly VirtualCluster[], removed: readonly string[], isWhole: boolean): FleetUpdate => ({
    version: `e-${String(n)}`,
    whole: isWhole,
    now: NOW,
    clusters: changed,
    removed,
    pool: isWhole
      ? {
          templates: [
            {
              templateId: 't-a',
              free: known({ count: 4, atMost: false }, 'state'),
              alive: known(9, 'liveness'),
              isHeadTemplate: false,
            },
          ],
          jobClusters: known([], 'state'),
        }
      : null,
    nodeCounts: { total: known(6, 'liveness'), dead: known(0, 'liveness') },
    sources,
    readOnly: null,
    waiting: [],
    notice: null,
    map: 0,
    lately: 0,
  });
  const mayWrite = options.mayWrite ?? true;
  const session = {
    who: 'you',
    mayWrite,
    mayNotWriteBecause: mayWrite ? null : 'Started with --read-only.',
    clusters: options.patterns ?? null,
    via: 'local',
    ray: { address: 'http://ray:8265', dashboardUrl: null, simulated: false, version: '2.44.1.1', sessionName: 's' },
    consoleVersion: '1',
  };
  const answer: FetchHandler = async (request) => {
    if (isDown) throw new TypeError('fetch failed');
    return Response.json(new URL(request.url).pathname === '/api/session' ? session : update(clusters, [], true));
  };

  const drafts = createDraftStore(null);
  const parts = {
    api: createApi(answer, window.location.origin),
    clock: {
      now: () => NOW,
      after(ms: number, callBack: () => void) {
        const timer = setTimeout(callBack, ms);
        return () => clearTimeout(timer);
      },
    },
    ids: () => 'id',
    stream: {
      openStream(
        _: string | null,
        on: { readonly update: (update: FleetUpdate, since: string | null) => void; readonly failed: () => void },
      ) {
        stream = on.update;
        fail = on.failed;
        return () => undefined;
      },
      lock: (held: () => Promise<void>) => held(),
      channel: null,
      visibility: { isVisible: () => true, subscribe: () => () => undefined },
    },
  };
  let fail: () => void = () => undefined;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <ConsoleProvider parts={parts}>
          <ToastsProvider store={createToastStore()}>
            <DraftsProvider store={drafts}>
              <AtPath />
            </DraftsProvider>
          </ToastsProvider>
        </ConsoleProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  const tell = (changed: readonly VirtualCluster[], removed: readonly string[]) =>
    act(async () => {
      const since = `e-${String(n)}`;
      n += 1;
      clusters = [
        ...clusters.filter(({ id }) => !removed.includes(id) && !changed.some((each) => each.id === id)),
        ...changed,
      ];
      stream?.(update(changed, removed, false), since);
    });
  return {
    drafts,
    tell,
    goDown: () =>
      act(async () => {
        isDown = true;
        fail();
      }),
  };
}

function AtPath() {
  const route = readRoute(usePathname());
  return (
    <>
      {route.page === 'clusters' && <ClustersPage panel={route.panel} />}
      <OutageBanner />
    </>
  );
}

const links = () => screen.getAllByRole('link').map((link) => link.textContent);
const focused = () => document.activeElement?.textContent;

// These wait for what comes, however busy the machine is.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(() => {
  stubMediaQueries(false);
  Element.prototype.scrollIntoView = () => undefined;
});
beforeEach(() => {
  drawn.length = 0;
});
afterEach(cleanup);

test('an update that moves one virtual cluster draws only its row anew', async () => {
  const { tell } = show('/clusters');
  await screen.findByRole('link', { name: 'c' });
  drawn.length = 0;
  await tell([cluster('b', 't-b', 9)], []);
  expect(await within(screen.getByRole('table')).findByText('9')).toBeTruthy();
  expect([...new Set(drawn)]).toEqual(['t-b 9']);
});

test('up, down, home and end move between rows, Enter opens, and Esc brings back to the row', async () => {
  show('/clusters?sort=nodes&desc=1');
  const person = userEvent.setup();
  await screen.findByRole('link', { name: 'a' });
  expect(links()).toEqual(['c', 'b', 'a']);
  await person.keyboard('/');
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Filter' }));
  await person.keyboard('{ArrowDown}');
  expect(focused()).toBe('c');
  await person.keyboard('{End}');
  expect(focused()).toBe('a');
  await person.keyboard('{ArrowUp}');
  expect(focused()).toBe('b');
  await person.keyboard('{Enter}');
  await screen.findByText('In b');
  expect(window.location.pathname + window.location.search).toBe('/clusters/b?sort=nodes&desc=1');
  expect(focused()).toBe('b');
  expect(screen.getByRole('row', { current: true }).textContent).toContain('b');
  // From within the panel too: its focus is lost with it.
  await person.click(screen.getByText('In b'));
  await person.keyboard('{Escape}');
  expect(window.location.pathname + window.location.search).toBe('/clusters?sort=nodes&desc=1');
  expect(focused()).toBe('b');
});

test('when what was open is gone from the list, the row that took its place has the focus', async () => {
  const { tell } = show('/clusters/b');
  const person = userEvent.setup();
  await person.click(await screen.findByText('In b'));
  await tell([], ['b']);
  await person.keyboard('{Escape}');
  expect(links()).toEqual(['a', 'c']);
  expect(focused()).toBe('c');
});

test('typing filters, takes the place of the entry before in the history, and Esc empties it without closing the panel', async () => {
  show('/clusters/a');
  const person = userEvent.setup();
  await screen.findByText('In a');
  const entries = window.history.length;
  await person.type(screen.getByRole('textbox', { name: 'Filter' }), 'zz top');
  expect(await screen.findByText('Nothing matches “zz top”.')).toBeTruthy();
  expect(window.location.search).toBe('?q=zz+top');
  await person.click(screen.getByRole('button', { name: 'Clear filter' }));
  expect(await screen.findByRole('link', { name: 'b' })).toBeTruthy();
  await person.type(screen.getByRole('textbox', { name: 'Filter' }), 'c{Escape}');
  expect(window.location.pathname + window.location.search).toBe('/clusters/a');
  expect(window.history.length).toBe(entries + 1);
});

test('where nothing matches, every filter that is set is named, and cleared at once', async () => {
  show('/clusters?q=zz&in-use=1&kind=divisible');
  expect(await screen.findByText('Nothing matches “zz” together with: Divisible, In use.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Clear all filters' }));
  expect(await screen.findByRole('link', { name: 'b' })).toBeTruthy();
  expect(window.location.search).toBe('');
  cleanup();
  show('/clusters?dead-nodes=1');
  expect(await screen.findByText('No virtual cluster matches: Dead nodes.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Clear filter' })).toBeTruthy();
});

test('a draft marks its row', async () => {
  const { drafts } = show('/clusters');
  await screen.findByRole('link', { name: 'a' });
  expect(screen.queryByText('Unsaved')).toBeNull();
  act(() => drafts.put({ clusterId: 'b', typedId: '', divisible: false, base: null, fields: [], sent: null }));
  const marked = screen.getAllByRole('row').filter((row) => within(row).queryByText('Unsaved') !== null);
  expect(marked.map((row) => within(row).getByRole('link').textContent)).toEqual(['b']);
  act(() => drafts.put({ clusterId: null, typedId: 'new', divisible: false, base: null, fields: [], sent: null }));
  expect(screen.getByTitle('You have a draft for a new virtual cluster that was not saved.').textContent).toBe(
    'Unsaved',
  );
});

test('a reader is told why there is no new one to be made', async () => {
  show('/clusters', { mayWrite: false });
  expect(await screen.findByRole('region', { name: 'Read-only' })).toBeTruthy();
  const create = screen.getByRole('button', { name: 'New virtual cluster', description: 'Started with --read-only.' });
  await userEvent.setup().click(create);
  expect(window.location.pathname).toBe('/clusters');
});

test('without virtual clusters there is one button to make one, beside the nodes that are free', async () => {
  const { tell } = show('/clusters');
  await screen.findByRole('link', { name: 'a' });
  await tell([], ['a', 'b', 'c']);
  expect(await screen.findByText('No virtual clusters yet. 4 nodes are free.')).toBeTruthy();
  await userEvent.setup().click(screen.getByRole('button', { name: 'New virtual cluster' }));
  expect(window.location.pathname).toBe('/new');
});

test('a console that goes away leaves what is known, and says so', async () => {
  const { goDown } = show('/clusters');
  await screen.findByRole('link', { name: 'a' });
  await goDown();
  await waitFor(() => expect(screen.getByRole('region', { name: /The console has not answered since/ })).toBeTruthy());
  expect(links()).toEqual(['a', 'b', 'c']);
  expect(screen.getByRole('region', { name: 'Free nodes' }).textContent).toContain('4 free of 9');
});

test('an operator of some virtual clusters can look at those alone; nobody else is asked', async () => {
  show('/clusters', { patterns: ['b*'] });
  const person = userEvent.setup();
  await screen.findByRole('link', { name: 'a' });
  await person.click(await screen.findByRole('checkbox', { name: 'Mine' }));
  await waitFor(() => expect(links()).toEqual(['b']));
  expect(window.location.search).toBe('?mine=1');
  cleanup();
  show('/clusters?mine=1');
  await screen.findByRole('link', { name: 'a' });
  expect(screen.queryByRole('checkbox', { name: 'Mine' })).toBeNull();
});

test('on a wide page the overview stands beside the list and filters it, with and without a panel', async () => {
  const { innerWidth } = window;
  window.innerWidth = 2_560;
  show('/clusters/a');
  await screen.findByText('In a');
  const free = await screen.findByRole('region', { name: 'Free nodes' });
  const scroller = screen.getByRole('table', { name: 'Virtual clusters' }).closest('[data-rail="true"] > *');
  expect(scroller?.contains(free)).toBe(false);
  // It has its place, and need not be folded.
  expect(screen.queryByRole('button', { name: 'Fold the overview' })).toBeNull();
  await userEvent.setup().click(within(free).getByRole('button', { name: 't-a: 4 free' }));
  expect(window.location.search).toBe('?nodes=free%3At-a');
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2));
  // What a short list leaves of the page shows each node.
  const squares = await screen.findByRole('region', { name: 'Nodes' });
  expect(within(squares).getByRole('link').textContent).toBe('a');
  expect(within(squares).getByRole('img', { name: '4 free' }).children).toHaveLength(4);
  window.innerWidth = innerWidth;
});

test('what a word of the heads means is told beside it, and the word still sorts', async () => {
  show('/clusters');
  const person = userEvent.setup();
  const head = await screen.findByRole('columnheader', { name: 'Used by' });
  await person.click(within(head).getByRole('button', { name: 'What “Used by” means' }));
  expect(await screen.findByText(/^The jobs that run in it/)).toBeTruthy();
  await person.click(within(head).getByRole('button', { name: 'Used by' }));
  expect(window.location.search).toBe('?sort=used-by&desc=1');
});
