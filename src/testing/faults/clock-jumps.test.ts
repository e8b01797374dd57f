import { afterEach, expect, test, vi } from 'vitest';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { createBackend } from '../../backend/backend.ts';
import { createLocalAuthenticator } from '../../backend/auth/authenticator.ts';
import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import { changeList } from '../../contract/journal.ts';
import { createRay } from '../../ray/client/client.ts';
import { overFetch } from '../../ray/client/transport.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import { createSystemClock } from '../../server/system-clock.ts';

const DAY = 24 * 60 * 60 * 1_000;

afterEach(() => vi.useRealTimers());

test.each([
  ['back by a day', -DAY],
  ['forward by a year', 365 * DAY],
])('the system clock is set %s: ages stay correct, changes keep their order, polling goes on', async (_, jump) => {
  const clock = createSystemClock();
  const { ray: fetch } = createSimulator({ seed: 1, clock });
  let ids = 0;
  const unique = () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`;
  let reads = 0;
  const counted = (request: Request) => {
    if (new URL(request.url).pathname === '/virtual_clusters' && request.method === 'GET') reads += 1;
    return fetch(request);
  };
  const backend = createBackend({
    ray: createRay({
      transport: overFetch(counted),
      address: 'http://ray',
      clock,
      uniqueToken: unique,
      yieldToEventLoop: () => Promise.resolve(),
    }),
    rayAddress: 'http://ray',
    simulator: null,
    store: createInMemoryChangeLog({ clock, days: 1, most: 100 }),
    access: createLocalAuthenticator({ readOnly: false }),
    clock,
    ids: unique,
    files: null,
    consoleVersion: '',
  });
  const ask = (path: string, init: RequestInit = {}) =>
    backend.fetch(new Request(`http://127.0.0.1${path}`, init), { address: '127.0.0.1', secure: false });
  const create = (clusterId: string) =>
    ask(paths.change(unique()), {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
      body: JSON.stringify({ kind: 'save', clusterId, divisible: false, base: null, want: { '4c8g': 1 } }),
    });
  const fleet = async (): Promise<FleetUpdate> => (await ask(paths.fleet)).json();
  const begun = clock.now();
  await create('first');
  const before = await fleet();

  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + jump });
  const readsBefore = reads;
  await create('second');
  const after = await fleet();
  await expect.poll(() => reads, { timeout: 15_000 }).toBeGreaterThan(readsBefore);

  expect(after.now).toBeGreaterThanOrEqual(before.now);
  expect(after.now - begun).toBeLessThan(60_000);
  expect(after.now - (after.sources.list?.readAt ?? 0)).toBeLessThan(60_000);
  const { changes } = changeList.parse(await (await ask(paths.changes)).json());
  expect(changes.map(({ wanted }) => ('clusterId' in wanted ? wanted.clusterId : ''))).toEqual(['second', 'first']);
  expect((changes[0]?.askedAt ?? 0) - (changes[1]?.askedAt ?? 0)).toBeLessThan(60_000);
  await backend.close();
});
