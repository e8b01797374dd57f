// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NodePage } from '../../../contract/nodes.ts';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { newDraft } from '../../drafts/draft.ts';
import { clusterOf, poolOf } from '../../testing/cluster-fixture.ts';
import { stubMediaQueries, stubResizeObserver } from '../../testing/browser-stubs.ts';
import {
  scriptedApi,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
  scriptedSession,
} from '../../testing/scripted-api.tsx';
import { Palette } from './palette.tsx';

beforeEach(() => {
  stubMediaQueries(false);
  stubResizeObserver();
  Element.prototype.scrollIntoView = () => undefined;
  window.sessionStorage.clear();
  window.history.replaceState(null, '', '/clusters');
});
afterEach(cleanup);

const pool = poolOf({ '4c8g': 3 });
const clusters = [clusterOf({ '4c8g': 3 }, { id: 'ci' }), clusterOf({ '4c8g': 1 }, { id: 'serving' })];

async function open(
  options: {
    readonly nodes?: (q: string, signal?: AbortSignal) => Promise<NodePage>;
    readonly hasDraft?: boolean;
    readonly early?: string;
  } = {},
) {
  const close = vi.fn<() => void>();
  const call = vi.fn<() => void>();
  const drafts = createDraftStore(null);
  if (options.hasDraft === true) drafts.put({ ...newDraft(pool), typedId: 'half' });
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession()),
    fleet: () => Promise.resolve(scriptedFleet(clusters, pool, 'e-1')),
    nodes: ({ q = '' }, signal) => options.nodes?.(q, signal) ?? Promise.reject(new Error('Ray is away.')),
  });
  let { early = '' } = options;
  const takeEarlyKeys = () => {
    const taken = early;
    early = '';
    return taken;
  };
  render(
    <Palette
      chosenId="ci"
      isFailing={false}
      theme="Theme: light"
      takeEarlyKeys={takeEarlyKeys}
      call={call}
      close={close}
    />,
    {
      wrapper: ({ children }) => (
        <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={drafts}>
          {children}
        </ScriptedPage>
      ),
    },
  );
  const field = await screen.findByRole('combobox', { name: 'Search everything' });
  await screen.findByRole('option', { name: /^serving/ });
  const active = () => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent;
  return { close, call, drafts, active };
}

test('the field has the focus and names the active option; arrows go round; Enter opens it', async () => {
  const { active, close } = await open();
  expect(document.activeElement).toBe(screen.getByRole('combobox'));
  expect(active()).toBe('Edit');
  await userEvent.keyboard('{ArrowUp}');
  expect(active()).toContain('serving');
  await userEvent.keyboard('{ArrowDown}');
  expect(active()).toBe('Edit');
  await userEvent.keyboard('serv{Enter}');
  expect(window.location.pathname).toBe('/clusters/serving');
  expect(close).toHaveBeenCalledOnce();
});

test('what was typed before its field was there stands in it, before what is typed then', async () => {
  await open({ early: 'ser' });
  await userEvent.keyboard('ving');
  expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('serving');
});

test('what was chosen is listed first the next time', async () => {
  await open();
  await userEvent.keyboard('serv{Enter}');
  cleanup();
  const { active } = await open();
  expect(screen.getByRole('group', { name: 'Recent' }).textContent).toContain('serving');
  expect(active()).toContain('serving');
});

test('deleting opens the question on its screen', async () => {
  await open();
  await userEvent.keyboard('delete serv{Enter}');
  expect(window.location.pathname).toBe('/clusters/serving');
  expect(window.history.state).toEqual({ asks: 'deletion' });
});

test('a duplicate asks before it replaces what was not saved', async () => {
  const { drafts, close } = await open({ hasDraft: true });
  await userEvent.keyboard('dupl{Enter}');
  expect(close).not.toHaveBeenCalled();
  await userEvent.click(await screen.findByRole('button', { name: 'Open what is unsaved' }));
  expect(drafts.get(null)?.typedId).toBe('half');
  expect(window.location.pathname).toBe('/new');
});

test('while Ray or the console is away, all but nodes are found, and it says so', async () => {
  const { active } = await open();
  await userEvent.keyboard('ci');
  expect(active()).toContain('ci');
  expect(await screen.findByText('Nodes were not searched: Ray is away.')).toBeDefined();
});

test('nodes are looked for once typing pauses, and a search that is out of date is aborted', async () => {
  const asked: string[] = [];
  const aborted: string[] = [];
  await open({
    nodes: (q, signal) => {
      asked.push(q);
      return new Promise(() => signal?.addEventListener('abort', () => aborted.push(q)));
    },
  });
  await userEvent.keyboard('host');
  await vi.waitFor(() => expect(asked).toContain('host'));
  await userEvent.keyboard('x');
  await vi.waitFor(() => expect(aborted).toContain('host'));
});
