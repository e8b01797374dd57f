import { expect, test } from 'vitest';
import type { AuthMethod } from '../../contract/auth-method.ts';
import { NO_REVISION } from '../../domain/revision.ts';
import type { Grant } from './authenticator.ts';
import { createAuthorRight } from './author-right.ts';

const wanted = {
  kind: 'delete-when-idle',
  clusterId: 'team-a-etl',
  base: { revision: NO_REVISION, replicaSets: {}, divisible: false },
} as const;
const rightBy = (via: AuthMethod, grant: Grant | null | 'unknown', readOnly = false) =>
  createAuthorRight({ tokenGrant: () => grant, readOnly })({ via, who: 'ci', wanted });

test.each<[string, Grant | null | 'unknown', string]>([
  ['an operator of all', { role: 'operator', clusters: null }, 'kept'],
  ['an operator of the cluster', { role: 'operator', clusters: ['team-a-*'] }, 'kept'],
  ['an operator of other clusters', { role: 'operator', clusters: ['team-b-*'] }, 'lost'],
  ['a viewer', { role: 'viewer', clusters: null }, 'lost'],
  ['no token', null, 'lost'],
  ['unreadable tokens', 'unknown', 'unknown'],
])('a token: %s', (_name, grant, right) => {
  expect(rightBy('token', grant)).toBe(right);
});

test('a read-only console lets no token change anything', () => {
  expect(rightBy('token', { role: 'operator', clusters: null }, true)).toBe('lost');
});

test('of a person nothing is known while they are away, so what they asked for stands', () => {
  const ways: readonly AuthMethod[] = ['local', 'link', 'proxy'];
  for (const via of ways) expect(rightBy(via, null)).toBe('kept');
});
