// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Result } from '../../../domain/result.ts';
import { clusterOf, usedByJobs } from '../../testing/cluster-fixture.ts';
import { stubMediaQueries, stubResizeObserver } from '../../testing/browser-stubs.ts';
import { renderScriptedPanel } from '../../testing/scripted-panel.tsx';

const team = clusterOf({ '4c8g': 2 }, { id: 'team', usedBy: usedByJobs('raysubmit_A') });
const stopped: Result = { kind: 'applied', revision: null, seen: 'reply', retries: 0 };
const lost: Result = { kind: 'unknown', cause: 'timed-out', lookedAt: null };

beforeAll(() => {
  stubMediaQueries(true);
  stubResizeObserver();
});
afterEach(cleanup);

async function stop() {
  await userEvent.click(await screen.findByRole('button', { name: 'Stop job' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Stop it' }));
}

test('a double click only asks; kept, nothing is sent, and the focus goes back', async () => {
  const page = renderScriptedPanel('team', [team]);
  await userEvent.dblClick(await screen.findByRole('button', { name: 'Stop job' }));
  expect(document.activeElement).toBe(await screen.findByRole('button', { name: 'Stop it' }));
  expect(screen.getByText('Stop raysubmit_A? Ray ends it wherever it is; what it has not saved is lost.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Keep' }));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Stop job' }));
  expect(page.sent).toEqual([]);
});

test('one whose answer is lost is not known, never failed, and is not sent again; looked at, it is stopped', async () => {
  const page = renderScriptedPanel('team', [team]);
  page.answer(lost);
  await stop();
  expect(await screen.findByText('Not known yet whether it was stopped.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Stop job' })).toBeNull();
  page.finds(stopped);
  await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
  expect(await screen.findByText('Stopped.')).toBeTruthy();
  expect(page.sent).toEqual([{ kind: 'stop-job', clusterId: 'team', submissionId: 'raysubmit_A' }]);
});

test.each([
  [{ kind: 'already-ended' }, 'Not stopped: it had ended before.'],
  [{ kind: 'not-found' }, 'Not stopped: Ray knows no such job any more.'],
] satisfies readonly (readonly [Result, string])[])(
  '%o is told as it is, and nothing is left to press',
  async (result, words) => {
    const page = renderScriptedPanel('team', [team]);
    page.answer(result);
    await stop();
    expect(await screen.findByText(words)).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop job' })).toBeNull());
  },
);

test('who may not change the virtual cluster is offered no way to stop its jobs', async () => {
  renderScriptedPanel('team', [team], { mayWrite: false });
  await screen.findByText('raysubmit_A');
  expect(screen.queryByRole('button', { name: 'Stop job' })).toBeNull();
});
