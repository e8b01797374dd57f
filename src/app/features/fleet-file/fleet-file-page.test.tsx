// @vitest-environment jsdom
import { cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../testing/browser-stubs.ts';
import { scriptedApi, ScriptedPage, scriptedParts, scriptedSession } from '../../testing/scripted-api.tsx';
import { FleetFilePage } from './fleet-file-page.tsx';

beforeEach(() => stubMediaQueries(true));
afterEach(cleanup);

function open(drafts = createDraftStore(null)) {
  const { parts } = scriptedParts(scriptedApi({ session: () => Promise.resolve(scriptedSession()) }), () => 'id');
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
