// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { ShownState } from '../../../../../contract/map.ts';
import { Legend } from './legend.tsx';
import { applyMap, emptyMap } from '../layout/map-model.ts';

afterEach(cleanup);

function openLegend(whyDeadNotCounted: string | null = null) {
  const model = emptyMap();
  const rest = { jobClusterId: null, templateId: '4c8g', slots: 3, changed: [] };
  const sections = [
    { key: 'a', clusterId: 'team', cells: 'brd', ...rest },
    { key: 'b', clusterId: null, cells: 'iin', ...rest },
  ];
  applyMap(model, { version: 'e-1', whole: true, removed: [], sections });
  function Page() {
    const [shown, change] = useState<readonly ShownState[]>([]);
    return (
      <Legend model={model} whyDeadNotCounted={whyDeadNotCounted} colouring="cluster" shown={shown} change={change} />
    );
  }
  render(<Page />);
}

const button = (name: string) => screen.getByRole('button', { name });

test('a word of the legend is explained on a press, by mouse or finger, which also highlights its nodes', async () => {
  openLegend();
  for (const press of [
    () => userEvent.click(button('Reserved 1')),
    () => userEvent.pointer({ keys: '[TouchA]', target: button('Dead 1') }),
  ]) {
    await press();
    expect(await screen.findByRole('status')).toBeDefined();
  }
  expect(screen.getByRole('status').textContent).toMatch(/^Ray says that it is dead/);
  expect(button('Reserved 1').getAttribute('aria-pressed')).toBe('true');
  await userEvent.click(button('Dead 1'));
  expect(button('Dead 1').getAttribute('aria-pressed')).toBe('false');
  expect(screen.queryByRole('status')).toBeNull();
});

test('by keyboard each word is explained where the focus is; Escape closes that, and the focus stays', async () => {
  // jsdom judges by what other files did to the page that they share.
  const { matches } = Element.prototype;
  vi.spyOn(Element.prototype, 'matches').mockImplementation(function asByKeyboard(this: Element, selector: string) {
    return matches.call(this, selector.replaceAll(':focus-visible', ':focus'));
  });
  onTestFinished(() => void vi.restoreAllMocks());
  openLegend();
  await userEvent.tab();
  expect(document.activeElement).toBe(button('3 held'));
  await userEvent.keyboard('{Enter}');
  expect((await screen.findByRole('status')).textContent).toMatch(/^All nodes that it has/);
  for (const [name, meaning] of [
    ['Used 1', /^Held, and something runs on it/],
    ['Reserved 1', /^Held for a job, or its memory is in use/],
    ['Idle 0', /^Held and alive/],
    ['Free 2', /^The nodes that no virtual cluster holds/],
    ['Arriving 1', /^It joined less than a minute ago/],
    ['Dead 1', /^Ray says that it is dead/],
  ] as const) {
    await userEvent.tab();
    expect(document.activeElement).toBe(button(name));
    await expect.poll(() => screen.getByRole('status').textContent).toMatch(meaning);
    expect(button(name).getAttribute('aria-describedby')).toBe(screen.getByRole('status').id);
  }
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('status')).toBeNull();
  expect(document.activeElement).toBe(button('Dead 1'));
});

test('where dead nodes are not counted, their word says why', async () => {
  openLegend('Ray is slow.');
  await userEvent.click(button('Dead: at least 1'));
  expect(screen.getByRole('status').textContent).toBe('Ray is slow.');
});

test('before the map has been read no state is said to have no nodes', () => {
  render(
    <Legend
      model={emptyMap()}
      whyDeadNotCounted="Ray is slow."
      colouring="cluster"
      shown={[]}
      change={() => undefined}
    />,
  );
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    '? held',
    'Used ?',
    'Reserved ?',
    'Idle ?',
    'Free ?',
    'Arriving ?',
    'Dead ?',
    'Unknown ?',
  ]);
});
