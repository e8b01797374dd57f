// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '../../../../contract/change.ts';
import type { FleetUpdate } from '../../../../contract/fleet.ts';
import { known } from '../../../../domain/sourced.ts';
import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { jobClusterIn } from '../../../../testing/harness/jobs.ts';
import { templateNodes } from '../../../../testing/harness/template-nodes.ts';
import { createDraftStore } from '../../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../../testing/browser-stubs.ts';
import { clusterOf, poolOf } from '../../../testing/cluster-fixture.ts';
import {
  scriptedApi,
  scriptedChange,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
  scriptedSession,
} from '../../../testing/scripted-api.tsx';
import { Attention } from './attention.tsx';

const pool = poolOf({ '4c8g': 0 });

/** With so many job clusters left over, each of one node. */
function withLeft(id: string, count: number): VirtualCluster {
  const jobClusters = Array.from({ length: count }, (_, at) =>
    jobClusterIn(id, `${id}-${String(at)}`, {
      leftover: known(true, 'jobs'),
      nodes: known([{ templateId: '4c8g', count: 1 }], 'state'),
    }),
  );
  return clusterOf({}, { id, usedBy: known({ jobClusters, jobs: [] }, 'state') });
}

const withDead = (id: string, dead: number): VirtualCluster => ({
  ...clusterOf({}, { id }),
  templates: [templateNodes('4c8g', 9, { dead: known(dead, 'liveness') })],
});

const deletion = (clusterId: string): FleetUpdate['waiting'][number] => ({
  changeId: `delete-${clusterId}`,
  clusterId,
  who: 'me',
  askedAt: 1,
  refusedAt: null,
  idleSince: null,
  notIdle: null,
});

const many = [withLeft('l-1', 1), withLeft('l-2', 3), withLeft('l-3', 2), withDead('d-1', 1), withDead('d-2', 4)];

async function showAttention(
  clusters: readonly VirtualCluster[],
  more: Partial<FleetUpdate> = {},
  changes: readonly Change[] = [],
) {
  const fleet: FleetUpdate = { ...scriptedFleet(clusters, pool, 'a-1'), ...more };
  const api = scriptedApi({
    session: async () => scriptedSession(),
    fleet: async () => fleet,
    changes: async () => ({ changes, total: 0, next: null, kept: { since: 0, most: 1, days: 1, durable: true } }),
  });
  const { parts, push } = scriptedParts(api, () => 'id');
  render(
    <ScriptedPage parts={parts} drafts={createDraftStore(null)}>
      <Attention />
    </ScriptedPage>,
  );
  await screen.findAllByRole('listitem');
  return { push: (next: Partial<FleetUpdate>) => act(async () => push({ ...fleet, ...next })) };
}

const heads = () => screen.queryAllByRole('button', { expanded: false }).map(({ textContent }) => textContent);
const open = (name: RegExp) => fireEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
  stubMediaQueries(false);
  window.history.replaceState(null, '', '/clusters');
});
afterEach(cleanup);

test('of many things the groups say what they come to; one is open at a time, in the URL, and Escape closes it', async () => {
  await showAttention(many, { waiting: [deletion('w-1'), deletion('w-2')] });
  expect(heads()).toEqual(['5 dead nodes, none free2', '6 nodes left over from jobs3', '2 deletions wait2']);
  open(/left over/);
  const links = () => screen.getAllByRole('link').map(({ parentElement }) => parentElement?.textContent);
  expect(links()).toEqual([
    'l-2 3 job clusters, 3 nodesRelease…',
    'l-3 2 job clusters, 2 nodesRelease…',
    'l-1 1 job cluster, 1 nodeRelease…',
  ]);
  expect(window.location.search).toBe('?attention=leftover');
  open(/dead nodes/);
  expect(links()).toEqual(['d-2 4c8g 4Open', 'd-1 4c8g 1Open']);
  screen.getByRole('link', { name: 'Open d-1' }).focus();
  fireEvent.keyDown(screen.getByRole('link', { name: 'Open d-1' }), { key: 'Escape' });
  expect(screen.queryAllByRole('link')).toEqual([]);
  expect(document.activeElement?.textContent).toContain('5 dead nodes');
  expect(window.location.search).toBe('');
});

test('few things are told as they are, and Release… leads to the first job cluster left over', async () => {
  await showAttention([withLeft('l-1', 2)]);
  expect(screen.queryAllByRole('button')).toEqual([]);
  fireEvent.click(screen.getByRole('link', { name: 'Release what is left over in l-1' }));
  expect(window.location.pathname).toBe('/clusters/l-1');
  expect(window.history.state).toEqual({ asks: 'show-job l-1-0' });
});

test('where the item that has the focus goes, the one that takes its place has it, and at the end the last one', async () => {
  const waiting = [deletion('w-1'), deletion('w-2'), deletion('w-3')];
  const { push } = await showAttention([], { waiting });
  (await screen.findByRole('button', { name: 'Keep w-2' })).focus();
  await push({ version: 'a-2', waiting: waiting.filter(({ clusterId }) => clusterId !== 'w-2') });
  await vi.waitFor(() => expect(document.activeElement?.ariaLabel).toBe('Keep w-3'));
  await push({ version: 'a-3', waiting: waiting.slice(0, 1) });
  await vi.waitFor(() => expect(document.activeElement?.ariaLabel).toBe('Keep w-1'));
});

test('an item that goes after the focus had left it takes it from nowhere', async () => {
  const waiting = [deletion('w-1'), deletion('w-2')];
  const { push } = await showAttention([], { waiting });
  const keep = await screen.findByRole('button', { name: 'Keep w-2' });
  keep.focus();
  keep.blur();
  await push({ version: 'a-2', waiting: waiting.slice(0, 1) });
  await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
  expect(document.activeElement).toBe(document.body);
});

test('where what an item opened has closed, that item has the focus again, or the one in its place', async () => {
  const { push } = await showAttention([withLeft('l-1', 2), withLeft('l-2', 1)]);
  const release = (id: string) => screen.getByRole('link', { name: `Release what is left over in ${id}` });
  const back = () => act(() => window.history.replaceState(null, '', '/clusters'));
  fireEvent.click(release('l-1'));
  back();
  expect(document.activeElement).toBe(release('l-1'));
  fireEvent.click(release('l-1'));
  const panel = document.body.appendChild(document.createElement('button'));
  panel.focus();
  await push({ version: 'a-2', clusters: [withLeft('l-2', 1)] });
  await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
  expect(document.activeElement).toBe(panel);
  panel.remove();
  back();
  expect(document.activeElement).toBe(release('l-2'));
});

test('the way back from another screen leads to the item that was pressed, once, or to the one in its place', async () => {
  const clusters = [...many, withLeft('l-4', 4)];
  await showAttention(clusters, { waiting: [deletion('w-1'), deletion('w-2')] });
  open(/left over/);
  const release = (id: string) => screen.getByRole('link', { name: `Release what is left over in ${id}` });
  fireEvent.click(release('l-3'), { metaKey: true });
  expect(window.history.state).toBeNull();
  const came = async (left: readonly VirtualCluster[], state: unknown) => {
    cleanup();
    window.history.replaceState(state, '', '/clusters?attention=leftover');
    await showAttention(left, { waiting: [deletion('w-1'), deletion('w-2')] });
    await screen.findAllByRole('link');
  };
  // What the list's entry of the history held when its link was followed.
  const steps: unknown[] = [];
  const push = vi.spyOn(window.history, 'pushState').mockImplementation(() => steps.push(window.history.state));
  fireEvent.click(release('l-3'));
  push.mockRestore();
  const [left] = steps;
  await came(clusters, left);
  await vi.waitFor(() => expect(document.activeElement).toBe(release('l-3')));
  expect(window.history.state).toBeNull();
  await came(
    clusters.filter(({ id }) => id !== 'l-3'),
    left,
  );
  await vi.waitFor(() => expect(document.activeElement).toBe(release('l-1')));
  await came(clusters, null);
  await vi.waitFor(() => expect(release('l-3')).toBeTruthy());
  expect(document.activeElement).toBe(document.body);
});

test('what no reading can mend stands folded below all else, says what is not known for it, and waits for nobody', async () => {
  const fleet = scriptedFleet([], pool, 'a-1');
  const failing = (reason: 'truncated' | 'failed') => ({ readAt: null, failure: { reason, since: 1 } });
  const cut = { ...fleet.sources, liveness: failing('truncated') };
  const { push } = await showAttention([], { sources: cut });
  expect(screen.getByText('Nothing needs attention.')).toBeTruthy();
  expect(screen.getByRole('heading').textContent).toBe('Needs attention');
  expect(heads()).toEqual(['Ray does not tell all: dead nodes']);
  await push({ version: 'a-2', sources: { ...cut, jobs: failing('failed') } });
  await screen.findByRole('button', { name: /^Try now/ });
  expect(screen.getByRole('heading').textContent).toBe('Needs attention 1');
  open(/does not tell all/);
  const [failed, , truncated] = screen.getAllByRole('listitem');
  expect(truncated?.textContent).toContain('10,000 rows');
  expect(truncated !== undefined && within(truncated).queryByRole('button')).toBeNull();
  expect(failed !== undefined && within(failed).getByRole('button').textContent).toBe('Try now');
});

test('of a change of which nobody can know what became of it, Look leads to it in the journal, for a day', async () => {
  const { now } = scriptedFleet([], pool, 'a-1');
  const evidence = { why: 'not-shown', shown: null, at: 1 } as const;
  const request = { kind: 'delete', clusterId: 'etl', base: null } as const;
  const change = { ...scriptedChange('1', request, { kind: 'cannot-be-known', evidence }), settledAt: now };
  await showAttention([], {}, [change, { ...change, id: '2', settledAt: now - 2 * 86_400_000 }]);
  expect(screen.getByRole('listitem').textContent).toBe("etl 1 change whose outcome can't be knownLook");
  fireEvent.click(screen.getByRole('link', { name: 'Look at the changes of etl in the journal' }));
  expect(window.location.pathname + window.location.search).toBe('/journal?cluster=etl&outcome=cannot-be-known');
});
