// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { known, unknown } from '../../../domain/sourced.ts';
import type { JobCluster } from '../../../domain/fleet.ts';
import type { Result } from '../../../domain/result.ts';
import { text } from '../../text/text.ts';
import { asksFor, openWithRequest } from '../../routing/cluster-request.ts';
import { ApiError } from '../../api/api-error.ts';
import { clusterOf, usedByJobs } from '../../testing/cluster-fixture.ts';
import { stubMediaQueries, stubResizeObserver } from '../../testing/browser-stubs.ts';
import { renderScriptedPanel } from '../../testing/scripted-panel.tsx';
import { jobClusterIn } from '../../../testing/harness/jobs.ts';

const team = clusterOf({ '4c8g': 2, '8c16g': 1 }, { id: 'team', divisible: true });
const applied: Result = { kind: 'applied', revision: null, seen: 'reply', retries: 0 };
const lost: Result = { kind: 'unknown', cause: 'timed-out', lookedAt: null };

beforeAll(() => {
  stubMediaQueries(true);
  stubResizeObserver();
});
afterEach(cleanup);

async function openDialog(name = 'Delete team') {
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  const dialog = await screen.findByRole('dialog', { name });
  return {
    dialog,
    name: within(dialog).getByRole<HTMLInputElement>('textbox'),
    confirm: within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Delete virtual cluster' }),
  };
}

async function confirm(id = 'team') {
  const dialog = await openDialog(`Delete ${id}`);
  await userEvent.type(dialog.name, id);
  await userEvent.click(dialog.confirm);
}

async function regionWithFocus(name: string) {
  const region = await screen.findByRole('region', { name });
  await waitFor(() => expect(document.activeElement).toBe(within(region).getByRole('heading', { name })));
  return region;
}

function leftover(submissionId: string): JobCluster {
  return jobClusterIn('team', submissionId, {
    nodes: known([{ templateId: '4c8g', count: 1 }], 'state'),
    leftover: known(true, 'jobs'),
  });
}

function used(...jobClusters: readonly JobCluster[]) {
  return clusterOf({ '4c8g': 2 }, { id: 'team', divisible: true, usedBy: known({ jobClusters, jobs: [] }, 'state') });
}

describe('the dialog', () => {
  test('deletes only what is named to the letter, on what was seen when it opened', async () => {
    const page = renderScriptedPanel('team', [team]);
    page.answer(applied);
    const { name, confirm: button } = await openDialog();
    for (const typed of ['Team', 'tea', 'team ']) {
      await userEvent.clear(name);
      await userEvent.type(name, `${typed}{Enter}`);
      expect(button.disabled).toBe(true);
    }
    expect(page.sent).toEqual([]);
    act(() => page.fleetIs([clusterOf({ '4c8g': 9 }, { id: 'team', divisible: true })]));
    expect(await screen.findByText('It has changed since you opened this. It now holds: 4c8g 9.')).toBeTruthy();
    await userEvent.clear(name);
    await userEvent.type(name, 'team{Enter}');
    await waitFor(() => expect(window.location.pathname).toBe('/clusters'));
    expect(page.sent).toEqual([
      {
        kind: 'delete',
        clusterId: 'team',
        base: { revision: team.revision, replicaSets: { '4c8g': 2, '8c16g': 1 }, divisible: true },
      },
    ]);
  });

  test('is open where the person was sent to with the question, once', async () => {
    renderScriptedPanel('team', [team]);
    act(() => openWithRequest('team', 'deletion'));
    const dialog = await screen.findByRole('dialog', { name: 'Delete team' });
    expect(window.location.pathname).toBe('/clusters/team');
    expect(asksFor(window.history.state, 'deletion')).toBe(false);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('is not opened for who may not delete it', async () => {
    renderScriptedPanel('team', [team], { mayWrite: false });
    act(() => openWithRequest('team', 'deletion'));
    await waitFor(() => expect(asksFor(window.history.state, 'deletion')).toBe(false));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('leads with what can work: what Ray will refuse is neither first nor the loudest', async () => {
    const usedBy = usedByJobs('raysubmit_A', 'raysubmit_B');
    if (!usedBy.known) throw new Error('not known');
    const jobs = usedBy.value.jobs.map((job) => ({ ...job, entrypoint: `python ${job.submissionId}.py` }));
    const busy = clusterOf({ '4c8g': 2 }, { id: 'team', usedBy: known({ jobClusters: [], jobs }, 'actors') });
    const page = renderScriptedPanel('team', [busy]);
    page.answer({ kind: 'in-use' });
    const { dialog, name, confirm: button } = await openDialog();
    const order = () =>
      within(dialog)
        .getAllByRole('button')
        .map(({ textContent }) => textContent)
        .filter((words) => words !== '');
    expect(order()).toEqual(['Delete when idle', 'Cancel', 'Delete virtual cluster']);
    expect(dialog.textContent).toContain('python raysubmit_B.py');
    expect(
      within(dialog).getByRole('button', {
        name: 'Delete when idle',
        description: /waits until no job, and nothing else that Ray shows, has used it for 5 minutes/,
      }),
    ).toBeTruthy();
    // Ray has the last word: what the page knows may be old.
    await userEvent.type(name, 'team');
    await userEvent.click(button);
    await regionWithFocus('Still in use');
    cleanup();
    renderScriptedPanel('team', [team]);
    const unused = await openDialog();
    expect(
      within(unused.dialog)
        .getAllByRole('button')
        .map(({ textContent }) => textContent)
        .filter((words) => words !== ''),
    ).toEqual(['Delete virtual cluster', 'Delete when idle', 'Cancel']);
  });

  test('sends one change however often the button is pressed', async () => {
    const page = renderScriptedPanel('team', [team]);
    page.answer(new Promise(() => undefined), applied);
    const { name, confirm: button } = await openDialog();
    await userEvent.type(name, 'team');
    await userEvent.dblClick(button);
    await userEvent.type(name, '{Enter}');
    expect(page.sent).toHaveLength(1);
  });

  test('says who uses it, and that this is not known when it is not', async () => {
    renderScriptedPanel('team', [clusterOf({ '4c8g': 2 }, { id: 'team', usedBy: usedByJobs('raysubmit_A') })]);
    const { dialog } = await openDialog();
    expect(dialog.textContent).toContain('1 job still uses it.');
    expect(within(dialog).getByRole('list', { name: 'Jobs that use it' }).textContent).toContain('raysubmit_A');
    cleanup();
    renderScriptedPanel('team', [clusterOf({ '4c8g': 2 }, { id: 'team', usedBy: unknown('failed', 'actors') })]);
    const other = await openDialog();
    expect(other.dialog.textContent).toContain('Who uses it is not known.');
    expect(other.dialog.textContent).not.toContain('No job uses it');
  });

  test('what is left over is released right there, one or all, and then it is deleted', async () => {
    const page = renderScriptedPanel('team', [used(leftover('raysubmit_A'), leftover('raysubmit_B'))]);
    page.answer(applied, { kind: 'in-use' }, applied, applied);
    const { dialog, name, confirm: button } = await openDialog();
    expect(dialog.textContent).toContain('2 job clusters are left over from jobs that have ended.');
    const list = within(dialog).getByRole('list', { name: 'Left over from jobs that have ended' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Release all 2' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Release them' }));
    await waitFor(() => expect(list.textContent).toContain('Released.'));
    expect(list.textContent).toContain('Not released: Ray says that it is still in use.');

    act(() => page.fleetIs([used(leftover('raysubmit_B'))]));
    expect(await within(dialog).findByText(/^1 job cluster is left over/)).toBeTruthy();
    expect(list.textContent).toContain('Released.');
    await userEvent.click(within(list).getByRole('button', { name: 'Release' }));
    await userEvent.click(within(list).getByRole('button', { name: 'Release it' }));
    await waitFor(() => expect(within(list).getAllByText('Released.')).toHaveLength(2));
    act(() => page.fleetIs([used()]));
    expect(await within(dialog).findByText('No job uses it, as far as Ray lists them.')).toBeTruthy();

    await userEvent.type(name, 'team');
    await userEvent.click(button);
    await waitFor(() => expect(window.location.pathname).toBe('/clusters'));
    expect(page.sent.map((change) => [change.kind, change.clusterId])).toEqual([
      ['release', 'team##raysubmit_A'],
      ['release', 'team##raysubmit_B'],
      ['release', 'team##raysubmit_B'],
      ['delete', 'team'],
    ]);
  });

  test('who may not write is offered no release, one by one or all', async () => {
    renderScriptedPanel('team', [used(leftover('raysubmit_A'), leftover('raysubmit_B'))], { mayWrite: false });
    expect(await screen.findByText('raysubmit_B')).toBeTruthy();
    await screen.findByText('Read-only for you. This console was started with --read-only.');
    expect(screen.queryByRole('button', { name: /^Release/ })).toBeNull();
  });

  test('shows what is invisible in an id, in the panel too, and takes that for its name', async () => {
    const page = renderScriptedPanel('train\u202egpj', [clusterOf({ '4c8g': 2 }, { id: 'train\u202egpj' })]);
    page.answer(applied);
    expect((await screen.findByRole('heading', { name: 'train\\u{202e}gpj' })).querySelector('bdi')).toBeTruthy();
    const { dialog, name } = await openDialog('Delete train\\u{202e}gpj');
    expect(dialog.textContent).not.toContain('\u202e');
    await userEvent.click(name);
    await userEvent.paste('train\\u{202e}gpj');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(page.sent).toMatchObject([{ kind: 'delete', clusterId: 'train\u202egpj' }]));
  });

  test('is out of reach for who may not write, with the reason in view', async () => {
    renderScriptedPanel('team', [team], { mayWrite: false });
    await screen.findByText('Read-only for you. This console was started with --read-only.');
    expect((await screen.findByRole<HTMLButtonElement>('button', { name: 'Delete' })).disabled).toBe(true);
  });
});

describe('what came of a delete', () => {
  test('an unknown outcome is never said to have failed, and keeps a second delete back until it is known', async () => {
    const page = renderScriptedPanel('team', [team]);
    page.answer(lost);
    await confirm();
    const region = await regionWithFocus('Not known yet');
    expect(region.textContent).not.toMatch(/fail|nothing was changed/i);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Delete' }).disabled).toBe(true);
    page.finds(applied);
    await userEvent.click(within(region).getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(window.location.pathname).toBe('/clusters'));
    expect(page.sent).toHaveLength(1);
  });

  test('each look that shows nothing new is answered', async () => {
    const page = renderScriptedPanel('team', [team]);
    page.answer(lost);
    await confirm();
    const region = await regionWithFocus('Not known yet');
    const status = within(region).getByRole('status');
    expect(status.textContent).toBe('');
    page.finds(
      { ...lost, lookedAt: 1_795_469_081_000 },
      new ApiError('unreachable', 'unreachable', 'The console did not answer.'),
    );
    await userEvent.click(within(region).getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(status.textContent).toMatch(/^Looked at \d\d:\d\d:41: still not seen\.$/));
    await userEvent.click(within(region).getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(status.textContent).toBe('Asked again: the console still does not answer.'));
  });

  test('a console that does not answer leaves it unknown; one that never got it may be sent it once more', async () => {
    const page = renderScriptedPanel('team', [team]);
    page.answer(new ApiError('unreachable', 'unreachable', 'The console did not answer.'), applied);
    await confirm();
    const region = await regionWithFocus('Not known yet');
    page.finds('nothing');
    await userEvent.click(within(region).getByRole('button', { name: 'Check again' }));
    await regionWithFocus('It was not sent');
    await userEvent.click(screen.getByRole('button', { name: 'Send it now' }));
    await waitFor(() => expect(window.location.pathname).toBe('/clusters'));
  });

  test('one that was gone already, or was not sent, says so', async () => {
    const page = renderScriptedPanel('team', [team]);
    page.answer({ kind: 'not-found' }, { kind: 'unreachable' });
    await confirm();
    await regionWithFocus('Already gone');
    await confirm();
    expect((await regionWithFocus('Not sent')).textContent).toContain('Nothing was changed.');
  });

  test('in use: what holds it is listed once, leftovers are released one by one or all, and each says what came of it', async () => {
    const page = renderScriptedPanel('team', [used(leftover('raysubmit_A'), leftover('raysubmit_B'))]);
    page.answer({ kind: 'in-use' });
    await confirm();
    const region = await regionWithFocus('Still in use');
    expect(within(region).getAllByRole('listitem')).toHaveLength(2);
    expect(screen.queryByRole('region', { name: 'Used by' })).toBeNull();

    page.answer(applied, { kind: 'in-use' });
    await userEvent.click(within(region).getByRole('button', { name: 'Release all 2' }));
    await userEvent.click(within(region).getByRole('button', { name: 'Release them' }));
    await waitFor(() => expect(region.textContent).toContain('Released.'));
    expect(region.textContent).toContain('Not released: Ray says that it is still in use.');
    expect(page.sent.slice(1)).toEqual([
      { kind: 'release', clusterId: 'team##raysubmit_A' },
      { kind: 'release', clusterId: 'team##raysubmit_B' },
    ]);
    // Ray doesn't list it any more: what came of it is still there to read.
    act(() => page.fleetIs([used(leftover('raysubmit_B'))]));
    expect(region.textContent).toContain('Released.');
  });

  test('in use by nobody that Ray lists: says what else can hold it', async () => {
    const page = renderScriptedPanel('team', [used()]);
    page.answer({ kind: 'in-use' });
    await confirm();
    expect((await regionWithFocus('Still in use')).textContent).toMatch(
      /lists nothing that holds it now.*detached actors can hold it/s,
    );
  });
});

test('somebody else deletes it while the dialog asks: the dialog says so, and nothing behind it says it again', async () => {
  const page = renderScriptedPanel('team', [team]);
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  const dialog = await screen.findByRole('dialog');
  act(() => page.fleetIs([]));
  await waitFor(() => expect(dialog.textContent).toContain('somebody has deleted it'));
  expect(screen.queryByRole('region', { name: 'This virtual cluster is gone', hidden: true })).toBeNull();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(await screen.findByRole('region', { name: 'This virtual cluster is gone' })).toBeTruthy();
});

test('until the list stands in its place, the panel of a deleted one does not call it gone', async () => {
  const page = renderScriptedPanel('team', [team]);
  let answer: (result: Result) => void = () => undefined;
  page.answer(new Promise<Result>((resolve) => (answer = resolve)));
  await confirm();
  act(() => page.fleetIs([]));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Replica sets', hidden: true })).toBeNull());
  await act(async () => answer(applied));
  expect(window.location.pathname).toBe('/clusters');
  expect(screen.queryByRole('region', { name: text.panel.gone.title, hidden: true })).toBeNull();
});

test('a virtual cluster that is not in the list is not shown as one without nodes', async () => {
  const page = renderScriptedPanel('team', [team]);
  await screen.findByRole('region', { name: 'Replica sets' });
  act(() => page.fleetIs([]));
  expect(await screen.findByRole('region', { name: 'This virtual cluster is gone' })).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Replica sets' })).toBeNull();
});
