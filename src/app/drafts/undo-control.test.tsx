// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { asksFor } from '../routing/cluster-request.ts';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { clusterOf, poolOf, revisionOf } from '../testing/cluster-fixture.ts';
import { scriptedApi, scriptedFleet, ScriptedPage, scriptedParts, scriptedSession } from '../testing/scripted-api.tsx';
import { createDraftStore } from './draft-store.ts';
import { editDraft, newDraft } from './draft.ts';
import { UndoControl } from './undo-control.tsx';
import type { UndoableChange } from './undo-draft.ts';

const applied = { kind: 'applied', revision: revisionOf('9'), seen: 'reply', retries: 0 } as const;
const base = { revision: revisionOf('1'), replicaSets: { '4c8g': 7 } };
const save: UndoableChange = {
  wanted: { kind: 'save', clusterId: 'ci', divisible: true, base, want: { '4c8g': 8 } },
  before: null,
  result: applied,
};
const deletion: UndoableChange = {
  wanted: { kind: 'delete', clusterId: 'ci', base: { ...base, divisible: true } },
  before: null,
  result: applied,
};
const creation: UndoableChange = {
  wanted: { kind: 'save', clusterId: 'ci', divisible: true, base: null, want: { '4c8g': 8 } },
  before: null,
  result: applied,
};
const ci = (count: number) => clusterOf({ '4c8g': count }, { id: 'ci', divisible: true, revision: '12' });

beforeEach(() => {
  stubMediaQueries(false);
  window.history.replaceState(null, '', '/clusters?sort=nodes');
});
afterEach(cleanup);

function show(
  change: UndoableChange,
  clusters: readonly VirtualCluster[],
  { mayWrite = true, drafts = createDraftStore(null) } = {},
) {
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession(mayWrite)),
    fleet: () => Promise.resolve(scriptedFleet(clusters, poolOf({ '4c8g': 3, '8c16g': 1 }), 'e-1')),
  });
  render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={drafts}>
      <UndoControl change={change} place="result" />
    </ScriptedPage>,
  );
  return drafts;
}

async function press(name: string) {
  const button = await screen.findByRole<HTMLButtonElement>('button', { name });
  await expect.poll(() => button.disabled).toBe(false);
  await userEvent.click(button);
}

const there = () => window.location.pathname + window.location.search;

test('of a save: the editor with what there was, on the newest revision', async () => {
  const drafts = show(save, [ci(8)]);
  await press('Undo');
  expect(there()).toBe('/clusters/ci/edit?sort=nodes');
  expect(drafts.get('ci')).toMatchObject({
    base: { revision: '12', replicaSets: { '4c8g': 8 } },
    fields: [{ templateId: '4c8g', typed: '7' }],
    sent: null,
  });
});

test('of a save that was taken back already: it is said, and nothing opens', async () => {
  show(save, [ci(7)]);
  await press('Undo');
  expect((await screen.findByRole('status')).textContent).toContain('ci has these replica sets now.');
  expect(there()).toBe('/clusters?sort=nodes');
});

test('of a save, over what is typed: it asks before it replaces that', async () => {
  const drafts = createDraftStore(null);
  drafts.put({ ...editDraft(ci(8), 0), fields: [{ templateId: '4c8g', typed: '5' }] });
  show(save, [ci(8)], { drafts });
  await press('Undo');
  expect(drafts.get('ci')?.fields).toEqual([{ templateId: '4c8g', typed: '5' }]);
  expect(screen.getByText('There are unsaved changes of ci.')).toBeTruthy();
  await press('Replace what is unsaved');
  expect(drafts.get('ci')?.fields).toEqual([{ templateId: '4c8g', typed: '7' }]);
});

test('of a creation: the question whether to delete it, on its own screen', async () => {
  show(creation, [ci(8)]);
  await press('Undo');
  expect(there()).toBe('/clusters/ci?sort=nodes');
  expect(asksFor(window.history.state, 'deletion')).toBe(true);
});

describe('of a deletion', () => {
  test('the form for a new one, with what it had', async () => {
    const drafts = show(deletion, []);
    await press('Undo: create again…');
    expect(there()).toBe('/new?sort=nodes');
    expect(drafts.get(null)).toMatchObject({ typedId: 'ci', divisible: true, base: null });
    expect(drafts.get(null)?.fields).toEqual([
      { templateId: '4c8g', typed: '7' },
      { templateId: '8c16g', typed: '0' },
    ]);
  });

  test('says that the ID exists again, and leads there', async () => {
    const drafts = show(deletion, [ci(1)]);
    await press('Undo: create again…');
    expect((await screen.findByRole('status')).textContent).toContain('ci exists again: it was created since.');
    expect(screen.getByRole('link', { name: 'Open it' }).getAttribute('href')).toBe('/clusters/ci');
    expect(drafts.get(null)).toBeNull();
  });

  test('asks before it replaces an unsaved new one', async () => {
    const drafts = createDraftStore(null);
    drafts.put({ ...newDraft(poolOf({ '4c8g': 3 })), typedId: 'other' });
    show(deletion, [], { drafts });
    await press('Undo: create again…');
    expect(screen.getByText('There is an unsaved new virtual cluster.')).toBeTruthy();
    expect(drafts.get(null)?.typedId).toBe('other');
  });
});

test('who may not change the virtual cluster is told why, and can press nothing', async () => {
  show(save, [ci(8)], { mayWrite: false });
  await screen.findByText('This console was started with --read-only.');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Undo' }).disabled).toBe(true);
});

test('is not offered where the outcome is not known, or nothing was changed', async () => {
  show({ ...save, result: { kind: 'unknown', cause: 'timed-out', lookedAt: null } }, [ci(8)]);
  show({ ...save, result: { kind: 'in-use' } }, [ci(8)]);
  show({ ...save, wanted: { kind: 'release', clusterId: 'ci##raysubmit_1' } }, [ci(8)]);
  expect(screen.queryByRole('button')).toBeNull();
});
