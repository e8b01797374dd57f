// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { JobCluster, JobDoubt } from '../../domain/fleet.ts';
import { known } from '../../domain/sourced.ts';
import { clusterJob, jobClusterIn } from '../../testing/harness/jobs.ts';
import { createDraftStore } from '../drafts/draft-store.ts';
import { stubMediaQueries } from '../testing/browser-stubs.ts';
import { clusterOf } from '../testing/cluster-fixture.ts';
import { scriptedApi, ScriptedPage, scriptedParts, scriptedSession } from '../testing/scripted-api.tsx';
import { Holders } from './holders.tsx';

beforeAll(() => stubMediaQueries(true));
afterEach(cleanup);

/** A job beside one that can be stopped, whose button tells that the session is there. */
async function show(
  id: string,
  { doubt, patterns, jobClusters = [] }: { doubt?: JobDoubt; patterns?: string[]; jobClusters?: JobCluster[] } = {},
) {
  const jobs = [...new Set([id, 'raysubmit_certain'])].map((each) => clusterJob(each, each === id ? { doubt } : {}));
  const cluster = clusterOf({ '4c8g': 2 }, { id: 'team', usedBy: known({ jobClusters, jobs }, 'actors') });
  const api = scriptedApi({ session: () => Promise.resolve({ ...scriptedSession(), clusters: patterns ?? null }) });
  const { parts } = scriptedParts(api, () => 'change');
  render(
    <ScriptedPage parts={parts} drafts={createDraftStore(null)}>
      <Holders cluster={cluster} />
    </ScriptedPage>,
  );
  const stops = await screen.findAllByRole('button', { name: 'Stop job' });
  return stops.map((button) => button.closest<HTMLElement>('[data-job]')?.dataset['job']);
}

describe('a job whose cluster is not certain', () => {
  test.each([
    ['contested', /Several virtual clusters are named/],
    ['unconfirmed', /do not confirm that it runs here/],
  ] as const)('%s: an operator of some virtual clusters is told why and can not stop it', async (doubt, why) => {
    expect(await show('raysubmit_A', { doubt, patterns: ['team'] })).toEqual(['raysubmit_certain']);
    expect(screen.getByText(why)).toBeTruthy();
  });

  test('an operator of all is told too, and can', async () => {
    expect(await show('raysubmit_A', { doubt: 'contested' })).toEqual(['raysubmit_A', 'raysubmit_certain']);
    expect(screen.getByText(/Several virtual clusters are named/)).toBeTruthy();
  });
});

test.each(['02000000', 'x/../raysubmit_A'])('named %s could be another to Ray, so nobody can stop it', async (id) => {
  expect(await show(id)).toEqual(['raysubmit_certain']);
  expect(screen.getByText(/could name another job to Ray/)).toBeTruthy();
});

test('a name that reverses the text after it is written out', async () => {
  await show('a\u202eb');
  expect(screen.getByText('a\\u{202e}b')).toBeTruthy();
});

test('what was known last of a job cluster is shown as such, and a job that had ended is not to be stopped', async () => {
  const gone = { known: false, reason: 'unreachable', source: 'jobs' } as const;
  const ended = jobClusterIn('team', 'raysubmit_ended', {
    nodes: { ...gone, source: 'state', last: { value: [{ templateId: '4c8g', count: 2 }], at: 5 } },
    leftover: { ...gone, last: { value: true, at: 5 } },
    job: clusterJob('raysubmit_ended', { status: { ...gone, last: { value: 'SUCCEEDED', at: 5 } } }),
  });
  expect(await show('raysubmit_certain', { jobClusters: [ended] })).toEqual(['raysubmit_certain']);
  const item = within(screen.getByText('raysubmit_ended').closest('li') ?? document.body);
  expect(item.getByText('4c8g').textContent).toBe('4c8g 2');
  expect(item.getByText('Job has ended; its nodes are still held').closest('.last-known')).not.toBeNull();
  expect(item.queryByText(/unknown/)).toBeNull();
  expect(item.queryByRole('button', { name: 'Release' })).toBeNull();
});
