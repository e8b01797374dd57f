// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { useEarlyKeys } from './use-early-keys.ts';

afterEach(cleanup);

function page() {
  let take: () => string = () => '';
  function Page({ isOpen }: { readonly isOpen: boolean }) {
    take = useEarlyKeys(isOpen);
    return (
      <>
        <input aria-label="filter" />
        <div role="dialog">
          <input aria-label="field" />
        </div>
      </>
    );
  }
  const { rerender } = render(<Page isOpen={false} />);
  return { taken: () => take(), show: (isOpen: boolean) => rerender(<Page isOpen={isOpen} />) };
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

test('what is typed for a palette that is on its way is kept from what has the focus, and handed over once', async () => {
  const { taken, show } = page();
  field('filter').focus();
  await userEvent.keyboard('a');
  show(true);
  await userEvent.keyboard('se{Shift>}R{/Shift}{Control>}v{/Control}{ArrowLeft}');
  expect(field('filter').value).toBe('a');
  expect(taken()).toBe('seR');
  await userEvent.keyboard('abc{Backspace}{Enter}');
  expect(taken()).toBe('ab');
  expect(taken()).toBe('');
});

test('what is typed in the dialog, or once it is closed, is left alone; the next one starts empty', async () => {
  const { taken, show } = page();
  show(true);
  await userEvent.keyboard('old');
  field('field').focus();
  await userEvent.keyboard('new');
  expect(field('field').value).toBe('new');
  show(false);
  field('filter').focus();
  await userEvent.keyboard('b');
  expect(field('filter').value).toBe('b');
  show(true);
  expect(taken()).toBe('');
});
