// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { Term } from './term.tsx';

afterEach(cleanup);

test('a hard word is explained on a press of a key or a finger, and Escape goes back to it', async () => {
  render(
    <h3>
      <Term of="replica-sets">Replica sets</Term>
    </h3>,
  );
  await userEvent.tab();
  const word = screen.getByRole('button', { name: 'Replica sets' });
  expect(document.activeElement).toBe(word);
  expect(screen.queryByRole('status')).toBeNull();
  await userEvent.keyboard('{Enter}');
  const note = await screen.findByRole('status');
  expect(note.textContent).toMatch(/^How many nodes of each template/);
  expect(word.getAttribute('aria-controls')).toBe(note.id);
  // The heading is still called what it was.
  expect(screen.getByRole('heading', { name: 'Replica sets' })).toBeDefined();
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('status')).toBeNull();
  expect(document.activeElement).toBe(word);
  await userEvent.pointer({ keys: '[TouchA]', target: word });
  expect(await screen.findByRole('status')).toBeDefined();
  await userEvent.click(document.body);
  expect(screen.queryByRole('status')).toBeNull();
});
