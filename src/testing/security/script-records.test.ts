import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NOTHING, OWN, save, startScriptAttacker, type ScriptAttacker } from '../harness/script-attacker.ts';

/**
 * Attempts by scripts that are in: they make what can't be removed, have nodes counted in another way than they say, or write
 * past the journal. None succeeds: what goes to Ray is in the journal as Ray takes it.
 */
let script: ScriptAttacker;
beforeAll(async () => {
  script = await startScriptAttacker();
});
afterAll(() => script.close());
beforeEach(() => script.mark());

describe('what could never be removed', () => {
  const ids = [
    '.',
    '..',
    'a##b',
    'team-a-x##raysubmit_1',
    'a{b',
    '}',
    'x'.repeat(8_001),
    '%'.repeat(2_700),
    '',
    '\ud800',
  ];
  test.each(ids)('is not made: %s', async (_name, id) => {
    expect(await script.send({ as: script.on.cookie, body: save(id) })).toBe(500);
    expect(await script.outcome()).toEqual(NOTHING);
  });
  test.each(ids)('nor from the page: %s', async (_name, id) => {
    const body = JSON.stringify({ kind: 'save', clusterId: id, divisible: false, base: null, want: {} });
    const path = '/api/changes/00000000-0000-4000-8000-000000000012';
    expect(
      await script.send({ method: 'PUT', as: `${script.on.cookie}\r\nX-Virtual-Cluster-Console: 1`, path, body }),
    ).toBe(400);
    expect(await script.outcome()).toEqual(NOTHING);
  });
  test.each([
    ['two dots', '..'],
    ['two dots, encoded', '%2e%2e'],
    ['a brace', '%7B'],
    ['8,001 letters', 'x'.repeat(8_001)],
    ['half of a surrogate pair', '%ED%A0%80'],
    ['a broken encoding', '%zz'],
  ])('is not sent for a removal: %s', async (_name, id) => {
    const path = `/virtual_clusters/${id}`;
    expect(await script.send({ method: 'DELETE', as: script.on.cookie, path })).toBeGreaterThanOrEqual(400);
    expect(await script.outcome()).toEqual(NOTHING);
  });
});

describe('nodes that a count does not say', () => {
  const counts = [
    '"1"',
    '1.0',
    '1e0',
    'true',
    'null',
    '[1]',
    '{"count":1}',
    '-1',
    '4294967297',
    '18446744073709551617',
    'NaN',
    '01',
  ];
  test.each(counts)('%s', async (count) => {
    const body = `{"virtualClusterId":"${OWN}","revision":${script.ownRevision()},"replicaSets":{"4c8g":${count}}}`;
    expect(await script.send({ body })).toBeGreaterThanOrEqual(400);
    expect(await script.outcome()).toEqual(NOTHING);
  });
});

describe('past the journal', () => {
  const long = `team-a-${'x'.repeat(1_100)}`;
  const cases: [string, () => string, string][] = [
    ['an id of 1,107 characters', () => save(long), long],
    ['replica sets as pairs', () => `{"virtualClusterId":"team-a-pairs","replicaSets":[["4c8g",1]]}`, 'team-a-pairs'],
    ['a body as pairs', () => `[["virtualClusterId","team-a-list"],["replicaSets",[["4c8g",1]]]]`, 'team-a-list'],
    ['a padded revision', () => save(OWN, `,"revision":" ${script.ownRevision()}\\n"`), OWN],
    ['a revision with a plus', () => save(OWN, `,"revision":"+${script.ownRevision()}"`), OWN],
    ['a revision with zeros before it', () => save(OWN, `,"revision":"000${script.ownRevision()}"`), OWN],
    ['a revision that is said twice', () => save(OWN, `,"revision":0,"revision":${script.ownRevision()}`), OWN],
    [
      'counts that are said twice',
      () => `{"virtualClusterId":"team-a-twice","replicaSets":{"4c8g":0,"4c8g":1}}`,
      'team-a-twice',
    ],
    ['replica sets that are said twice', () => save('team-a-sets', ',"replicaSets":{"4c8g":1}'), 'team-a-sets'],
    ['divisible in capitals', () => save('team-a-word', ',"divisible":"TRUE"'), 'team-a-word'],
    ['divisible after a lie', () => save('team-a-lie', ',"divisible":false,"divisible":"true"'), 'team-a-lie'],
    ['an id of a path', () => save('team-a-/../serving'), 'team-a-/../serving'],
    ['an id with the name of a prototype', () => save('team-a-__proto__'), 'team-a-__proto__'],
    ['an id with line breaks and quotes', () => save('team-a-"\r\n\t\u0000'), 'team-a-"\r\n\t\u0000'],
    ['beside constants of Python', () => save('team-a-nan', ',"x":[NaN,-Infinity]'), 'team-a-nan'],
    ['with a mark of the byte order', () => `\ufeff${save('team-a-bom')}`, 'team-a-bom'],
  ];
  test.each(cases)('%s is recorded as Ray takes it, and so is its removal', async (_name, body, id) => {
    expect(await script.send({ body: body() })).toBe(200);
    expect(await script.outcome()).toMatchObject({ changed: [id], sent: 1, disagreements: [] });
    if (id === OWN) return;
    await script.mark();
    expect(await script.remove(id)).toBe(200);
    expect(await script.outcome()).toMatchObject({ changed: [id], sent: 1, disagreements: [] });
  });
});
