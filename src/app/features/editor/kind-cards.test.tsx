// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { KindCards } from './kind-cards.tsx';

afterEach(cleanup);

function Choice() {
  const [divisible, setDivisible] = useState(false);
  return (
    <KindCards
      inputRef={null}
      name="divisible"
      divisible={divisible}
      isLocked={false}
      onChange={setDivisible}
      onBlur={() => undefined}
    />
  );
}

test('the kind is one switch named Divisible, which says what it does and that it is for good', async () => {
  render(<Choice />);
  const kind = screen.getByRole('switch', { name: 'Divisible' });
  const described = () => document.getElementById(kind.getAttribute('aria-describedby') ?? '')?.textContent;
  expect(described()).toBe("Jobs share its nodes. For good: Ray can't change this once the cluster exists.");
  await userEvent.click(kind);
  expect(described()).toMatch(/^Each job gets its own nodes inside it\. For good/);
  expect(screen.getAllByRole('switch')).toHaveLength(1);
});

test('arrows choose as between two radio buttons, and a press on the other card chooses that', async () => {
  render(<Choice />);
  const kind = screen.getByRole<HTMLInputElement>('switch', { name: 'Divisible' });
  await userEvent.tab();
  expect(document.activeElement).toBe(kind);
  await userEvent.keyboard('{ArrowRight}');
  expect(kind.checked).toBe(true);
  const [card] = screen.getAllByRole('button', { hidden: true });
  if (card !== undefined) await userEvent.click(card);
  expect(kind.checked).toBe(false);
});
