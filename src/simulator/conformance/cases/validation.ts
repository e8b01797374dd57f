import type { Case, Group } from '../case.ts';
import type { Conversation } from '../conversation.ts';

/** Posts each body unchanged to a fleet without that cluster; a cluster that one creates is removed again. */
function bodies(name: string, texts: readonly string[]): Case {
  return {
    name,
    run: async (ray) => {
      for (const text of texts) {
        const reply = await ray.ask('POST', '/virtual_clusters', { text });
        if (reply.status === 200) await ray.peek('DELETE', '/virtual_clusters/odd');
      }
      await ray.list();
    },
  };
}

const withReplicaSets = (text: string) => `{"virtualClusterId":"odd","replicaSets":${text}}`;
const withRevision = (text: string) => `{"virtualClusterId":"odd","replicaSets":{},"revision":${text}}`;

async function post(ray: Conversation, body: Readonly<Record<string, unknown>>): Promise<void> {
  await ray.ask('POST', '/virtual_clusters', { json: body });
}

export const validation: Group = {
  name: 'validation',
  cases: [
    bodies('a body that is no object crashes the handler', ['[]', '"x"', 'null', '5', 'true', '{}']),
    bodies('a body that is no JSON crashes the handler', ['', '{bad']),
    bodies('an id of another type crashes the handler, null counts as empty', [
      '{"virtualClusterId":5}',
      '{"virtualClusterId":["a"]}',
      '{"virtualClusterId":null}',
      '{"virtualClusterId":""}',
    ]),
    bodies('replica counts that are no whole numbers crash the handler', [
      withReplicaSets('{"4c8g":"1"}'),
      withReplicaSets('{"4c8g":1.0}'),
      withReplicaSets('{"4c8g":1.5}'),
      withReplicaSets('{"4c8g":1e3}'),
      withReplicaSets('{"4c8g":true}'),
      withReplicaSets('{"4c8g":null}'),
    ]),
    bodies('replica counts beyond 32 bits crash the handler', [
      withReplicaSets('{"4c8g":2147483648}'),
      withReplicaSets('{"4c8g":99999999999999999999}'),
      withReplicaSets('{"4c8g":-2147483649}'),
      withReplicaSets('{"4c8g":2147483647}'),
      withReplicaSets('{"4c8g":-2147483648}'),
    ]),
    bodies('replica sets that are nothing count as none', [
      '{"virtualClusterId":"odd"}',
      withReplicaSets('null'),
      withReplicaSets('[]'),
      withReplicaSets('""'),
    ]),
    bodies('replica sets of another type crash the handler', [
      withReplicaSets('5'),
      withReplicaSets('"x"'),
      withReplicaSets('["4c8g"]'),
    ]),
    bodies('a template that is sent twice counts as it was sent last', [withReplicaSets('{"4c8g":1,"4c8g":2}')]),
    bodies('replica sets may be a list of pairs, the last of the same template counts', [
      withReplicaSets('[["4c8g",1],["8c16g",1]]'),
      withReplicaSets('[["4c8g",1],["4c8g",2]]'),
      withReplicaSets('{"4c8g":1,"8c16g":2,"4c8g":2}'),
      withReplicaSets('[["4c8g","1"]]'),
      withReplicaSets('[["4c8g",1,1]]'),
      withReplicaSets('[[4,1]]'),
    ]),
    bodies('a body may be a list of pairs, the last of the same field counts', [
      '[["virtualClusterId","other"],["replicaSets",{"4c8g":1}],["virtualClusterId","odd"]]',
      '{"virtualClusterId":"other","replicaSets":{"4c8g":2},"virtualClusterId":"odd","replicaSets":{"8c16g":1}}',
      '[["virtualClusterId","odd"],"ab",{"c":1,"d":2}]',
      '["ab"]',
      '[5]',
    ]),
    bodies('what Python reads beyond JSON is read', [
      '{"virtualClusterId":"odd","x":[NaN,Infinity,-Infinity]}',
      withReplicaSets('{"4c8g":NaN}'),
      withRevision('NaN'),
      withRevision('-Infinity'),
      withRevision('1e999'),
    ]),
    bodies('half of a surrogate pair crashes the handler where it would be sent on', [
      '{"virtualClusterId":"odd\\ud800"}',
      withReplicaSets('{"4c8g\\udc00":1}'),
      '{"virtualClusterId":"odd","\\ud800":"\\udc00"}',
    ]),
    bodies('what is too long or too deep for Python crashes the handler', [
      `{"virtualClusterId":"odd","x":${'1'.repeat(4_301)}}`,
      `{"virtualClusterId":"odd","x":${'1'.repeat(4_300)}}`,
      withRevision(`"${'0'.repeat(4_301)}"`),
      `{"virtualClusterId":"odd","x":${'['.repeat(900)}${']'.repeat(900)}}`,
    ]),
    bodies('fields that Ray does not know are ignored', [
      '{"virtualClusterId":"odd","replicaSets":{},"mode":"x","nodeInstances":{}}',
    ]),
    {
      name: 'divisible is true only as the word true, in any case',
      run: async (ray) => {
        for (const divisible of ['TRUE', 'True', true, 'yes', 1, null, [true], 'false']) {
          await post(ray, { virtualClusterId: 'odd', replicaSets: {}, divisible });
          await ray.list();
          await ray.peek('DELETE', '/virtual_clusters/odd');
        }
      },
    },
    {
      name: 'a revision is read as Python reads a whole number',
      run: async (ray) => {
        await ray.create('odd', {});
        for (const text of ['" 12 "', '"1_000"', '1.5', '1e3', 'true', '0.0', '18446744073709551615']) {
          await ray.ask('POST', '/virtual_clusters', { text: withRevision(text) });
        }
        await ray.list();
      },
    },
    {
      name: 'a revision in text may have the white space and the digits of any script',
      run: async (ray) => {
        await ray.create('odd', {});
        for (const text of ['"\\u00a01\\u0085"', '"\\u0661\\u0662"', '"\\uff11_2"', '"+7"', '"-0"', '"007"', '-0.5']) {
          await ray.ask('POST', '/virtual_clusters', { text: withRevision(text) });
        }
        for (const text of ['"\\ufeff1"', '"\\u001c1"', '"+-1"', '"0x1"', '"\\u00b2"']) {
          await ray.ask('POST', '/virtual_clusters', { text: withRevision(text) });
        }
      },
    },
    bodies('a revision that is none crashes the handler', [
      withRevision('-1'),
      withRevision('"-1"'),
      withRevision('18446744073709551616'),
      withRevision('null'),
      withRevision('"x"'),
      withRevision('"1.5"'),
      withRevision('[]'),
    ]),
    {
      name: 'the primary cluster can be neither created nor updated',
      run: async (ray) => {
        await ray.save('kPrimaryClusterID', {}, '0');
        await ray.save('kPrimaryClusterID', { '4c8g': -1 }, '0', true);
      },
    },
    {
      name: 'an empty id comes before everything else',
      run: async (ray) => {
        await ray.save('', { '4c8g': -1, '': 1 }, '5');
      },
    },
    {
      name: 'negative counts and empty templates are refused in the order sent',
      run: async (ray) => {
        await ray.save('odd', { '4c8g': -1 }, '0');
        await ray.save('odd', { '': 1 }, '0');
        await ray.save('odd', { '': 0 }, '0');
        await ray.save('odd', { '': -1 }, '0');
        await ray.list();
      },
    },
    {
      name: 'counts are checked before the revision, the revision before divisible, divisible before the nodes',
      run: async (ray) => {
        const revision = await ray.create('odd', { '4c8g': 1 });
        await ray.save('odd', { '4c8g': -1 }, '0', true);
        await ray.save('odd', { '4c8g': 99, '': 1 }, '0', true);
        await ray.save('odd', { '4c8g': 99 }, '0', true);
        await ray.save('odd', { '4c8g': 99 }, revision, true);
        await ray.save('odd', { '4c8g': 99 }, '0');
        await ray.save('odd', { '4c8g': 99 }, revision);
        await ray.list();
      },
    },
    {
      name: 'the content type of a request does not matter',
      run: async (ray) => {
        await ray.ask('POST', '/virtual_clusters', {
          text: '{"virtualClusterId":"odd","replicaSets":{}}',
          headers: { 'Content-Type': 'text/plain' },
        });
      },
    },
  ],
};
