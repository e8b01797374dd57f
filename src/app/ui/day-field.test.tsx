// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { DayField } from './day-field.tsx';

test('what is no day is said and stays to be corrected; nothing is chosen by it', () => {
  stubMediaQueries(false);
  const chosen: (string | null)[] = [];
  render(
    <MantineProvider>
      <DayField label="From" value={null} min={null} max={null} onChange={(day) => chosen.push(day)} />
    </MantineProvider>,
  );
  const field = screen.getByRole('textbox', { name: 'From' });
  fireEvent.change(field, { target: { value: '31 Feb 2026' } });
  fireEvent.blur(field);
  expect(screen.getByText('No such day. Write it as 24 Nov 2026.')).toBeTruthy();
  expect(field).toHaveProperty('value', '31 Feb 2026');
  expect(chosen).toEqual([]);

  fireEvent.change(field, { target: { value: '28 Feb 2026' } });
  expect(chosen).toEqual(['2026-02-28']);
  expect(screen.queryByText(/No such day/)).toBeNull();
});
