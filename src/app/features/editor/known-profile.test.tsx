// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { EMPTY_PROFILE, type ProfileRecord } from '../../../domain/cluster-profile.ts';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../testing/browser-stubs.ts';
import { scriptedApi, ScriptedPage, scriptedParts } from '../../testing/scripted-api.tsx';
import { KnownProfile } from './known-profile.tsx';

beforeAll(() => stubMediaQueries(false));
afterEach(cleanup);

const wei = { ...EMPTY_PROFILE, owner: 'Wei', purpose: 'data-platform' };
const record: ProfileRecord = { profile: wei, version: 7, who: 'ada', at: 1 };

function renderKnown(now: ProfileRecord | null, clusterId = 'notebooks') {
  const puts: unknown[] = [];
  const asked: string[] = [];
  const api = scriptedApi({
    clusterProfile(id) {
      asked.push(id);
      return Promise.resolve({ now, edits: [] });
    },
    putClusterProfile(_id, body) {
      puts.push(body);
      return Promise.resolve({ profile: body.profile, version: 7 + puts.length, who: 'me', at: 2 });
    },
  });
  render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={createDraftStore(null)}>
      <KnownProfile clusterId={clusterId} />
    </ScriptedPage>,
  );
  return { puts, asked };
}

test('an id that was there before says for whom, and can start empty, and be taken back', async () => {
  const { puts } = renderKnown(record);
  expect(
    await screen.findByText('notebooks was here before, for Wei (data-platform). The new one keeps that.'),
  ).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Start empty' }));
  expect(await screen.findByText('The new one starts without an owner.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Keep it after all' }));
  expect(await screen.findByText(/keeps that/)).toBeTruthy();
  expect(puts).toEqual([
    { expectedVersion: 7, profile: EMPTY_PROFILE },
    { expectedVersion: 8, profile: wei },
  ]);
});

test.each([[null], [{ ...record, profile: EMPTY_PROFILE }]])('a new id says nothing (%#)', async (now) => {
  renderKnown(now);
  await new Promise(process.nextTick);
  expect(screen.getByRole('status').textContent).toBe('');
});

test('an id that can not be one is not looked for', async () => {
  const { asked } = renderKnown(record, 'a##b');
  await new Promise(process.nextTick);
  expect(asked).toEqual([]);
});
