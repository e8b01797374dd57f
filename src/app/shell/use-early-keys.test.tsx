// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { useEarlyKeys } from './use-early-keys.ts';
import type { Overlay } from './use-page-keys.ts';

afterEach(cleanup);

function page() {
  let take: () => string = () => '';
  const shown: unknown[] = [];
  const noted = (to: null) => shown.push(to);
  function Page({ overlay }: { readonly overlay: Overlay | null }) {
    take = useEarlyKeys(overlay, noted);
    return (
      <>
        <input aria-label="filter" />
        <div role="dialog">
          <input aria-label="field" />
        </div>
      </>
    );
  }
  const { rerender } = render(<Page overlay={null} />);
  return { taken: () => take(), shown, show: (overlay: Overlay | null) => rerender(<Page overlay={overlay} />) };
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

test('what is typed for a palette that is on its way is kept from what has the focus, and handed over once', async () => {
  const { taken, show } = page();
  field('filter').focus();
  await userEvent.keyboard('a');
  show('palette');
  await userEvent.keyboard('se{Shift>}R{/Shift}{Control>}v{/Control}{ArrowLeft}');
  expect(field('filter').value).toBe('a');
  expect(taken()).toBe('seR');
  await userEvent.keyboard('abc{Backspace}{Enter}');
  expect(taken()).toBe('ab');
  expect(taken()).toBe('');
});

test('what is typed in the dialog, or once it is closed, is left alone; the next one starts empty', async () => {
  const { taken, show } = page();
  show('palette');
  await userEvent.keyboard('old');
  field('field').focus();
  await userEvent.keyboard('new');
  expect(field('field').value).toBe('new');
  show(null);
  field('filter').focus();
  await userEvent.keyboard('b');
  expect(field('filter').value).toBe('b');
  show('palette');
  expect(taken()).toBe('');
});

test.each(['palette', 'shortcuts'] as const)(
  'Escape takes back the opening of an overlay (%s) that is on its way, and means nothing else',
  async (overlay) => {
    const { shown, show } = page();
    const heard: string[] = [];
    const listener = ({ key }: KeyboardEvent) => heard.push(key);
    document.addEventListener('keydown', listener);
    field('filter').focus();
    await userEvent.keyboard('{Escape}');
    show(overlay);
    await userEvent.keyboard('{Escape}');
    expect(shown).toEqual([null]);
    show(null);
    await userEvent.keyboard('{Escape}');
    // The dialog closes itself.
    show(overlay);
    field('field').focus();
    await userEvent.keyboard('{Escape}');
    document.removeEventListener('keydown', listener);
    expect(shown).toEqual([null]);
    expect(heard).toEqual(['Escape', 'Escape', 'Escape']);
  },
);

test('the key of the palette, pressed again while an overlay is on its way, is kept from the browser and takes nothing back', async () => {
  const { taken, shown, show } = page();
  const isLeftToBrowser = () => fireEvent.keyDown(field('filter'), { key: 'k', ctrlKey: true });
  expect(isLeftToBrowser()).toBe(true);
  show('palette');
  await userEvent.keyboard('se');
  expect(isLeftToBrowser()).toBe(false);
  await userEvent.keyboard('r');
  expect(taken()).toBe('ser');
  show('shortcuts');
  expect(isLeftToBrowser()).toBe(false);
  expect(shown).toEqual([]);
});

test('keys are not kept for the list of keys, which has no field', async () => {
  const { taken, show } = page();
  field('filter').focus();
  show('shortcuts');
  await userEvent.keyboard('a');
  expect(field('filter').value).toBe('a');
  expect(taken()).toBe('');
});
