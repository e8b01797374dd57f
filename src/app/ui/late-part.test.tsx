// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { text } from '../text/text.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { latePart } from './late-part.tsx';

test('a screen is shown as soon as its code is there, and at once the next time', async () => {
  let arrive: () => void = () => undefined;
  const arriving = new Promise<void>((resolve) => (arrive = resolve));
  const { Part: Late } = latePart(
    async () => {
      await arriving;
      return { Page: ({ of }: { readonly of: string }) => <p>nodes of {of}</p> };
    },
    'Page',
    () => <p>loading</p>,
  );
  const { unmount } = render(<Late of="a" />);
  expect(screen.getByText('loading')).toBeDefined();
  await act(async () => arrive());
  expect(screen.getByText('nodes of a')).toBeDefined();
  unmount();
  render(<Late of="b" />);
  expect(screen.getByText('nodes of b')).toBeDefined();
});

test('code that can not be loaded is an error of the screen, and loaded again when a person asks for it', async () => {
  let isAway = true;
  const { Part: Late } = latePart(
    async () => {
      if (isAway) throw new Error('the console is away');
      return { Page: () => <p>nodes</p> };
    },
    'Page',
    () => <p>loading</p>,
  );
  render(
    <MantineProvider env="test">
      <ErrorBoundary resetKey="">
        <Late />
      </ErrorBoundary>
    </MantineProvider>,
  );
  expect(await screen.findByText(text.shell.crashed.why('the console is away'))).toBeDefined();
  isAway = false;
  await userEvent.click(screen.getByRole('button', { name: text.shell.crashed.again }));
  expect(await screen.findByText('nodes')).toBeDefined();
});
