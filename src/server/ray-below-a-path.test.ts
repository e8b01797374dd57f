import type { Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInMemoryChangeLog } from '../backend/journal/in-memory-change-log.ts';
import type { Backend } from '../backend/backend.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import { CONSOLE_HEADER, paths } from '../contract/paths.ts';
import type { FleetUpdate } from '../contract/fleet.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { uuid } from '../testing/harness/test-console.ts';
import { parseRayAddress } from './cli/ray-address.ts';
import { createConsoleBackend } from './console-backend.ts';
import { createHttpServer } from './http/http-server.ts';
import { listen } from './http/listen.ts';
import { createSystemClock } from './system-clock.ts';

const PREFIX = '/ray-prod';
const clock = createSystemClock();

/** An ingress on a socket that has a simulated Ray below a path, and another service everywhere else. */
interface Gateway {
  readonly address: string;
  readonly simulator: ReturnType<typeof createSimulator>;
  /** What Ray was asked, as `POST /virtual_clusters`, without queries. */
  readonly asked: Set<string>;
  /** What the other service was asked. */
  readonly strayed: string[];
  /** Answers in place of Ray; null passes on. */
  answer: (request: Request) => Response | null;
}

let gateway: Gateway;
let backend: Backend;
let server: Server;

beforeEach(async () => {
  const simulator = createSimulator({ seed: 3, clock });
  const reset = { method: 'POST', body: JSON.stringify({ templates: { '4c8g': 600 } }) };
  await simulator.control(new Request('http://ray/simulator/reset', reset));
  const fetch: FetchHandler = (request) => {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(`${PREFIX}/`)) {
      gateway.strayed.push(`${request.method} ${url.pathname}`);
      return Promise.resolve(new Response('{}', { status: 404 }));
    }
    const inner = url.pathname.slice(PREFIX.length);
    gateway.asked.add(`${request.method} ${inner}`);
    return Promise.resolve(
      gateway.answer(request) ?? simulator.ray(new Request(new URL(inner + url.search, url), request)),
    );
  };
  server = createHttpServer(fetch);
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  const asked = parseRayAddress(`http://127.0.0.1:${String(listening.port)}${PREFIX}/`);
  if (!asked.ok) throw new Error(asked.message);
  gateway = { address: asked.url, simulator, asked: new Set(), strayed: [], answer: () => null };
  backend = createConsoleBackend(
    {
      rayAddress: asked.url,
      readOnly: false,
      allowedHosts: [],
      basePath: '/',
      seed: 1,
      rayDashboardUrl: null,
      scenario: null,
    },
    {
      store: createInMemoryChangeLog({ clock, days: 400, most: 100 }),
      clock,
      files: null,
      consoleVersion: '0',
    },
  );
});

afterEach(async () => {
  await backend.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function ask(method: string, path: string, body?: unknown): Promise<Response> {
  return backend.fetch(
    new Request(`http://127.0.0.1:8600${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { address: '127.0.0.1', secure: false },
  );
}

const fleet = async (): Promise<FleetUpdate> => (await ask('GET', paths.fleet)).json();

/** The fleet once every source has been read. */
async function wholeFleet(): Promise<FleetUpdate> {
  await expect
    .poll(async () => Object.values((await fleet()).sources).every(({ readAt }) => readAt !== null), {
      interval: 20,
      timeout: 10_000,
    })
    .toBe(true);
  return fleet();
}

describe('a Ray below a path', () => {
  test('is read, changed and stopped there, by the fixed calls below that path and by no other', async () => {
    const before = await wholeFleet();
    expect(before.nodeCounts.total).toMatchObject({ known: true, value: 601 });
    expect(await (await ask('GET', paths.session)).json()).toMatchObject({ ray: { address: gateway.address } });

    const save = { kind: 'save', clusterId: 'a/b c', divisible: false, base: null, want: { '4c8g': 300 } };
    expect(await (await ask('PUT', paths.change(uuid(1)), save)).json()).toMatchObject({ result: { kind: 'applied' } });
    const job = { virtualClusterId: 'a/b c', submissionId: 'raysubmit_1' };
    const started = await gateway.simulator.control(
      new Request('http://ray/simulator/jobs', { method: 'POST', body: JSON.stringify(job) }),
    );
    const { submissionId }: { submissionId: string } = await started.json();
    const stop = { kind: 'stop-job', clusterId: 'a/b c', submissionId };
    expect((await ask('PUT', paths.change(uuid(2)), stop)).status).toBe(200);
    const script = { virtualClusterId: 'script', divisible: false, replicaSets: { '4c8g': 200 }, revision: 0 };
    expect((await ask('POST', '/virtual_clusters', script)).status).toBe(200);
    const listed = await (await ask('GET', '/virtual_clusters')).text();
    expect(listed.match(/"templateId"/g)).toHaveLength(500);
    expect((await ask('DELETE', '/virtual_clusters/script')).status).toBe(200);

    expect(gateway.strayed).toEqual([]);
    expect([...gateway.asked].toSorted()).toEqual([
      'DELETE /virtual_clusters/script',
      'GET /api/jobs/',
      'GET /api/v0/actors',
      'GET /api/v0/nodes',
      'GET /api/v0/vclusters',
      'GET /api/version',
      'GET /nodes',
      'GET /virtual_clusters',
      `POST /api/jobs/${submissionId}/stop`,
      'POST /virtual_clusters',
    ]);
  });

  test.each(['.', '..', ''])('a virtual cluster %j leads nowhere else', async (id) => {
    await wholeFleet();
    const removal = { kind: 'delete', clusterId: id, base: null };
    const reply = await ask('PUT', paths.change(uuid(1)), removal);
    expect(await reply.text()).not.toContain('applied');
    expect(gateway.strayed).toEqual([]);
    expect([...gateway.asked].filter((each) => each.startsWith('DELETE'))).toEqual([]);
  });

  test('its redirects are refused, within the path too', async () => {
    await wholeFleet();
    gateway.answer = () => new Response(null, { status: 307, headers: { Location: `${PREFIX}/virtual_clusters` } });
    const save = { kind: 'save', clusterId: 'vc', divisible: false, base: null, want: { '4c8g': 1 } };
    const asked = ask('PUT', paths.change(uuid(1)), save);
    expect(await (await asked).json()).toMatchObject({ result: { kind: 'unknown' } });
    gateway.answer = () => null;
    expect(gateway.strayed).toEqual([]);
    expect(await (await ask('GET', '/virtual_clusters')).text()).not.toContain('"vc"');
  });
});
