// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EMPTY_PROFILE, type ClusterProfile, type ProfileRecord } from '../../../../domain/cluster-profile.ts';
import type { Api } from '../../../api/client.ts';
import { ApiError } from '../../../api/api-error.ts';
import { createDraftStore, type DraftStore } from '../../../drafts/draft-store.ts';
import { stubMediaQueries, stubResizeObserver } from '../../../testing/browser-stubs.ts';
import { clusterOf } from '../../../testing/cluster-fixture.ts';
import { scriptedApi, ScriptedPage, scriptedParts, scriptedSession } from '../../../testing/scripted-api.tsx';
import { OwnerSection } from './owner-section.tsx';

beforeAll(() => {
  stubMediaQueries(true);
  stubResizeObserver();
});
afterEach(cleanup);

const wei: ClusterProfile = {
  owner: 'Wei',
  contact: 'wei@example.com',
  purpose: 'nightly notebooks',
  link: 'https://tickets.example.com/T-1',
  labels: ['gpu', 'team=data'],
};

function recordOf(profile: Partial<ClusterProfile>, version = 1, who = 'ada'): ProfileRecord {
  return { profile: { ...wei, ...profile }, version, who, at: 1_795_469_000_000 };
}

type Put = Parameters<Api['putClusterProfile']>[1];

/** The section over a back end that answers each save of an owner as given; unanswered ones are set. */
function renderOwner(
  profile?: ProfileRecord,
  options: { readonly mayWrite?: boolean; readonly drafts?: DraftStore } = {},
) {
  const { drafts = createDraftStore(null) } = options;
  const puts: Put[] = [];
  const answers: (ProfileRecord | Error)[] = [];
  let there: ProfileRecord | null = null;
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession(options.mayWrite)),
    async putClusterProfile(_id, body) {
      puts.push(body);
      const answer = answers.shift() ?? { profile: body.profile, version: 9, who: 'me', at: 1_795_469_081_000 };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    clusterProfile: () => Promise.resolve({ now: there, edits: [] }),
  });
  const { parts } = scriptedParts(api, () => 'id');
  const sectionOf = (record?: ProfileRecord) => (
    <ScriptedPage parts={parts} drafts={drafts}>
      <OwnerSection cluster={{ ...clusterOf({ '4c8g': 2 }), profile: record }} />
    </ScriptedPage>
  );
  const { rerender } = render(sectionOf(profile));
  return {
    puts,
    answer: (next: ProfileRecord | Error) => void answers.push(next),
    thereIs: (next: ProfileRecord) => (there = next),
    fleetHas: (next: ProfileRecord) => rerender(sectionOf(next)),
  };
}

const region = () => screen.findByRole('region', { name: 'Owner' });
const edit = async () => userEvent.click(await screen.findByRole('button', { name: 'Edit owner' }));
const field = (name: string) => screen.findByRole<HTMLInputElement>('textbox', { name });
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save owner' }));
async function retype(name: string, value: string) {
  const input = await field(name);
  await userEvent.clear(input);
  if (value !== '') await userEvent.type(input, value);
}

test('what only the console finds wrong stands at its field, until that is typed anew', async () => {
  const on = renderOwner(recordOf({}));
  await edit();
  await retype('Link', 'https://tickets.example.com/T-2');
  on.answer(new ApiError('problem', 'bad-profile', 'link must begin.', { link: 'bad-link', owner: 'too-long' }));
  await save();
  expect((await screen.findByRole('alert')).textContent).toBe('Not saved: see the fields.');
  const link = await field('Link');
  expect(link.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText(/A whole link/)).toBeDefined();
  expect(screen.getByText('At most 80 characters.')).toBeDefined();
  await retype('Owner', 'Wei Z');
  await save();
  expect(on.puts).toHaveLength(2);
});

describe('what is told', () => {
  test('stands in the panel, each under its name, with links that run nothing', async () => {
    renderOwner(recordOf({}));
    const owner = within(await region());
    expect(owner.getByText('nightly notebooks')).toBeTruthy();
    expect(owner.getByText('team=data')).toBeTruthy();
    expect(owner.getByText(/Set by ada/)).toBeTruthy();
    const link = owner.getByRole<HTMLAnchorElement>('link', { name: wei.link });
    expect([link.href, link.rel, link.target]).toEqual([wei.link, 'noopener noreferrer', '_blank']);
    expect(owner.getByRole<HTMLAnchorElement>('link', { name: wei.contact }).href).toBe('mailto:wei@example.com');
  });

  test('markup is text, and a contact that is no address is no link', async () => {
    renderOwner(recordOf({ owner: '<img src=x onerror=alert(1)>', contact: 'javascript:alert(1)', link: '' }));
    const owner = await region();
    expect(within(owner).getByText('<img src=x onerror=alert(1)>')).toBeTruthy();
    expect(owner.querySelector('img, a')).toBeNull();
  });

  test.each([undefined, recordOf(EMPTY_PROFILE)])('nothing told is said quietly (%#)', async (profile) => {
    renderOwner(profile);
    expect(within(await region()).getByText('No owner').className).toBe('quiet');
  });

  test('a viewer reads it and is offered no form', async () => {
    renderOwner(recordOf({}), { mayWrite: false });
    expect(within(await region()).getByText('Wei')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Edit owner' })).toBeNull();
  });
});

describe('the form', () => {
  test('saves what is typed on top of the version that it was opened on, and gives the focus back', async () => {
    const page = renderOwner(recordOf({}, 3));
    await edit();
    await waitFor(async () => expect(document.activeElement).toBe(await field('Owner')));
    await retype('Owner', 'Noor');
    await retype('Labels', 'cpu, team=data  cpu');
    await save();
    expect(page.puts).toEqual([
      { expectedVersion: 3, profile: { ...wei, owner: 'Noor', labels: ['cpu', 'team=data'] } },
    ]);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Edit owner' })));
    expect(within(await region()).getByText('Noor')).toBeTruthy();
  });

  test('says what is wrong at its field, and sends nothing', async () => {
    const page = renderOwner();
    await edit();
    await retype('Link', 'javascript:alert(1)');
    await save();
    expect(
      await screen.findByText('A whole link, without a password, that begins with https:// or mailto:'),
    ).toBeTruthy();
    expect(document.activeElement).toBe(await field('Link'));
    expect(page.puts).toEqual([]);
  });

  test('keeps what was typed over a reload, until it is discarded', async () => {
    const stored = new Map<string, string>();
    const reload = () => {
      cleanup();
      const storage = {
        getItem: (key: string) => stored.get(key) ?? null,
        setItem: (key: string, value: string) => void stored.set(key, value),
      };
      renderOwner(recordOf({}), { drafts: createDraftStore(storage) });
    };
    reload();
    await edit();
    await retype('Owner', 'Noor');
    reload();
    expect((await field('Owner')).value).toBe('Noor');
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(within(await region()).getByText('Wei')).toBeTruthy();
    reload();
    expect(await screen.findByRole('button', { name: 'Edit owner' })).toBeTruthy();
  });

  test('says why it was not saved, and that a lost answer tells nothing', async () => {
    const page = renderOwner(recordOf({}));
    page.answer(new ApiError('problem', 'journal-unwritable', 'The disk is full.'));
    page.answer(new ApiError('unreachable', 'unreachable', 'x'));
    await edit();
    await retype('Owner', 'Noor');
    await save();
    expect((await screen.findByRole('alert')).textContent).toBe('Not saved. The disk is full.');
    await save();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(/may or may not be saved/));
    expect((await field('Owner')).value).toBe('Noor');
  });
});

describe('two who edit at once', () => {
  const moved = new ApiError('problem', 'profile-moved', 'x');

  test('the second one sees both sides and overwrites nothing unseen', async () => {
    const page = renderOwner(recordOf({}, 3));
    page.answer(moved);
    page.thereIs(recordOf({ owner: 'Ines', purpose: 'training' }, 4, 'bo'));
    await edit();
    await retype('Owner', 'Noor');
    await save();
    const conflict = within(await screen.findByRole('region', { name: 'bo changed this meanwhile' }));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save owner' }).disabled).toBe(true);
    expect(conflict.getByText('training')).toBeTruthy();
    await userEvent.click(conflict.getByRole('button', { name: 'Continue with these' }));
    expect(conflict.getByRole('alert').textContent).toBe('Choose one of each.');
    await userEvent.click(
      within(conflict.getByRole('group', { name: 'Owner' })).getByRole('radio', { name: /^Yours/ }),
    );
    await userEvent.click(conflict.getByRole('button', { name: 'Continue with these' }));
    expect([(await field('Owner')).value, (await field('Purpose')).value]).toEqual(['Noor', 'training']);
    await save();
    expect(page.puts.at(-1)).toEqual({
      expectedVersion: 4,
      profile: { ...wei, owner: 'Noor', purpose: 'training' },
    });
  });

  test('is told while typing, before anything is sent', async () => {
    const page = renderOwner(recordOf({}, 3));
    await edit();
    await retype('Owner', 'Noor');
    page.fleetHas(recordOf({ owner: 'Ines' }, 4, 'bo'));
    expect(await screen.findByRole('region', { name: 'bo changed this meanwhile' })).toBeTruthy();
    expect(page.puts).toEqual([]);
  });

  test('who has typed nothing just sees what the other one saved', async () => {
    const page = renderOwner(recordOf({}, 3));
    await edit();
    await field('Owner');
    page.fleetHas(recordOf({ owner: 'Ines' }, 4, 'bo'));
    await waitFor(async () => expect((await field('Owner')).value).toBe('Ines'));
    await retype('Owner', 'Noor');
    await save();
    expect(page.puts).toMatchObject([{ expectedVersion: 4 }]);
  });

  test('the same save of both, or one whose answer was lost, counts as saved', async () => {
    const page = renderOwner(recordOf({}, 3));
    page.answer(moved);
    page.thereIs(recordOf({ owner: 'Noor' }, 4, 'me'));
    await edit();
    await retype('Owner', 'Noor');
    await save();
    expect(await screen.findByRole('button', { name: 'Edit owner' })).toBeTruthy();
    expect(within(await region()).getByText('Noor')).toBeTruthy();
  });
});
