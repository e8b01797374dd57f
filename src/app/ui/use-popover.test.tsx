// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useRef } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useEscape } from './use-escape.ts';
import { usePopover } from './use-popover.ts';

const closedBeneath = vi.fn<() => void>();

function Page() {
  const page = useRef<HTMLDivElement>(null);
  useEscape(page, closedBeneath);
  const { place, button, isOpen, toggle, close } = usePopover<HTMLDivElement>();
  return (
    <div ref={page}>
      <div ref={place}>
        <button type="button" ref={button} aria-expanded={isOpen} onClick={toggle}>
          Menu
        </button>
        {isOpen && (
          <>
            <button type="button" onClick={close}>
              Choice
            </button>
            <p>Text</p>
          </>
        )}
      </div>
      <button type="button">Elsewhere</button>
    </div>
  );
}

const menu = () => screen.getByRole('button', { name: 'Menu' });
const isOpen = () => menu().getAttribute('aria-expanded') === 'true';

beforeEach(async () => {
  closedBeneath.mockClear();
  render(<Page />);
  await userEvent.click(menu());
});
afterEach(cleanup);

test('Escape closes it and nothing beneath, and gives the focus back; the next one is for what is beneath', async () => {
  await userEvent.click(screen.getByText('Text'));
  await userEvent.keyboard('{Escape}');
  expect(isOpen()).toBe(false);
  expect(document.activeElement).toBe(menu());
  expect(closedBeneath).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  expect(closedBeneath).toHaveBeenCalledTimes(1);
});

test.each<[string, () => Promise<void>]>([
  ['its button', () => userEvent.click(menu())],
  ['a choice in it', () => userEvent.click(screen.getByRole('button', { name: 'Choice' }))],
  ['a press elsewhere', () => userEvent.click(screen.getByRole('button', { name: 'Elsewhere' }))],
  ['the focus that leaves it', () => userEvent.tab().then(() => userEvent.tab())],
  ['a step back in the history', async () => void window.dispatchEvent(new PopStateEvent('popstate'))],
])('%s closes it', async (_, act) => {
  await act();
  await vi.waitFor(() => expect(isOpen()).toBe(false));
});

test('what is in it can be pressed without closing it', async () => {
  await userEvent.click(screen.getByText('Text'));
  expect(isOpen()).toBe(true);
});
