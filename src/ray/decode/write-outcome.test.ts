import { describe, expect, test } from 'vitest';
import { allRecorded, recorded } from '../recordings/recorded.ts';
import { readOutcome, type WriteContext } from './write-outcome.ts';
import { camelCaseKey, matchKeys } from './template-key.ts';

function save(file: string, label: string, held = {}) {
  const { request, reply } = recorded(file, label);
  const body: unknown = request.body;
  const fields = typeof body === 'object' && body !== null ? body : {};
  const clusterId = 'virtualClusterId' in fields ? String(fields.virtualClusterId) : '';
  const replicaSets =
    'replicaSets' in fields
      ? Object.fromEntries(Object.entries(Object(fields.replicaSets)).map(([k, v]) => [k, Number(v)]))
      : {};
  return readOutcome(reply, { action: 'save', clusterId, replicaSets, held });
}
function remove(file: string, label: string) {
  const { request, reply } = recorded(file, label);
  return readOutcome(reply, {
    action: 'remove',
    clusterId: decodeURIComponent(request.path.replace('/virtual_clusters/', '')),
  });
}
const asked: WriteContext = { action: 'save', clusterId: 'vc', replicaSets: { a: 1 }, held: {} };
const body = (msg: string, data: unknown = {}, result = false) => ({
  status: result ? 200 : 500,
  contentType: 'application/json',
  text: JSON.stringify({ result, msg, data }),
});

describe('the outcome of a write', () => {
  test('fact 1: a success is applied, with its exact revision and members', () => {
    const outcome = save('management', 'create');
    expect(outcome).toMatchObject({ kind: 'applied', revision: '1795469080484243902' });
    expect(outcome.kind === 'applied' && outcome.members?.size).toBe(2);
    expect(save('management', 'zero')).toMatchObject({ kind: 'applied', members: new Map() });
    expect(remove('management', 'delete vc9')).toEqual({ kind: 'applied', revision: null, members: null });
    expect(remove('nodes', 'release leftover job cluster')).toMatchObject({ kind: 'applied' });
  });
  test('fact 5: an expired or missing revision is a conflict', () => {
    for (const label of ['expired revision', 'missing revision']) {
      expect(save('management', label)).toEqual({ kind: 'conflict', latest: '1795469080484243902' });
    }
  });
  test('fact 7: divisible is what the cluster is', () => {
    expect(save('management', 'divisible mismatch')).toEqual({ kind: 'mismatch', divisible: false });
  });
  test('fact 8: a shortage is a delta, in one direction', () => {
    expect(save('management', 'grow beyond')).toEqual({
      kind: 'shortage',
      direction: 'grow',
      suggestion: { '4c8g': 2, '8c16g': 2 },
      unmatched: [],
    });
    expect(save('busy', 'shrink busy indivisible to 0')).toMatchObject({
      kind: 'shortage',
      direction: 'shrink',
      suggestion: { '4c8g': 1 },
    });
  });
  test('fact 9: a suggestion is matched to the real template, also to a held one that was left out', () => {
    expect(save('management', 'snake template')).toMatchObject({ suggestion: { my_node_type: 0 }, unmatched: [] });
    const shrink =
      'Failed to create or update virtual cluster vc: No enough nodes to remove from the virtual cluster. The replica';
    expect(
      readOutcome(body(shrink, { virtualClusterId: 'vc', replicaSetsToRecommend: { myNodeType: 1 } }), {
        ...asked,
        held: { my_node_type: 2 },
      }),
    ).toEqual({ kind: 'shortage', direction: 'shrink', suggestion: { my_node_type: 1 }, unmatched: [] });
  });
  test('fact 10: every other rejection keeps Ray’s words', () => {
    expect(save('management', 'negative')).toEqual({
      kind: 'invalid',
      message: 'Invalid request, replicas(-1) must >= 0, virtual_cluster_id: vc3',
    });
    expect(save('management', 'empty template')).toMatchObject({ kind: 'invalid' });
    expect(save('management', 'empty id')).toEqual({
      kind: 'invalid',
      message: 'Invalid request, the virtual cluster id is empty.',
    });
    expect(save('management', 'primary')).toMatchObject({ kind: 'invalid' });
    expect(remove('management', 'delete unknown')).toEqual({ kind: 'not-found' });
    expect(remove('busy', 'delete busy indivisible')).toEqual({ kind: 'in-use' });
    expect(remove('management', 'delete weird id')).toMatchObject({ kind: 'invalid' });
  });
  test('a job cluster with a running job is in use, a released one is not found', () => {
    const release: WriteContext = { action: 'remove', clusterId: 't##raysubmit_x' };
    const inUse = 'Failed to remove virtual cluster, job cluster is in use, virtual cluster id: t##raysubmit_x';
    expect(readOutcome(body(inUse), release)).toEqual({ kind: 'in-use' });
    expect(readOutcome(body(`Failed to remove virtual cluster t##raysubmit_x: ${inUse}`), release)).toEqual({
      kind: 'in-use',
    });
    expect(
      readOutcome(
        body('Failed to remove virtual cluster t##raysubmit_x: The job cluster t##raysubmit_x does not exist.'),
        release,
      ),
    ).toEqual({ kind: 'not-found' });
  });
  test('facts 11, 26: a traceback is never a rejection', () => {
    for (const label of ['missing id', 'bad json', 'float replicas', 'big replicas']) {
      expect(save('management', label), label).toEqual({ kind: 'unknown', cause: 'traceback' });
    }
  });
  test('fact 13: a block as a browser, and a crash of the error handling', () => {
    expect(save('management', 'browser POST ua')).toEqual({ kind: 'blocked' });
    expect(
      readOutcome({ status: 500, contentType: 'text/plain', text: 'Server got itself in trouble' }, asked),
    ).toMatchObject({ cause: 'traceback' });
  });
  test.each([
    [{ status: 502, contentType: 'text/html', text: '<html>' }, 'not-ray'],
    [{ status: 200, contentType: 'application/json', text: '{"result": tr' }, 'unreadable'],
    [{ status: 200, contentType: 'application/json', text: '{}' }, 'not-ray'],
    [body('', { virtualClusterId: 'other', revision: 1, nodeInstances: {} }, true), 'unreadable'],
    [body('', { virtualClusterId: 'vc', nodeInstances: {} }, true), 'unreadable'],
    [body('something else'), 'unreadable'],
    ['timed-out', 'timed-out'],
    ['cut', 'cut'],
    ['too-large', 'unreadable'],
    ['not-ray', 'not-ray'],
  ] as const)('%j leaves it unknown: %s', (answer, cause) => {
    expect(readOutcome(answer, asked)).toEqual({ kind: 'unknown', cause });
  });
  test('what was never sent did not happen', () => {
    expect(readOutcome('never-sent', asked)).toEqual({ kind: 'unreachable' });
  });
  test('every recorded rejection of a delete is understood, but for the one at which Ray crashed', () => {
    for (const { request, reply, label } of allRecorded) {
      if (request.method !== 'DELETE' || label === 'delete the virtual cluster named as a job cluster') continue;
      const clusterId = decodeURIComponent(request.path.replace('/virtual_clusters/', ''));
      expect(readOutcome(reply, { action: 'remove', clusterId }).kind, label).not.toBe('unknown');
    }
  });
});

describe('template keys (fact 9)', () => {
  test.each([
    ['my_node_type', 'myNodeType'],
    ['a_bCd', 'aBcd'],
    ['a_b2c_d', 'aB2CD'],
    ['4c_8g', '4c8G'],
    ['_a', 'A'],
    ['a__b', 'aB'],
    ['__', ''],
    ['a_b-c', 'aB-C'],
    ["x_it's", "xIt'S"],
    ['a_3dBox', 'a3Dbox'],
    ['ABC', 'ABC'],
    ['A_B', 'AB'],
    ['gpu_8c16g', 'gpu8C16G'],
  ])('%s is %s', (templateId, key) => expect(camelCaseKey(templateId)).toBe(key));
  test('collisions and unknown keys are reported, not guessed', () => {
    expect(matchKeys({ aB: 1, c: 2, x: 3 }, ['a_b', 'aB', 'c'])).toEqual({ matched: { c: 2 }, unmatched: ['aB', 'x'] });
  });
});
