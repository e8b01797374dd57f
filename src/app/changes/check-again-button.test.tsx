// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change } from '../../contract/change.ts';
import { createDraftStore } from '../drafts/draft-store.ts';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { scriptedApi, ScriptedPage, scriptedParts } from '../testing/scripted-api.tsx';
import { CheckAgainButton } from './check-again-button.tsx';

beforeEach(() => stubMediaQueries(false));
afterEach(cleanup);

test('while it looks the button keeps the focus, and does not look twice', async () => {
  const asked: string[] = [];
  const api = scriptedApi({
    change(id) {
      asked.push(id);
      return new Promise<Change>(() => undefined);
    },
  });
  render(
    <ScriptedPage parts={scriptedParts(api, () => 'id').parts} drafts={createDraftStore(null)}>
      <CheckAgainButton changeId="lost" />
    </ScriptedPage>,
  );
  const button = screen.getByRole('button', { name: 'Check again' });
  button.focus();
  fireEvent.click(button);
  expect(await screen.findByText('Looking')).toBeTruthy();
  fireEvent.click(button);
  expect(asked).toEqual(['lost']);
  expect(button.matches(':disabled')).toBe(false);
  expect(document.activeElement).toBe(button);
});
