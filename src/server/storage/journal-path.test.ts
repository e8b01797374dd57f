import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { journalPath } from './journal-path.ts';

test('each Ray has a file of its own, in the folder that the person’s programs keep their data in', () => {
  const at = (rayAddress: string, env = {}) => journalPath({ rayAddress, dataDir: null }, env);
  expect(at('http://ray:8265')).toBe(join(homedir(), '.local', 'share', 'virtual-cluster-console', 'ray_8265.sqlite'));
  expect(at('http://ray:8265', { XDG_DATA_HOME: '/data' })).toBe('/data/virtual-cluster-console/ray_8265.sqlite');
  expect(at('http://ray:8265', { XDG_DATA_HOME: 'data' })).toContain(homedir());
  expect(at('https://ray.example', { XDG_DATA_HOME: '/data' })).toBe(
    '/data/virtual-cluster-console/ray.example_443.sqlite',
  );
  expect(at('http://[::1]:8265', { XDG_DATA_HOME: '/data' })).toBe('/data/virtual-cluster-console/---1-_8265.sqlite');
});

test('two Rays below two paths of one gateway have two files', () => {
  const at = (rayAddress: string) => journalPath({ rayAddress, dataDir: '/x' }, {});
  expect(at('https://gateway/ray-prod')).toBe('/x/gateway_443_ray-prod.sqlite');
  expect(at('https://gateway/ray/prod')).toBe('/x/gateway_443_ray+prod.sqlite');
  expect(at('https://gateway')).toBe('/x/gateway_443.sqlite');
});

test('a folder that is asked for wins, also over the simulator, which is in memory otherwise', () => {
  expect(journalPath({ rayAddress: 'http://ray:8265', dataDir: '/x' }, { XDG_DATA_HOME: '/data' })).toBe(
    '/x/ray_8265.sqlite',
  );
  expect(journalPath({ rayAddress: null, dataDir: '/x' }, {})).toBe('/x/simulator.sqlite');
  expect(journalPath({ rayAddress: null, dataDir: null }, {})).toBeNull();
});

test('a user without a home must name a folder, and needs none then', () => {
  const none = () => {
    throw new Error('uv_os_homedir returned ENOENT');
  };
  const at = (dataDir: string | null, env = {}) => journalPath({ rayAddress: 'http://ray:8265', dataDir }, env, none);
  expect(at('/x')).toBe('/x/ray_8265.sqlite');
  expect(at(null, { XDG_DATA_HOME: '/data' })).toBe('/data/virtual-cluster-console/ray_8265.sqlite');
  expect(() => at(null)).toThrow(/no home folder .*--data-dir/);
});
