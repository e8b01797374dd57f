import { describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { isNormalPath, isNormalTarget } from './request-path.ts';

describe('a path in normal form', () => {
  const ids = ['team-a', 'x##y', 'a/b', 'ä ö', "it's (new)!*", '100%', '%61', 'a\\b', 'a.b_c~d', '...', '日本', 'a\nb'];
  test.each(ids)('is what the page writes for the id %j', (id) => {
    expect(isNormalPath(paths.virtualCluster(id))).toBe(true);
    expect(isNormalPath(paths.clusterRaw(id))).toBe(true);
  });

  test('may encode more than the page does, as other languages do', () => {
    for (const path of ['/virtual_clusters/it%27s%20%28new%29%21%2A', '/virtual_clusters/x%23%23y', '/a%2fb', '/a:b@c'])
      expect(isNormalPath(path)).toBe(true);
  });

  test('has none of the unreserved characters encoded, and every other byte may be', () => {
    const encoded = (code: number) => `%${code.toString(16).padStart(2, '0')}`;
    for (let code = 0; code < 0x80; code += 1) {
      const isUnreserved = /[A-Za-z0-9\-._~]/.test(String.fromCharCode(code));
      for (const each of [encoded(code), encoded(code).toUpperCase()])
        expect([each, isNormalPath(`/x${each}y`)]).toEqual([each, !isUnreserved]);
    }
  });

  test.each([
    ...['', 'api', '*', '/%61pi/fleet', '/api/fleet%2Fevents/%2e', '/api//fleet', '//api/fleet', '/api/./fleet'],
    ...['/api/../fleet', '/..', '/.', '/api/fleet/..', '/api\\fleet', '/%', '/%zz', '/%6', '/%ff', '/%c0%ae', '/a b'],
    ...['/ä', '/a#b', '/a\tb', '/%ED%A0%80', '/\\evil.example', '/api/%2e%2e/x', '/api/.%2e/x'],
  ])('is not %j', (path) => {
    expect(isNormalPath(path)).toBe(false);
  });
});

test.each([
  ['/api/fleet?since=../%61\\', true],
  ['http://127.0.0.1:8600', true],
  ['HTTP://127.0.0.1:8600/api/fleet', true],
  ['http://127.0.0.1:8600/x/../api/fleet', false],
  ['http://127.0.0.1:8600\\api', false],
  ['*', false],
  ['/x/../api/fleet', false],
  ['/api?x', true],
  ['/a\\b?x', false],
])('the target %j: %s', (target, isNormal) => {
  expect(isNormalTarget(target)).toBe(isNormal);
});
