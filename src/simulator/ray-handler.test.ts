import { expect, test } from 'vitest';
import { readNetworkErrorCause } from '../testing/harness/network-error-cause.ts';
import { simulatorUnderTest, type SimulatorUnderTest } from '../testing/harness/simulator-under-test.ts';

const list = '/virtual_clusters';

async function withFault(fault: Readonly<Record<string, unknown>>): Promise<SimulatorUnderTest> {
  const simulator = simulatorUnderTest({ scenario: 'empty' });
  await simulator.does('PUT', '/simulator/faults', [fault]);
  return simulator;
}

const ids = async (simulator: SimulatorUnderTest) =>
  (await simulator.list()).map((cluster) => cluster.virtualClusterId);

test('loseRequest: it never arrives, and there is no answer', async () => {
  const simulator = await withFault({ method: 'POST', path: list, times: 1, kind: 'loseRequest' });
  expect(await readNetworkErrorCause(simulator.save('team', {}))).toEqual({ code: 'ECONNRESET', syscall: 'read' });
  expect(await ids(simulator)).toEqual([]);
});

test('loseReply: it takes effect, and there is no answer', async () => {
  const simulator = await withFault({ method: 'POST', path: list, times: 1, kind: 'loseReply' });
  expect(await readNetworkErrorCause(simulator.save('team', {}))).toEqual({ code: 'ECONNRESET', syscall: 'read' });
  expect(await ids(simulator)).toEqual(['team']);
});

test('cut: it takes effect, and the answer breaks off in the middle', async () => {
  const simulator = await withFault({ method: 'POST', path: list, times: 1, kind: 'cut' });
  const body = JSON.stringify({ virtualClusterId: 'team', replicaSets: {} });
  const response = await simulator.simulator.ray(simulator.request('POST', list, { text: body }));
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  const first = await reader?.read();
  expect(new TextDecoder().decode(first?.value)).toMatch(/^\{"result": true, [^}]*$/);
  expect(await readNetworkErrorCause(reader?.read())).toEqual({ code: 'ECONNRESET', syscall: 'read' });
  expect(await ids(simulator)).toEqual(['team']);
});

test('traceback: it takes effect, and the answer says nothing about it (fact 26)', async () => {
  const simulator = await withFault({ method: 'POST', path: list, times: 1, kind: 'traceback' });
  const got = await simulator.save('team', {});
  expect(got.status).toBe(500);
  expect(got.json).toMatchObject({ result: false, data: {} });
  expect(got.text).toMatch(
    /Traceback \(most recent call last\).*TypeError: rest_response\(\) missing 1 required positional argument: 'status_code'/,
  );
  expect(await ids(simulator)).toEqual(['team']);
});

test('html: a page of some proxy, and nothing arrives', async () => {
  const simulator = await withFault({ method: 'POST', path: list, times: 1, kind: 'html' });
  expect(await simulator.save('team', {})).toMatchObject({ status: 502, contentType: 'text/html', json: null });
  expect(await ids(simulator)).toEqual([]);
});

test('stale: a read answers what it answered last, past every cache', async () => {
  const simulator = simulatorUnderTest({ scenario: 'empty' });
  const before = await simulator.ray('GET', `${list}?t=before`);
  await simulator.save('team', {});
  await simulator.does('PUT', '/simulator/faults', [{ method: 'GET', path: `${list}*`, times: 2, kind: 'stale' }]);
  expect((await simulator.ray('GET', `${list}?t=1`)).text).toBe(before.text);
  await simulator.advance(60_000);
  expect((await simulator.ray('GET', `${list}?t=2`)).text).toBe(before.text);
  expect(await ids(simulator)).toEqual(['team']);
});

test('delay: it takes effect at once, and the answer comes when the time has passed', async () => {
  const simulator = await withFault({ method: 'POST', path: list, times: 1, kind: 'delay', ms: 5000 });
  let answered = false;
  const answer = simulator.save('team', {}).then((got) => {
    answered = true;
    return got;
  });
  await expect.poll(() => ids(simulator)).toEqual(['team']);
  await simulator.advance(4999);
  expect(answered).toBe(false);
  await simulator.advance(1);
  expect((await answer).status).toBe(200);
});

test('delay: whoever gives up waits no longer', async () => {
  const simulator = await withFault({ path: '/api/*', kind: 'delay', ms: 5000 });
  const abort = new AbortController();
  const answer = simulator.ray('GET', '/api/version', { signal: abort.signal });
  await simulator.list();
  abort.abort();
  await expect(answer).rejects.toThrow(/abort/);
});

test('a fault counts down, and without a count stays until it is replaced', async () => {
  const simulator = await withFault({ method: 'GET', path: '/api/version', times: 2, kind: 'html' });
  const statuses = async (count: number) => {
    const all: number[] = [];
    for (let index = 0; index < count; index += 1) all.push((await simulator.ray('GET', '/api/version')).status);
    return all;
  };
  expect(await statuses(3)).toEqual([502, 502, 200]);
  await simulator.does('PUT', '/simulator/faults', [{ path: '/api/*', times: null, kind: 'html' }]);
  expect(await statuses(3)).toEqual([502, 502, 502]);
  await simulator.does('PUT', '/simulator/faults', []);
  expect(await statuses(1)).toEqual([200]);
});

test('a fault meets only its method and its path; a query string counts only where it is given', async () => {
  const simulator = await withFault({ method: 'GET', path: list, kind: 'html' });
  expect((await simulator.ray('GET', `${list}?t=1`)).status).toBe(502);
  expect((await simulator.save('team', {})).status).toBe(200);
  expect((await simulator.ray('DELETE', `${list}/team`)).status).toBe(200);
  await simulator.does('PUT', '/simulator/faults', [{ path: `${list}?t=1`, kind: 'html' }]);
  expect((await simulator.ray('GET', `${list}?t=2`)).status).toBe(200);
  expect((await simulator.ray('GET', `${list}?t=1`)).status).toBe(502);
});
