import { QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { createBackend } from '../../backend/backend.ts';
import { createLocalAuthenticator } from '../../backend/auth/authenticator.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createScriptedRay } from '../../testing/harness/scripted-ray.ts';
import { createApi } from './client.ts';
import { fetchFleet, fleetQuery, refreshClusterUsers } from './fleet-query.ts';
import { listedJob } from '../../testing/harness/jobs.ts';

function page() {
  const clock = createHandClock();
  const ray = createScriptedRay(clock);
  ray.put('vc', { '4c8g': 2 });
  const backend = createBackend({
    ray,
    rayAddress: 'x',
    simulator: null,
    store: createInMemoryChangeLog({ clock, days: 1, most: 10 }),
    access: createLocalAuthenticator({ readOnly: false }),
    clock,
    ids: () => 'id',
    files: null,
    consoleVersion: '0',
  });
  const from = { address: '127.0.0.1', secure: false };
  let requests = 0;
  const api = createApi((request) => {
    requests += 1;
    return backend.fetch(request, from);
  }, 'http://127.0.0.1:8600');
  const client = new QueryClient();
  const look = () => refreshClusterUsers(api, clock, client, new AbortController().signal);
  const fetch = () => fetchFleet(client, fleetQuery(api, clock, client));
  return { ray, clock, look, fetch, requests: () => requests, close: () => backend.close() };
}

test('a look shows the job that started since the last reading', async () => {
  const { ray, clock, look, close } = page();
  await clock.settle();
  await look();
  ray.jobs = [listedJob('raysubmit_a')];
  ray.supervisors = [{ submissionId: 'raysubmit_a', clusterId: 'vc', nodeId: 'node-1' }];
  await clock.advance(1_000);
  const fleet = await look();
  expect(fleet?.clusters.get('vc')?.usedBy).toMatchObject({
    known: true,
    value: { jobs: [{ submissionId: 'raysubmit_a' }] },
  });
  await close();
});

test('a look that Ray does not answer in time tells nothing, and one that fails says so as a fact', async () => {
  const { ray, clock, look, close } = page();
  await clock.settle();
  await look();
  const { read } = ray;
  ray.read = (name, options) => (name === 'actors' ? new Promise(() => undefined) : read(name, options));
  await clock.advance(1_000);
  const late = look();
  await clock.advance(3_000);
  expect(await late).toBeNull();
  await close();

  const other = page();
  await other.clock.settle();
  other.ray.failing.actors = 'failed';
  const failed = await other.look();
  expect(failed?.clusters.get('vc')?.usedBy).toMatchObject({ known: false, reason: 'failed' });
  await other.close();
});

test('the fleet is fetched after the machine’s clock was set back, too', async () => {
  const { clock, fetch, requests, close } = page();
  await clock.settle();
  const now = vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 1, 12));
  try {
    await fetch();
    now.mockReturnValue(Date.UTC(2026, 0, 1, 11));
    await fetch();
    expect(requests()).toBe(2);
  } finally {
    now.mockRestore();
    await close();
  }
});
