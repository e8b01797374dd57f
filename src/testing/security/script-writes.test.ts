import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  GONE,
  NOTHING,
  OWN,
  save,
  startScriptAttacker,
  type ScriptAttacker,
  type ScriptRequest,
} from '../harness/script-attacker.ts';

/**
 * Attempts by people who are in: the script of an operator of `team-a-*` writes to virtual clusters of others, in bytes that
 * readers read differently, and brings back what was deleted. None succeeds, and the journal has what Ray has.
 */
let script: ScriptAttacker;
beforeAll(async () => {
  script = await startScriptAttacker();
});
afterAll(() => script.close());
beforeEach(() => script.mark());

describe('clusters of others', () => {
  const cases: [string, ScriptRequest | (() => ScriptRequest)][] = [
    ['by name', { body: save('serving') }],
    ['a new one', { body: save('team-b-new') }],
    ['by an escaped name', { body: '{"virtualClusterId":"\\u0073erving","replicaSets":{}}' }],
    ['after an own name', { body: `{"virtualClusterId":"${OWN}","virtualClusterId":"serving"}` }],
    [
      'after an own name, under an escaped key',
      { body: `{"virtualClusterId":"${OWN}","virtualCluster\\u0049d":"serving"}` },
    ],
    ['as a list of pairs', { body: '[["virtualClusterId","serving"],["replicaSets",{}]]' }],
    ['as the last of two pairs', { body: `[["virtualClusterId","${OWN}"],["virtualClusterId","serving"]]` }],
    ['beside the prototype', { body: `{"__proto__":{"virtualClusterId":"${OWN}"},"virtualClusterId":"serving"}` }],
    ['in a list', { body: `{"virtualClusterId":["serving","${OWN}"]}` }],
    ['with a blank before the name', { body: save(` ${OWN}`) }],
    ['in capitals', { body: save('TEAM-A-own') }],
    ['in letters that look alike', { body: save('tеam-a-own') }],
    ['in wide letters', { body: save('ｔeam-a-own') }],
    ['with an own name after a null character', { body: save('serving\u0000team-a-own') }],
    ['with an own name on the next line', { body: save('serving\nteam-a-own') }],
    ['the free pool', { body: save('kPrimaryClusterID') }],
    ['with an own name in the query', { path: `/virtual_clusters?virtualClusterId=${OWN}`, body: save('serving') }],
    ['with an own name in another field', { body: save('serving', `,"virtual_cluster_id":"${OWN}"`) }],
    ['removed by name', { method: 'DELETE', path: '/virtual_clusters/serving' }],
    ['removed by an encoded name', { method: 'DELETE', path: '/virtual_clusters/%73erving' }],
    ['removed by a name that is encoded twice', { method: 'DELETE', path: '/virtual_clusters/%2573erving' }],
    ['removed by way of an own path', { method: 'DELETE', path: `/virtual_clusters/${OWN}/../serving` }],
    ['removed by way of an own path, encoded', { method: 'DELETE', path: `/virtual_clusters/${OWN}/%2e%2e/serving` }],
    [
      'removed with a body that names an own one',
      { method: 'DELETE', path: '/virtual_clusters/serving', body: save(OWN) },
    ],
    ['a job cluster of others', { method: 'DELETE', path: '/virtual_clusters/serving%23%23raysubmit_1' }],
    [
      'a job cluster of others, named like an own one',
      { method: 'DELETE', path: '/virtual_clusters/serving%23%23team-a-1' },
    ],
    ['a job cluster of the free pool', { method: 'DELETE', path: '/virtual_clusters/kPrimaryClusterID%23%23team-a-1' }],
    [
      'as a change that waits',
      () => ({
        method: 'PUT',
        path: '/api/changes/00000000-0000-4000-8000-000000000011',
        body: JSON.stringify({
          kind: 'delete-when-idle',
          clusterId: 'serving',
          base: { revision: '1', replicaSets: {}, divisible: false },
        }),
      }),
    ],
    ['by a viewer', () => ({ as: script.on.viewer, body: save('team-a-new') })],
    ['by a token that was never one', { as: `Authorization: Bearer ${'x'.repeat(43)}`, body: save('team-a-new') }],
  ];
  test.each(cases)('%s', async (_name, request) => {
    expect(await script.send(typeof request === 'function' ? request() : request)).toBeGreaterThanOrEqual(400);
    expect(await script.outcome()).toEqual(NOTHING);
  });
});

describe('bytes that another reader reads as another body', () => {
  const utf16 = Buffer.from(save('team-a-new'), 'utf16le');
  const json = 'Content-Type: application/json';
  const cases: [string, Buffer | string, readonly string[]][] = [
    [
      'UTF-7, whose text closes the string',
      save('team-a-new', ',"x":"+ACI-,+ACI-virtualClusterId+ACI-:+ACI-serving"'),
      [`${json}; charset=utf-7`],
    ],
    ['UTF-16', utf16, [`${json}; charset=utf-16`]],
    ['UTF-16 that is not declared', utf16, [json]],
    ['Latin-1', Buffer.from(save('team-a-ü'), 'latin1'), [`${json}; charset=iso-8859-1`]],
    ['bytes that are no UTF-8', Buffer.from(save('team-a-\u00ff'), 'latin1'), [json]],
    ['an overlong form of a letter', Buffer.from(save('team-a-\u00c1\u00b3'), 'latin1'), [json]],
    ['half of a surrogate pair in bytes', Buffer.from(save('team-a-\u00ed\u00a0\u0080'), 'latin1'), [json]],
    ['half of a surrogate pair, escaped', '{"virtualClusterId":"team-a-\\ud800"}', [json]],
    ['compressed', gzipSync(save('team-a-new')), [json, 'Content-Encoding: gzip']],
    ['two bodies', `${save('team-a-new')}${save('serving')}`, [json]],
    ['a comment', `${save('team-a-new').slice(0, -1)}/*x*/}`, [json]],
  ];
  test.each(cases)('%s', async (_name, body, headers) => {
    expect(await script.send({ body, headers })).toBeGreaterThanOrEqual(400);
    expect(await script.outcome()).toEqual(NOTHING);
  });
});

describe('what was deleted through the console', () => {
  const cases: [string, () => ScriptRequest][] = [
    ['on its old revision', () => ({ body: save(GONE, `,"revision":${script.goneRevision}`) })],
    ['on its old revision in text', () => ({ body: save(GONE, `,"revision":" ${script.goneRevision} "`) })],
    [
      'on its old revision after one of 0',
      () => ({ body: save(GONE, `,"revision":0,"revision":${script.goneRevision}`) }),
    ],
    ['on an older one', () => ({ body: save(GONE, ',"revision":1') })],
    ['on one from the future', () => ({ body: save(GONE, ',"revision":18446744073709551615') })],
    ['on one with a point', () => ({ body: save(GONE, `,"revision":${script.goneRevision}.0`) })],
    ['on one that is true', () => ({ body: save(GONE, ',"revision":true') })],
  ];
  test.each(cases)('is not brought back %s', async (_name, request) => {
    expect(await script.send(request())).toBe(500);
    expect(await script.outcome()).toEqual(NOTHING);
  });

  test('is not brought back by twenty saves at once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => script.send({ body: save(GONE, `,"revision":${script.goneRevision}`) })),
    );
    expect(new Set(replies)).toEqual(new Set([500]));
    expect(await script.outcome()).toEqual(NOTHING);
  });
});
