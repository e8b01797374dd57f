// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { MembershipDiff } from '../../contract/change.ts';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { MovedNodes } from './moved-nodes.tsx';

const node = (n: number) => ({
  id: `${String(n).padStart(8, 'a')}ffff`,
  hostname: `host-${String(n)}`,
  templateId: '4c8g',
});
const nodes = (count: number) => Array.from({ length: count }, (_, index) => node(index));

beforeAll(() => stubMediaQueries(false));
afterEach(cleanup);

function show(moved: MembershipDiff) {
  return render(<MovedNodes moved={moved} />, {
    wrapper: ({ children }) => <MantineProvider>{children}</MantineProvider>,
  }).container;
}

it('names the hosts that came and went in one line, and by its ID a node whose host is not known', () => {
  const shown = show({
    arrived: nodes(2),
    left: [{ ...node(9), hostname: '' }],
    arrivedCount: 2,
    leftCount: 1,
    awaitedBy: [],
  });
  expect(shown.querySelector('p')?.textContent).toBe(
    '2 nodes added: host-0 (4c8g), host-1 (4c8g) · 1 removed: aaaaaaa9 (4c8g)',
  );
  expect(screen.queryByText('All of them')).toBeNull();
});

it('names five, counts the rest, and lists all that were kept by name once it is opened, with one element each', () => {
  const shown = show({ arrived: nodes(200), left: [], arrivedCount: 230, leftCount: 0, awaitedBy: [] });
  expect(shown.querySelector('p')?.textContent).toMatch(/^230 nodes added: .*host-4 \(4c8g\) \+225$/);
  expect(shown.querySelectorAll('*').length).toBeLessThan(20);
  const details = shown.querySelector('details');
  if (details === null) throw new Error('nothing to open');
  details.open = true;
  fireEvent(details, new Event('toggle'));
  expect(shown.querySelectorAll('li')).toHaveLength(201);
  expect(shown.querySelectorAll('li *')).toHaveLength(0);
  expect(screen.getByText('30 nodes more, not kept by name')).toBeTruthy();
});

it('says who waited for what went, as the journal has it', () => {
  const awaitedBy = [{ templateId: '4c8g', clusterId: 'serving', dead: 1 }];
  const shown = show({ arrived: [], left: [node(9)], arrivedCount: 0, leftCount: 1, awaitedBy });
  expect(shown.textContent).toContain('serving waited for a 4c8g then: Ray gives such a node to it first.');
});

it('says when nobody moved', () => {
  expect(show({ arrived: [], left: [], arrivedCount: 0, leftCount: 0, awaitedBy: [] }).textContent).toContain(
    'No node was added or removed.',
  );
});
