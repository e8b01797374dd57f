// @vitest-environment jsdom
import { cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../testing/browser-stubs.ts';
import { clusterOf, poolOf } from '../../testing/cluster-fixture.ts';
import {
  scriptedApi,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
  scriptedSession,
} from '../../testing/scripted-api.tsx';
import { FleetFilePage } from './fleet-file-page.tsx';

beforeEach(() => stubMediaQueries(true));
afterEach(cleanup);

function open(drafts = createDraftStore(null), mayWrite = true) {
  const { parts } = scriptedParts(
    scriptedApi({
      session: () => Promise.resolve(scriptedSession(mayWrite)),
      fleet: () =>
        Promise.resolve(scriptedFleet([clusterOf({ '4c8g': 3 }, { id: 'ci' })], poolOf({ '4c8g': 3 }), 'e-1')),
    }),
    () => 'id',
  );
  render(
    <ScriptedPage parts={parts} drafts={drafts}>
      <FleetFilePage />
    </ScriptedPage>,
  );
  return screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text of the fleet file' });
}

/** Drops it on the page, beside the field; whether the browser would open it in the place of the page. */
function drop(dataTransfer: object): boolean {
  const event = createEvent.drop(document.body, { dataTransfer });
  fireEvent(document.body, event);
  return !event.defaultPrevented;
}
const fileOf = (text: string, size = text.length) => {
  const file = new File([text], 'fleet.yaml');
  Object.defineProperties(file, { size: { value: size }, text: { value: () => Promise.resolve(text) } });
  return { types: ['Files'], files: [file] };
};

test('a file of 20 MB that is dropped beside the field says that it is too large, and what was typed stays', async () => {
  const field = open();
  fireEvent.change(field, { target: { value: 'version: 1\nclusters: []\n# mine\n' } });
  expect(drop(fileOf('x', 20_000_000))).toBe(false);
  await screen.findByText(/^fleet\.yaml is/);
  expect(field.value).toContain('# mine');
  expect(drop(fileOf('version: 1\nclusters: []\n'))).toBe(false);
  await expect.poll(() => field.value).toBe('version: 1\nclusters: []\n');
  // Text that is dragged within the field is the browser's.
  expect(drop({ types: ['text/plain'], files: [] })).toBe(true);
});

test('what was typed outlives the way to a plan and back; a file that was only opened is on the disk', async () => {
  const drafts = createDraftStore(null);
  fireEvent.change(open(drafts), { target: { value: 'version: 1' } });
  cleanup();
  const field = open(drafts);
  expect(field.value).toBe('version: 1');
  drop(fileOf('version: 1\nclusters: []\n'));
  await expect.poll(() => field.value).toBe('version: 1\nclusters: []\n');
  cleanup();
  expect(open(drafts).value).toBe('');
  expect(drafts.mayLeave()).toBe(true);
});

test('that what a file does not name is deleted is asked of each file anew, and typing into it keeps the answer', async () => {
  const field = open();
  const prune = () => screen.getByRole<HTMLInputElement>('checkbox', { name: /^Delete what the file does not name/ });
  const none = 'version: 1\nclusters: []\n';
  drop(fileOf(none));
  await expect.poll(() => field.value).toBe(none);
  fireEvent.click(prune());
  expect(screen.getByText(/delete, gives back 4c8g 3/)).toBeDefined();
  fireEvent.change(field, { target: { value: `${none}# mine\n` } });
  expect(prune().checked).toBe(true);
  const other = 'version: 1\nclusters: [] # of another team\n';
  drop(fileOf(other));
  await expect.poll(() => field.value).toBe(other);
  expect(prune().checked).toBe(false);
});

test('what was wrong with a text is not said of the next one', async () => {
  const field = open();
  const many = Array.from({ length: 501 }, (_, index) => `  - {id: t${String(index)}, replicaSets: {}}\n`);
  fireEvent.change(field, { target: { value: `version: 1\nclusters:\n${many.join('')}` } });
  fireEvent.click(await screen.findByRole('button', { name: 'Review plan' }));
  expect(screen.getByText('A plan changes at most 500 virtual clusters.')).toBeDefined();
  fireEvent.change(field, { target: { value: `version: 1\nclusters:\n${many.slice(0, 9).join('')}` } });
  expect(screen.queryByText('A plan changes at most 500 virtual clusters.')).toBeNull();
});

test('whoever may change nothing sees how the file differs, and why no plan is made of it', async () => {
  const field = open(createDraftStore(null), false);
  const file = 'version: 1\nclusters:\n  - id: ci\n    divisible: false\n    replicaSets:\n      4c8g: 2\n';
  fireEvent.change(field, { target: { value: file } });
  const button = await screen.findByRole('button', { name: 'Review plan' });
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');
  expect(button.title).toBe('This console was started with --read-only.');
  fireEvent.click(button);
  expect(window.location.pathname).not.toContain('/plans/');
});

test('of what was selected and is not there any more it says so, and what is written instead', async () => {
  window.history.replaceState(null, '', '/fleet-file?only=ci&only=gone');
  open();
  expect(await screen.findByText('Selected, but not there any more: gone.')).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Selected (1)' }).checked).toBe(true);
  cleanup();
  window.history.replaceState(null, '', '/fleet-file?only=gone');
  open();
  expect(
    await screen.findByText('Selected, but not there any more: gone. All virtual clusters are written instead.'),
  ).toBeTruthy();
  window.history.replaceState(null, '', '/fleet-file');
});
