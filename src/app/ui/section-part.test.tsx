// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { sectionPart } from './section-part.tsx';

test('a part that can not be loaded, or fails, says so in its place, and is there when it is tried again', async () => {
  stubMediaQueries(false);
  vi.spyOn(console, 'error').mockReturnValue();
  let state: 'away' | 'broken' | 'well' = 'away';
  const Chart = () => {
    if (state === 'broken') throw new RangeError('Incorrect locale information provided');
    return <p>chart</p>;
  };
  const Part = sectionPart(
    () =>
      state === 'away'
        ? Promise.reject<{ Chart: typeof Chart }>(new Error('the console is away'))
        : Promise.resolve({ Chart }),
    'Chart',
    () => <p>loading</p>,
  );
  render(
    <MantineProvider>
      <p>around</p>
      <Part />
    </MantineProvider>,
  );
  expect(await screen.findByText('What failed: the console is away')).toBeDefined();
  expect(screen.getByText('around')).toBeDefined();
  state = 'broken';
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('What failed: Incorrect locale information provided')).toBeDefined();
  state = 'well';
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('chart')).toBeDefined();
  expect(screen.queryByText('This part of the page failed')).toBeNull();
});
