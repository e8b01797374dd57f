import type { APIRequestContext } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

/** The examples of Ray's documentation of its management API, sent to the console as a script would. */

const simpleRequest = `{
    "virtualClusterId":"virtual_cluster_1",
    "divisible":false,
    "replicaSets": {
        "4c8g":1,
        "8c16g":1
    },
    "revision":1734141542694321600
}`;

async function post(request: APIRequestContext, body: string) {
  const reply = await request.post('/virtual_clusters', {
    headers: { 'Content-Type': 'application/json' },
    data: Buffer.from(body),
  });
  return { status: reply.status(), text: await reply.text() };
}

const nodeId = /"[0-9a-f]{56}": ?\{"hostname": ?"[^"]+", ?"templateId": ?"(4c8g|8c16g)"\}/g;

test.beforeEach(({ simulator }) => simulator.reset({ templates: { '4c8g': 2, '8c16g': 2 } }));

test('create: the success response names the revision and the nodes', async ({ request, simulator }) => {
  const { status, text } = await post(request, simpleRequest);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({
    result: true,
    msg: 'Virtual cluster created or updated.',
    data: { virtualClusterId: 'virtual_cluster_1', revision: expect.any(Number), nodeInstances: expect.any(Object) },
  });
  expect(text.match(nodeId)).toHaveLength(2);
  const revision = /"revision": ?(\d+)/.exec(text)?.[1] ?? '';
  expect(BigInt(revision) > 1734141542694321600n).toBe(true);
  expect((await simulator.cluster('virtual_cluster_1'))?.revision).toBe(revision);
});

test('not enough nodes: the error response says how many can be added', async ({ request, simulator }) => {
  await simulator.reset({ templates: { '4c8g': 1, '8c16g': 2 } });
  const { status, text } = await post(
    request,
    '{"virtualClusterId":"virtual_cluster_1","divisible":false,"replicaSets":{"4c8g":2},"revision":0}',
  );
  expect(status).toBe(500);
  expect(JSON.parse(text)).toEqual({
    result: false,
    msg: 'Failed to create or update virtual cluster virtual_cluster_1: No enough nodes to add to the virtual cluster. The replica sets that gcs can add at most are shown below. Use it as a suggestion to adjust your request or cluster.',
    data: { virtualClusterId: 'virtual_cluster_1', replicaSetsToRecommend: { '4c8g': 1 } },
  });
});

test('an expired revision: the error response has the exact latest one', async ({ request, simulator }) => {
  await post(request, simpleRequest);
  const { revision } = (await simulator.cluster('virtual_cluster_1')) ?? { revision: '' };
  const { status, text } = await post(request, simpleRequest.replace('1734141542694321600', '0'));
  expect(status).toBe(500);
  expect(JSON.parse(text)).toEqual({
    result: false,
    msg: `Failed to create or update virtual cluster virtual_cluster_1: The revision (0) is expired, the latest revision of the virtual cluster virtual_cluster_1 is ${revision}`,
    data: { virtualClusterId: 'virtual_cluster_1', replicaSetsToRecommend: {} },
  });
});

test('remove: done, and refused while a job runs in it', async ({ request, simulator }) => {
  await post(request, simpleRequest);
  const submissionId = await simulator.startJob('virtual_cluster_1');
  const refused = await request.delete('/virtual_clusters/virtual_cluster_1');
  expect(refused.status()).toBe(500);
  expect(await refused.json()).toEqual({
    result: false,
    msg: 'Failed to remove virtual cluster virtual_cluster_1: The virtual cluster virtual_cluster_1 can not be removed as it is still in use. ',
    data: { virtualClusterId: 'virtual_cluster_1' },
  });
  await simulator.finishJob(submissionId);
  const removed = await request.delete('/virtual_clusters/virtual_cluster_1');
  expect(removed.status()).toBe(200);
  expect(await removed.json()).toEqual({
    result: true,
    msg: 'Virtual cluster virtual_cluster_1 removed.',
    data: { virtualClusterId: 'virtual_cluster_1' },
  });
});

test('get: every virtual cluster with its nodes and exact revision', async ({ request, simulator }) => {
  await post(request, simpleRequest);
  await post(
    request,
    '{"virtualClusterId":"virtual_cluster_2","divisible":true,"replicaSets":{"8c16g":1,"4c8g":1},"revision":0}',
  );
  const reply = await request.get('/virtual_clusters');
  expect(reply.status()).toBe(200);
  const text = await reply.text();
  const {
    result,
    msg,
    data,
  }: { result: boolean; msg: string; data: { virtualClusters: { virtualClusterId: string }[] } } = JSON.parse(text);
  expect({ result, msg }).toEqual({ result: true, msg: 'All virtual clusters fetched.' });
  // Ray sends `divisible` as a string, although its documentation shows a boolean.
  expect(
    data.virtualClusters.toSorted((one, other) => (one.virtualClusterId < other.virtualClusterId ? -1 : 1)),
  ).toEqual([
    {
      virtualClusterId: 'virtual_cluster_1',
      divisible: 'false',
      isRemoved: false,
      nodeInstances: expect.any(Object),
      revision: expect.any(Number),
    },
    {
      virtualClusterId: 'virtual_cluster_2',
      divisible: 'true',
      isRemoved: false,
      nodeInstances: expect.any(Object),
      revision: expect.any(Number),
    },
  ]);
  expect(text.match(nodeId)).toHaveLength(4);
  for (const id of ['virtual_cluster_1', 'virtual_cluster_2']) {
    expect(text).toMatch(new RegExp(`"revision": ?${(await simulator.cluster(id))?.revision ?? 'none'}[,}]`));
  }
});

test('a script’s changes are in the journal', async ({ request, page }) => {
  await post(request, simpleRequest.replace('virtual_cluster_1', 'made_by_a_script'));
  await page.goto('/journal?cluster=made_by_a_script');
  const rows = page
    .getByRole('table', { name: 'Changes, newest first' })
    .getByRole('row')
    .filter({ hasText: 'made_by_a_script' });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Done');
  await rows.getByRole('button', { name: /^Details/ }).click();
  await expect(page.getByText('By a script, through the published API')).toBeVisible();
});
