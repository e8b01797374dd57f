// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { ProfileEdit, ProfileEditQuery } from '../../../contract/cluster-profile.ts';
import { EMPTY_PROFILE } from '../../../domain/cluster-profile.ts';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../testing/browser-stubs.ts';
import { scriptedApi, ScriptedPage, scriptedParts } from '../../testing/scripted-api.tsx';
import { OwnerEdits } from './owner-edits.tsx';

beforeAll(() => stubMediaQueries(false));
afterEach(cleanup);

const edit: ProfileEdit = {
  clusterId: 'notebooks',
  version: 3,
  who: 'ada',
  address: '127.0.0.1',
  via: 'link',
  at: 1_795_469_000_000,
  before: { ...EMPTY_PROFILE, owner: 'Wei' },
  after: { ...EMPTY_PROFILE, owner: 'Noor', labels: ['gpu'] },
};

function renderEdits(edits: readonly ProfileEdit[]) {
  const asked: ProfileEditQuery[] = [];
  const api = scriptedApi({
    profileEdits(query) {
      asked.push(query);
      return Promise.resolve({ edits, next: null });
    },
  });
  const { container } = render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={createDraftStore(null)}>
      <OwnerEdits query={{ cluster: 'notebooks', outcome: ['applied'] }} />
    </ScriptedPage>,
  );
  return { asked, container };
}

test('the journal tells who changed an owner, when, and what from what to what', async () => {
  const { asked } = renderEdits([edit]);
  const region = within(await screen.findByRole('region', { name: 'Changes of owners' }));
  const item = region.getByRole('listitem');
  expect(item.textContent).toContain('ada');
  expect(item.textContent).toContain('Owner: Wei → Noor');
  expect(item.textContent).toContain('Labels: empty → gpu');
  expect(within(item).getByRole('link', { name: 'notebooks' })).toBeTruthy();
  expect(asked).toEqual([{ cluster: 'notebooks' }]);
});

test('and nothing where there was none', async () => {
  const { container, asked } = renderEdits([]);
  await screen.findByText((_text, element) => element === container && asked.length === 1);
  expect(screen.queryByRole('region')).toBeNull();
});
