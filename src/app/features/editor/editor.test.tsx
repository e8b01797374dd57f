// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiError } from '../../api/api-error.ts';
import { stubMediaQueries } from '../../testing/browser-stubs.ts';
import { clusterOf, poolOf, revisionOf, usedByJobClusters, usedByJobs } from '../../testing/cluster-fixture.ts';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { editDraft } from '../../drafts/draft.ts';
import { savedChangeIn } from '../../changes/saved-notice.tsx';
import { renderScriptedEditor } from '../../testing/scripted-editor.tsx';

const held = clusterOf({ '4c8g': 12, '8c16g': 8 }, { id: 'train-llm', revision: '1795469080484243902' });
const pool = poolOf({ '4c8g': 5, '8c16g': 3, gpu_a10: 0, head: 1 });
const editing = { clusterId: 'train-llm', clusters: [held], pool };
const later = revisionOf('1795469080484243950');
const applied = { kind: 'applied', revision: later, seen: 'reply', retries: 0 } as const;
const noAnswer = new ApiError('unreachable', 'unreachable', 'The console did not answer.');

beforeAll(() => stubMediaQueries(false));
beforeEach(() => window.history.replaceState(null, '', '/clusters/train-llm/edit'));
afterEach(cleanup);

const field = (templateId: string) => screen.findByLabelText<HTMLInputElement>(templateId, { selector: 'input' });
const button = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name });

async function fill(templateId: string, typed: string) {
  const user = userEvent.setup({ delay: null });
  await user.clear(await field(templateId));
  if (typed !== '') await user.type(await field(templateId), typed);
}

async function press(name: string) {
  await userEvent.click(await button(name));
}

async function focusIsOn(element: HTMLElement) {
  await waitFor(() => expect(document.activeElement).toBe(element));
}

describe('the form', () => {
  test('an emptied field is an error tied to it, takes the focus, and sends nothing', async () => {
    const page = renderScriptedEditor(editing);
    await fill('8c16g', '6');
    await fill('4c8g', '');
    await press('Save changes');
    const emptied = await field('4c8g');
    await focusIsOn(emptied);
    expect(emptied.getAttribute('aria-invalid')).toBe('true');
    expect(emptied.hasAttribute('aria-valuenow')).toBe(false);
    expect(screen.getByText('Type a number. 0 gives all 12 back.').id).toBe(
      emptied.getAttribute('aria-describedby')?.split(' ')[0],
    );
    expect(page.sent).toEqual([]);
  });

  test('keeps junk as it was typed, and its keys step', async () => {
    renderScriptedEditor(editing);
    await fill('4c8g', '1e5');
    expect((await field('4c8g')).value).toBe('1e5');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{PageUp}{ArrowDown}');
    expect((await field('4c8g')).value).toBe('22');
    expect((await field('4c8g')).getAttribute('aria-valuenow')).toBe('22');
    await userEvent.click(screen.getByRole('button', { name: 'One less 4c8g' }));
    expect((await field('4c8g')).value).toBe('21');
  });

  test('says what will happen while typing', async () => {
    renderScriptedEditor(editing);
    await fill('4c8g', '14');
    await fill('8c16g', '6');
    const rows = screen.getByRole('table', { name: 'Replica sets' });
    expect(within(rows).getByText('2 come from the free pool')).toBeTruthy();
    expect(within(rows).getByText('2 go back to the free pool')).toBeTruthy();
  });

  test('while Ray is away, the free nodes known last stay, marked with their time, and nothing is promised', async () => {
    const last = { value: { count: 5, atMost: false }, at: 1_795_469_080_000 };
    const free = { known: false, reason: 'unreachable', source: 'state', last } as const;
    const templates = pool.templates.map((each) => (each.templateId === '4c8g' ? { ...each, free } : each));
    renderScriptedEditor({ ...editing, pool: { ...pool, templates } });
    await fill('4c8g', '14');
    const row = within(screen.getByRole('table', { name: 'Replica sets' })).getByRole('row', { name: /^4c8g/ });
    expect(row.textContent).toMatch(/5, as of \d+ Nov 2026/);
    expect(row.textContent).not.toContain('come from the free pool');
  });

  test('without a change there is nothing to save, and it says so', async () => {
    renderScriptedEditor(editing);
    expect((await button('Save changes')).disabled).toBe(true);
    expect(screen.getByText('No changes yet.')).toBeTruthy();
  });

  test('who may not write reads why', async () => {
    renderScriptedEditor({ ...editing, mayWrite: false });
    expect(await screen.findByText('This console was started with --read-only.')).toBeTruthy();
    expect((await field('4c8g')).readOnly).toBe(true);
  });

  test('a background refresh never touches a field; it is said instead', async () => {
    const page = renderScriptedEditor(editing);
    await fill('4c8g', '14');
    act(() => page.fleetIs([clusterOf({ '4c8g': 16, '8c16g': 8 }, { id: 'train-llm', revision: later })]));
    expect(await screen.findByText(/Since then 4c8g 12 → 16\./)).toBeTruthy();
    expect(screen.getByText('your 14 or their 16: yet to be decided')).toBeTruthy();
    expect((await field('4c8g')).value).toBe('14');
    expect((await field('8c16g')).value).toBe('8');
    page.answer({ kind: 'invalid', message: 'x' });
    await press('Save changes');
    await screen.findByRole('region', { name: 'Refused by Ray' });
    expect(page.sent[0]?.wanted).toMatchObject({
      base: { revision: '1795469080484243902', replicaSets: { '4c8g': 12, '8c16g': 8 } },
    });
  });

  test('is not called unchanged while Ray does not answer', async () => {
    const page = renderScriptedEditor(editing);
    expect(await screen.findByText(/Unchanged since\./)).toBeTruthy();
    act(() => page.listFails('unreachable', 1_795_469_081_000));
    expect(await screen.findByText(/Not known since \d\d:\d\d: Ray does not answer\./)).toBeTruthy();
    expect(screen.queryByText(/Unchanged/)).toBeNull();
  });

  test('lists every template of the fleet, and “Add template” goes to the one that is meant', async () => {
    renderScriptedEditor({ ...editing, pool: poolOf({ '4c8g': 3, gpu_a10: 2, head: 1 }) });
    expect((await field('gpu_a10')).value).toBe('0');
    expect(screen.queryByRole('spinbutton', { name: 'head' })).toBeNull();
    await press('Add template');
    await userEvent.type(screen.getByRole('combobox', { name: 'Template' }), 'gpu{Enter}');
    await focusIsOn(await field('gpu_a10'));
    expect(screen.queryByRole('spinbutton', { name: 'gpu' })).toBeNull();
    await press('Add template');
    const head = screen.getByRole('option', { name: /^head/ });
    expect(head.textContent).toContain("the head node's own: Ray may take the head node");
    await userEvent.click(head);
    await focusIsOn(await field('head'));
  });

  test('a template that only begins like one of the fleet’s is added on purpose: by its own option', async () => {
    renderScriptedEditor({ ...editing, pool: poolOf({ '4c8g': 3, gpu_a10: 2 }) });
    await press('Add template');
    const combobox = screen.getByRole('combobox', { name: 'Template' });
    await userEvent.type(combobox, 'gpu');
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'gpu_a10 in the form already',
      'gpu no node has this template',
    ]);
    await userEvent.type(combobox, '{ArrowDown}{Enter}');
    await focusIsOn(await field('gpu'));
  });

  test('a template is added by its name, refused when empty or there already', async () => {
    renderScriptedEditor(editing);
    await press('Add template');
    await press('Add');
    expect(screen.getByText("Type a template's name, or pick one.")).toBeTruthy();
    await userEvent.type(screen.getByRole('combobox', { name: 'Template' }), '4c8g');
    expect(screen.getByText('4c8g is in the form already.')).toBeTruthy();
    await userEvent.clear(screen.getByRole('combobox', { name: 'Template' }));
    await userEvent.type(screen.getByRole('combobox', { name: 'Template' }), 'h100{Enter}{Enter}');
    await focusIsOn(await field('h100'));
    expect(screen.getByText('no node has this template')).toBeTruthy();
  });
});

describe('a new virtual cluster', () => {
  const creating = { clusterId: null, clusters: [held], pool };

  test('is checked for its id, and its heading takes the focus', async () => {
    const page = renderScriptedEditor(creating);
    await focusIsOn(await screen.findByRole('heading', { name: 'New virtual cluster' }));
    expect(screen.getByText('It will hold no nodes.')).toBeTruthy();
    await fill('4c8g', '1');
    expect(screen.queryByText('It will hold no nodes.')).toBeNull();
    await userEvent.type(screen.getByRole('textbox', { name: 'Virtual cluster ID' }), ' a##b ');
    await press('Create');
    // Not what a pasted space would say: it is gone.
    expect(await screen.findByText(/An ID can't have ## in it/)).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Virtual cluster ID' })).toHaveProperty('value', 'a##b');
    await focusIsOn(screen.getByRole('textbox', { name: 'Virtual cluster ID' }));
    await userEvent.clear(screen.getByRole('textbox', { name: 'Virtual cluster ID' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Virtual cluster ID' }), 'train-llm');
    expect(screen.getByRole('link', { name: 'Edit train-llm' }).getAttribute('href')).toBe('/clusters/train-llm/edit');
    await press('Create');
    expect(page.sent).toEqual([]);
  });

  test('is sent with what was asked for, and opens with what came of it', async () => {
    const page = renderScriptedEditor(creating);
    page.answer(applied);
    await userEvent.type(await screen.findByRole('textbox', { name: 'Virtual cluster ID' }), 'team');
    await userEvent.click(screen.getByRole('switch', { name: 'Divisible' }));
    await fill('4c8g', '2');
    await press('Create');
    await waitFor(() => expect(window.location.pathname).toBe('/clusters/team'));
    expect(page.sent.map(({ wanted }) => wanted)).toEqual([
      { kind: 'save', clusterId: 'team', divisible: true, base: null, want: { '4c8g': 2 } },
    ]);
    expect(savedChangeIn(window.history.state)?.wanted.clusterId).toBe('team');
    expect(page.drafts.get(null)).toBeNull();
  });
});

describe('sending', () => {
  test('a double click sends once, and the fields are locked but legible meanwhile', async () => {
    const page = renderScriptedEditor(editing);
    let settle: (result: typeof applied) => void = () => undefined;
    page.answer(new Promise<typeof applied>((resolve) => (settle = resolve)));
    await fill('4c8g', '14');
    await userEvent.dblClick(await button('Save changes'));
    await waitFor(async () => expect((await field('4c8g')).readOnly).toBe(true));
    expect((await field('4c8g')).value).toBe('14');
    settle(applied);
    await waitFor(() => expect(window.location.pathname).toBe('/clusters/train-llm'));
    expect(page.sent).toHaveLength(1);
  });

  test('a shrink under a running job is asked about before it goes out', async () => {
    const page = renderScriptedEditor({ ...editing, clusters: [{ ...held, usedBy: usedByJobs('raysubmit_a') }] });
    await fill('4c8g', '11');
    await press('Save changes');
    expect(await screen.findByText('raysubmit_a')).toBeTruthy();
    expect(page.sent).toEqual([]);
    page.answer(applied);
    await press('Save anyway');
    await waitFor(() => expect(page.sent).toHaveLength(1));
  });

  test('a shrink is judged by a fresh look: a job that started a moment ago is asked about, and a double click looks once', async () => {
    const page = renderScriptedEditor(editing);
    let look: () => void = () => undefined;
    page.lookFinds(
      [{ ...held, usedBy: usedByJobs('raysubmit_new') }],
      new Promise<void>((resolve) => (look = resolve)),
    );
    await fill('4c8g', '11');
    await userEvent.dblClick(await button('Save changes'));
    expect((await button('Looking…')).disabled).toBe(true);
    expect((await field('4c8g')).readOnly).toBe(true);
    look();
    expect(await screen.findByText('raysubmit_new')).toBeTruthy();
    expect(page.looks()).toBe(1);
    expect(page.sent).toEqual([]);
  });

  test('a shrink that is seen to end no job goes out once, whatever is clicked', async () => {
    const page = renderScriptedEditor(editing);
    let look: () => void = () => undefined;
    page.lookFinds([held], new Promise<void>((resolve) => (look = resolve)));
    page.answer(applied);
    await fill('4c8g', '11');
    await userEvent.dblClick(await button('Save changes'));
    look();
    await waitFor(() => expect(window.location.pathname).toBe('/clusters/train-llm'));
    expect(page.sent).toHaveLength(1);
  });

  test('a shrink whose look fails is asked about, and says that nobody can tell', async () => {
    const page = renderScriptedEditor(editing);
    let fail: (error: Error) => void = () => undefined;
    page.lookFinds([held], new Promise<void>((_resolve, reject) => (fail = reject)));
    await fill('4c8g', '11');
    await press('Save changes');
    fail(noAnswer);
    expect(await screen.findByText(/Which jobs run in it could not be looked up just now\./)).toBeTruthy();
    expect(page.sent).toEqual([]);
  });

  test('a look that ends after the editor was left sends nothing', async () => {
    const page = renderScriptedEditor(editing);
    let look: () => void = () => undefined;
    page.lookFinds([held], new Promise<void>((resolve) => (look = resolve)));
    await fill('4c8g', '11');
    await press('Save changes');
    cleanup();
    await act(async () => {
      look();
      await Promise.resolve();
    });
    expect(page.sent).toEqual([]);
    expect(page.drafts.get('train-llm')?.fields[0]?.typed).toBe('11');
  });

  test('an unanswered save leaves the form as typed, is never called failed, and is looked at, not sent again', async () => {
    const page = renderScriptedEditor(editing);
    page.answer(noAnswer);
    await fill('4c8g', '014');
    await press('Save changes');
    const region = await screen.findByRole('region', { name: 'Not known yet' });
    await focusIsOn(within(region).getByRole('heading'));
    expect((await field('4c8g')).value).toBe('014');
    expect(region.textContent).not.toMatch(/fail/i);
    const [first] = page.sent;
    if (first === undefined) throw new Error('nothing was sent');
    page.finds(first.id, first.wanted, applied);
    await press('Check again');
    await waitFor(() => expect(window.location.pathname).toBe('/clusters/train-llm'));
    expect(page.sent).toHaveLength(1);
  });

  test('a reload takes an unanswered save up again under its id', async () => {
    const page = renderScriptedEditor(editing);
    page.answer(noAnswer);
    await fill('4c8g', '14');
    await press('Save changes');
    await screen.findByRole('region', { name: 'Not known yet' });
    const [first] = page.sent;
    if (first === undefined) throw new Error('nothing was sent');
    page.finds(first.id, first.wanted, 'nothing');
    page.reload();
    await screen.findByRole('region', { name: 'Not sent' });
    expect((await field('4c8g')).value).toBe('14');
    page.answer(applied);
    await press('Send again');
    await waitFor(() => expect(page.sent.map(({ wanted }) => wanted)).toEqual([first.wanted, first.wanted]));
    // The console refuses the id that was given up.
    expect(page.sent[1]?.id).not.toBe(first.id);
  });

  test('a console that was started anew since has no record of it, and that tells nothing', async () => {
    const page = renderScriptedEditor(editing);
    page.answer(noAnswer);
    await fill('4c8g', '14');
    await press('Save changes');
    const [first] = page.sent;
    if (first === undefined) throw new Error('nothing was sent');
    page.finds(first.id, first.wanted, 'nothing');
    act(() => page.startsAnew([held]));
    await press('Check again');
    expect(await screen.findByRole('region', { name: 'Not known' })).toBeTruthy();
    expect(screen.queryByText(/nothing was sent/)).toBeNull();
  });

  test('a change that nobody sees can be given up on, and the form changed again', async () => {
    const page = renderScriptedEditor(editing);
    page.answer({ kind: 'unknown', cause: 'timed-out', lookedAt: 1_795_469_080_000 }, applied);
    await fill('4c8g', '14');
    await press('Save changes');
    expect(await screen.findByText(/^Press “Go on editing” to change it\./)).toBeTruthy();
    await press('Go on editing');
    await fill('4c8g', '15');
    await press('Save changes');
    await waitFor(() =>
      expect(page.sent.map(({ wanted }) => wanted.kind === 'save' && wanted.want['4c8g'])).toEqual([14, 15]),
    );
  });
});

describe('not enough nodes', () => {
  const judgedOn = { revision: later, replicaSets: { '4c8g': 12, '8c16g': 8 } };
  const shortage = {
    kind: 'shortage',
    direction: 'grow',
    suggestion: { '4c8g': 5, '8c16g': 1 },
    unmatched: [],
    judgedOn,
  } as const;

  test('one click turns the suggestion into the request, on the revision that it was judged on', async () => {
    const page = renderScriptedEditor(editing);
    page.answer(shortage, applied);
    await fill('4c8g', '20');
    await fill('8c16g', '9');
    await press('Save changes');
    const region = await screen.findByRole('region', { name: 'Not enough nodes' });
    expect((await field('4c8g')).value).toBe('20');
    const save = await button('Save changes');
    expect([save.disabled, save.dataset['variant']]).toEqual([false, 'default']);
    const cells = within(region)
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => cell.textContent));
    expect(cells).toEqual([
      ['Template', 'Now', 'Asked', 'Can add', 'Becomes'],
      ['4c8g', '12', '20', '5', '17'],
      ['8c16g', '8', '9', '1', '9 as asked'],
    ]);
    expect(within(region).getByText('Saves 4c8g 17, 8c16g 9.')).toBeTruthy();
    await press('Apply suggestion');
    await waitFor(() => expect(page.sent).toHaveLength(2));
    expect(page.sent[1]?.wanted).toMatchObject({ base: judgedOn, want: { '4c8g': 17, '8c16g': 9 } });
  });

  test('a refused shrink has a title of its own, and names the jobs that hold the nodes', async () => {
    const gpus = clusterOf({ gpu_a10: 4 }, { id: 'train-llm', divisible: true, usedBy: usedByJobClusters({ a: 3 }) });
    const page = renderScriptedEditor({ ...editing, clusters: [gpus] });
    page.answer({
      kind: 'shortage',
      direction: 'shrink',
      suggestion: { gpu_a10: 1 },
      unmatched: [],
      judgedOn: { revision: gpus.revision, replicaSets: { gpu_a10: 4 } },
    });
    await fill('gpu_a10', '2');
    await press('Save changes');
    const region = await screen.findByRole('region', { name: "Can't give back that many" });
    const holders = within(region).getByRole('region', { name: 'What holds them' });
    expect(within(holders).getByText('These jobs hold or use them.', { exact: false })).toBeTruthy();
    expect(
      within(holders)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual([expect.stringContaining('gpu_a10 3')]);
    expect(within(region).getByText('Saves gpu_a10 3.')).toBeTruthy();
  });

  test('a suggestion that met another change becomes mine in the ordinary merge', async () => {
    const page = renderScriptedEditor(editing);
    const theirs = {
      revision: revisionOf('1795469080484243999'),
      divisible: false,
      replicaSets: { '4c8g': 13, '8c16g': 8 },
    };
    page.answer(shortage, { kind: 'conflict', latest: theirs.revision, theirs });
    await fill('4c8g', '20');
    await press('Save changes');
    await press('Apply suggestion');
    const region = await screen.findByRole('region', { name: 'Changed by someone else' });
    const row = within(region).getByRole('row', { name: /^4c8g/ });
    expect([...row.children].slice(0, 4).map((cell) => cell.textContent)).toEqual(['4c8g', '12', '13', '17']);
    expect((await field('4c8g')).value).toBe('17');
  });

  test('of which nothing is possible offers no button', async () => {
    const page = renderScriptedEditor(editing);
    page.answer({ ...shortage, suggestion: { '4c8g': 0 } });
    await fill('4c8g', '20');
    await press('Save changes');
    expect(await screen.findByText('Nothing can be added now.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Apply suggestion' })).toBeNull();
  });
});

describe('changed by someone else', () => {
  const theirs = { revision: later, divisible: false, replicaSets: { '4c8g': 16, '8c16g': 8 } };
  const conflict = { kind: 'conflict', latest: later, theirs } as const;

  test('nothing is preselected, the focus goes to what is undecided, and the merge goes out on theirs', async () => {
    const page = renderScriptedEditor(editing);
    page.answer(conflict, applied);
    await fill('4c8g', '14');
    await fill('8c16g', '6');
    await press('Save changes');
    const region = await screen.findByRole('region', { name: 'Changed by someone else' });
    await focusIsOn(within(region).getByRole('heading'));
    expect((await button('Save changes')).disabled).toBe(true);
    expect(screen.getByText('Decide above first.')).toBeTruthy();
    const group = within(region).getByRole('radiogroup', { name: '4c8g' });
    const mine = within(group).getByRole<HTMLInputElement>('radio', { name: 'Mine' });
    expect(
      within(region)
        .getAllByRole<HTMLInputElement>('radio')
        .map(({ checked }) => checked),
    ).toEqual([false, false]);
    await press('Save merged');
    await focusIsOn(mine);
    expect(page.sent).toHaveLength(1);
    await userEvent.click(mine);
    expect((await field('8c16g')).value).toBe('6');
    await press('Save merged');
    await waitFor(() => expect(page.sent).toHaveLength(2));
    expect(page.sent[1]?.wanted).toMatchObject({
      base: { revision: later, replicaSets: theirs.replicaSets },
      want: { '4c8g': 14, '8c16g': 6 },
    });
  });

  test('one that moves again says so, and shows it when asked, with the choices that still hold', async () => {
    const page = renderScriptedEditor(editing);
    const both = { ...theirs, replicaSets: { '4c8g': 16, '8c16g': 5 } };
    page.answer({ ...conflict, theirs: both }, applied);
    await fill('4c8g', '14');
    await fill('8c16g', '6');
    await press('Save changes');
    const region = await screen.findByRole('region', { name: 'Changed by someone else' });
    const mine = (templateId: string) =>
      within(within(region).getByRole('radiogroup', { name: templateId })).getByRole<HTMLInputElement>('radio', {
        name: 'Mine',
      });
    await userEvent.click(mine('4c8g'));
    await userEvent.click(mine('8c16g'));
    act(() =>
      page.fleetIs([clusterOf({ '4c8g': 17, '8c16g': 5 }, { id: 'train-llm', revision: '1795469080484243999' })]),
    );
    expect(await screen.findByText('It moved again: 4c8g 16 → 17.')).toBeTruthy();
    await press('Show it');
    expect([mine('4c8g').checked, mine('8c16g').checked]).toEqual([false, true]);
    expect(screen.queryByText(/It moved again/)).toBeNull();
    await userEvent.click(mine('4c8g'));
    await press('Save merged');
    await waitFor(() =>
      expect(page.sent[1]?.wanted).toMatchObject({
        base: { revision: '1795469080484243999' },
        want: { '4c8g': 14, '8c16g': 6 },
      }),
    );
  });

  test('is offered before anything is sent, with both counts and nothing preselected; chosen, the merge goes out at once', async () => {
    const page = renderScriptedEditor(editing);
    await fill('4c8g', '14');
    act(() => page.fleetIs([clusterOf({ '4c8g': 13, '8c16g': 9 }, { id: 'train-llm', revision: later })]));
    const choice = await screen.findByRole('radiogroup', { name: '4c8g' });
    expect(choice.textContent).toBe('14Mine13Theirs');
    const mine = within(choice).getByRole<HTMLInputElement>('radio', { name: 'Mine', description: '14' });
    const theirsRadio = within(choice).getByRole<HTMLInputElement>('radio', { name: 'Theirs', description: '13' });
    expect([mine.checked, theirsRadio.checked]).toEqual([false, false]);
    await userEvent.click(mine);
    page.answer(applied);
    await press('Save changes');
    await expect.poll(() => page.sent.length).toBe(1);
    expect(page.sent[0]?.wanted).toMatchObject({
      base: { revision: later, replicaSets: { '4c8g': 13, '8c16g': 9 } },
      want: { '4c8g': 14, '8c16g': 9 },
    });
  });

  test('left open before saving, it is asked for once the answer is a conflict', async () => {
    const page = renderScriptedEditor(editing);
    await fill('4c8g', '14');
    const both = clusterOf({ '4c8g': 13, '8c16g': 8 }, { id: 'train-llm', revision: later });
    act(() => page.fleetIs([both]));
    await screen.findByRole('radiogroup', { name: '4c8g' });
    page.answer({ ...conflict, theirs: { ...theirs, replicaSets: { '4c8g': 13, '8c16g': 8 } } });
    await press('Save changes');
    const region = await screen.findByRole('region', { name: 'Changed by someone else' });
    expect(screen.getAllByRole('radiogroup')).toEqual([within(region).getByRole('radiogroup', { name: '4c8g' })]);
  });

  test('a second conflict is merged like the first', async () => {
    const page = renderScriptedEditor(editing);
    const again = {
      revision: revisionOf('1795469080484243999'),
      divisible: false,
      replicaSets: { '4c8g': 17, '8c16g': 8 },
    };
    page.answer(conflict, { kind: 'conflict', latest: again.revision, theirs: again }, applied);
    await fill('4c8g', '14');
    await press('Save changes');
    await userEvent.click(await screen.findByRole('radio', { name: 'Mine' }));
    await press('Save merged');
    await screen.findAllByText('17');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Mine' }).checked).toBe(false);
    await userEvent.click(screen.getByRole('radio', { name: 'Mine' }));
    await press('Save merged');
    await waitFor(() =>
      expect(page.sent[2]?.wanted).toMatchObject({ base: { revision: again.revision }, want: { '4c8g': 14 } }),
    );
  });

  test('a deleted cluster is created again only when asked for', async () => {
    const page = renderScriptedEditor(editing);
    page.answer({ kind: 'conflict', latest: later, theirs: null }, applied);
    await fill('4c8g', '14');
    await press('Save changes');
    await screen.findByRole('region', { name: 'Deleted meanwhile' });
    await press('Create it again');
    await waitFor(() => expect(page.sent[1]?.wanted).toMatchObject({ base: null, want: { '4c8g': 14, '8c16g': 8 } }));
  });
});

describe('a draft', () => {
  test('comes back as typed after a reload, with its base', async () => {
    const page = renderScriptedEditor(editing);
    await fill('4c8g', '1e');
    page.reload();
    expect((await field('4c8g')).value).toBe('1e');
    expect(screen.getByText('What you typed here before is back.')).toBeTruthy();
    expect([...page.drafts.clusterIds()]).toEqual(['train-llm']);
  });

  test('from the journal says what it is filled with, not that it was typed', async () => {
    const drafts = createDraftStore(null);
    drafts.put({ ...editDraft(held, 0), fields: [{ templateId: '4c8g', typed: '3' }], origin: 'journal' });
    renderScriptedEditor({ ...editing, drafts });
    expect(
      await screen.findByText('Filled with the earlier replica sets from the journal. Nothing is saved yet.'),
    ).toBeTruthy();
    expect(screen.queryByText('What you typed here before is back.')).toBeNull();
    await fill('4c8g', '4');
    expect(drafts.get('train-llm')?.origin).toBe('journal');
  });

  test('is kept by Esc, and forgotten by Discard once that is confirmed', async () => {
    const page = renderScriptedEditor(editing);
    await fill('4c8g', '14');
    await userEvent.keyboard('{Escape}');
    expect(window.location.pathname).toBe('/clusters/train-llm');
    expect(page.drafts.get('train-llm')).not.toBeNull();
    await press('Discard');
    expect(page.drafts.get('train-llm')).not.toBeNull();
    await press('Discard it');
    expect(page.drafts.get('train-llm')).toBeNull();
  });

  test('of another Ray starts from what it has now, with what was typed, and says so before anything is sent', async () => {
    const page = renderScriptedEditor(editing);
    await fill('4c8g', '14');
    act(() =>
      page.startsAnew([clusterOf({ '4c8g': 6, '8c16g': 3 }, { id: 'train-llm', revision: '1795000000000000000' })]),
    );
    expect(
      await screen.findByText(/^This is another Ray than when you began at .*It has 4c8g 6, 8c16g 3 now\.$/),
    ).toBeTruthy();
    expect((await button('Save changes')).disabled).toBe(true);
    await press('Start from what it has now');
    expect([(await field('4c8g')).value, (await field('8c16g')).value]).toEqual(['14', '3']);
    page.answer(applied);
    await press('Save changes');
    await waitFor(() =>
      expect(page.sent[0]?.wanted).toMatchObject({
        base: { revision: '1795000000000000000' },
        want: { '4c8g': 14, '8c16g': 3 },
      }),
    );
  });

  test('goes on as it was when only the console is started anew, also when the cluster moves after that', async () => {
    const page = renderScriptedEditor(editing);
    await fill('4c8g', '14');
    act(() => page.startsAnew([held]));
    await waitFor(() => expect(page.drafts.get('train-llm')?.base?.epoch).toBe('ex'));
    expect(screen.queryByText(/another Ray/)).toBeNull();
    act(() => page.fleetIs([clusterOf({ '4c8g': 16, '8c16g': 8 }, { id: 'train-llm', revision: later })]));
    expect(await screen.findByText(/Since then 4c8g 12 → 16\./)).toBeTruthy();
  });

  test('that says what the cluster has is none', async () => {
    const page = renderScriptedEditor(editing);
    await fill('4c8g', '14');
    await fill('4c8g', '12');
    expect(page.drafts.get('train-llm')).toBeNull();
  });
});

test('the editor of a virtual cluster that is not there says so and can be closed', async () => {
  window.history.replaceState(null, '', '/clusters/nope/edit');
  renderScriptedEditor({ clusterId: 'nope', clusters: [held], pool });
  expect(await screen.findByRole('heading', { name: 'There is no virtual cluster nope' })).toBeTruthy();
  await press('Close');
  expect(window.location.pathname).toBe('/clusters');
});
