// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { expect, test } from 'vitest';
import { optionalPart } from './optional-part.ts';

test('a part that can not be loaded is left out, and what stands around it stays', async () => {
  const Missing = optionalPart(() => Promise.reject<{ Part: () => null }>(new Error('the console is away')), 'Part');
  const There = optionalPart(() => Promise.resolve({ Part: () => <p>there</p> }), 'Part');
  render(
    <Suspense fallback={<p>loading</p>}>
      <p>around</p>
      <Missing />
      <There />
    </Suspense>,
  );
  expect(await screen.findByText('there')).toBeDefined();
  expect(screen.getByText('around').parentElement?.textContent).toBe('aroundthere');
});
