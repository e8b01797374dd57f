// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
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
import { PlansPage } from './plans-page.tsx';

beforeEach(() => stubMediaQueries(false));
afterEach(cleanup);

function show(mayWrite: boolean) {
  const api = scriptedApi({
    session: () => Promise.resolve(scriptedSession(mayWrite)),
    fleet: () => Promise.resolve(scriptedFleet([clusterOf({ '4c8g': 2 })], poolOf({ '4c8g': 0 }), 'e-1')),
    read: (_path, _query, schema) => Promise.resolve(schema.parse({ plans: [] })),
  });
  render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={createDraftStore(null)}>
      <PlansPage />
    </ScriptedPage>,
  );
  return screen.findByRole('button', { name: 'Move nodes…' });
}

test('whoever may write moves nodes in a form', async () => {
  fireEvent.click(await show(true));
  expect(screen.getByRole('form', { name: 'Move nodes' })).toBeTruthy();
});

test('the focus goes into the form, and back to its button where it is left', async () => {
  fireEvent.click(await show(true));
  expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Template' }));
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move nodes…' }));
});

test('whoever may change nothing can not begin a plan, and reads why', async () => {
  const button = await show(false);
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');
  expect(screen.getByRole('button', { description: 'This console was started with --read-only.' })).toBe(button);
  fireEvent.click(button);
  expect(screen.queryByRole('form', { name: 'Move nodes' })).toBeNull();
});
