// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { ProfileEdit } from '../../../contract/cluster-profile.ts';
import type { TimelineEntry } from '../../../contract/timeline.ts';
import { EMPTY_PROFILE } from '../../../domain/cluster-profile.ts';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../testing/browser-stubs.ts';
import { clusterOf, poolOf } from '../../testing/cluster-fixture.ts';
import {
  scriptedApi,
  scriptedChange,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
} from '../../testing/scripted-api.tsx';
import { actorFilterOptions, clusterFilterOptions } from './journal-options.ts';
import { TimelineTable } from './timeline-table.tsx';

beforeAll(() => stubMediaQueries(false));
afterEach(cleanup);

const change = scriptedChange('change-1', { kind: 'release', clusterId: 'ci##raysubmit_1' }, null);
const edit: ProfileEdit = {
  clusterId: 'notebooks',
  version: 3,
  who: 'ada',
  address: '127.0.0.1',
  via: 'link',
  at: change.askedAt - 1_000,
  before: { ...EMPTY_PROFILE, owner: 'Wei' },
  after: { ...EMPTY_PROFILE, owner: 'Noor', labels: ['gpu'] },
};
const entries: readonly TimelineEntry[] = [
  { type: 'change', at: change.askedAt, change },
  { type: 'edit', at: edit.at, edit },
  { type: 'seen', at: edit.at - 1, seen: { id: 'seen-1', at: edit.at - 1, what: { kind: 'ray-restarted' } } },
];

test('an edit of an owner stands among the changes: when, by whom, and what from what to what', async () => {
  const api = scriptedApi({
    fleet: () => Promise.resolve(scriptedFleet([clusterOf({})], poolOf({}), 'e-1')),
  });
  render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={createDraftStore(null)}>
      <TimelineTable entries={entries} />
    </ScriptedPage>,
  );
  const table = await screen.findByRole('table');
  expect([...table.querySelectorAll('tr[data-entry]')].map((row) => row.getAttribute('data-entry'))).toEqual([
    'change',
    'edit',
    'seen',
  ]);
  const row = screen.getByText('Owner: Wei → Noor, Labels: empty → gpu').closest('tr');
  if (row === null) throw new Error('no row');
  expect(row.textContent).toContain('ada');
  expect(row.textContent).toContain('notebooks');
  await userEvent.click(within(row).getByRole('button', { name: /^Details: Owner: Wei → Noor.*, notebooks$/ }));
  expect(screen.getByText('Labels')).toBeDefined();
  expect(screen.getByText('empty → gpu')).toBeDefined();
});

test('the filters offer its person and its virtual cluster', () => {
  expect(actorFilterOptions(entries, null)).toContain('ada');
  expect(clusterFilterOptions([], entries, null)).toEqual(['ci', 'notebooks']);
});
