import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkNewClusterId, readableClusterId, removalObstacle, splitJobClusterId } from './cluster-id.ts';

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['team##x', 'job-separator'],
  ['##', 'job-separator'],
  ['kPrimaryClusterID', 'primary'],
  ['a'.repeat(129), 'too-long'],
  ['a\u0007b', 'control-character'],
  ['a\ud800b', 'control-character'],
  ['train\u202egpj', 'control-character'],
  ['train\u200b-llm', 'control-character'],
  ['train\u2066llm', 'control-character'],
  [' a', 'outer-space'],
  ['a\n', 'outer-space'],
  ['.', 'path-dots'],
  ['..', 'path-dots'],
  ['a{b', 'braces'],
  ['}', 'braces'],
] as const)('%j may not be created: %s', (id, problem) => {
  expect(checkNewClusterId(id)).toBe(problem);
});

test.each(['train-llm', 'a/b c?d', 'a#b', 'ü', 'constructor', '__proto__', 'a'.repeat(128), '...'])(
  '%j may be created',
  (id) => {
    expect(checkNewClusterId(id)).toBeNull();
  },
);

test.each([
  ['.', 'path-dots'],
  ['..', 'path-dots'],
  ['a{}', 'braces'],
  ['ü'.repeat(1_333), null],
  ['ü'.repeat(1_334), 'too-long-for-path'],
  ['%'.repeat(2_667), 'too-long-for-path'],
  ['...', null],
  ['a/../b', null],
  ['\ud800', null],
] as const)('a DELETE of %.10s: %s', (id, obstacle) => {
  expect(removalObstacle(id)).toBe(obstacle);
});

test.each([
  ['train-llm', 'train-llm'],
  ['train\u202egpj', 'train\\u{202e}gpj'],
  ['a\u200bb\u0007c', 'a\\u{200b}b\\u{7}c'],
  ['a\u{e0041}b', 'a\\u{e0041}b'],
  ['ü𝔘', 'ü𝔘'],
])('%j can be read as %s', (id, readable) => {
  expect(readableClusterId(id)).toBe(readable);
});

test('a job cluster is parted at the first separator, as Ray does it', () => {
  expect(splitJobClusterId('team##raysubmit_1')).toEqual({ parentId: 'team', submissionId: 'raysubmit_1' });
  expect(splitJobClusterId('team##x##raysubmit_1')).toEqual({ parentId: 'team', submissionId: 'x##raysubmit_1' });
  expect(splitJobClusterId('a/b c##my job?')).toEqual({ parentId: 'a/b c', submissionId: 'my job?' });
});

test.each(['team', '##raysubmit_1', 'team##', ''])('%j is no job cluster', (id) => {
  expect(splitJobClusterId(id)).toBeNull();
});

test('an id that a person may create is never a job cluster', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      fc.pre(checkNewClusterId(id) === null);
      expect(splitJobClusterId(id)).toBeNull();
    }),
  );
});
