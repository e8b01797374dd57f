// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { Pager, usePagination } from './pager.tsx';

beforeAll(() => stubMediaQueries(false));
afterEach(cleanup);

function List({ count }: { readonly count: number }) {
  const pages = usePagination(count, 20);
  return (
    <MantineProvider>
      <p data-testid="shown">{`${String(pages.from)} to ${String(pages.to)}`}</p>
      <Pager pages={pages} label="Jobs" />
    </MantineProvider>
  );
}

const shown = () => screen.getByTestId('shown').textContent;

test('a long list is shown page by page, and no button leads beyond its ends', async () => {
  const person = userEvent.setup();
  const page = render(<List count={45} />);
  expect([shown(), screen.getByRole('status').textContent]).toEqual(['0 to 20', '1 to 20 of 45']);
  await person.click(screen.getByRole('button', { name: 'Previous' }));
  expect(shown()).toBe('0 to 20');
  await person.click(screen.getByRole('button', { name: 'Next' }));
  await person.click(screen.getByRole('button', { name: 'Next' }));
  await person.click(screen.getByRole('button', { name: 'Next' }));
  expect(shown()).toBe('40 to 45');
  // The button keeps the focus when it reaches the end.
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Next' }));
  page.rerender(<List count={30} />);
  expect(shown()).toBe('20 to 30');
});

test('a single page has no pager', () => {
  render(<List count={20} />);
  expect([shown(), screen.queryByRole('button')]).toEqual(['0 to 20', null]);
});
