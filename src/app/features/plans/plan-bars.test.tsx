// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { PlanBars } from './plan-bars.tsx';

afterEach(cleanup);

test('there are never fewer than no free nodes; what is lacking is told in words', () => {
  render(
    <PlanBars
      templates={[
        // A dead member waits for the first one that is given back.
        { templateId: 'gpu', before: -1, after: 7, shortage: 0 },
        { templateId: '4c8g', before: 4, after: -9, shortage: 9 },
        { templateId: '8c16g', before: null, after: null, shortage: 0 },
      ]}
    />,
  );
  const bars = screen.getAllByRole('listitem');
  expect(bars.map((each) => each.getAttribute('aria-label'))).toEqual([
    'gpu: free 0 before, 7 after',
    '4c8g: free 4 before, 0 after',
    '8c16g: free unknown before, unknown after',
  ]);
  expect(bars.map(({ textContent }) => textContent).join(' ')).not.toContain('-');
  expect(bars[1]?.textContent).toContain('lacks 9 nodes');
});
