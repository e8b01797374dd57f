import { expect, test } from 'vitest';
import { createSignInLinks, LINK_LIFETIME } from './sign-in-links.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { plainSecrets } from '../../testing/harness/plain-secrets.ts';

const anna = { name: 'anna', grant: { role: 'operator', clusters: null } } as const;

function links() {
  const clock = createHandClock();
  const lookups: string[] = [];
  const others = (hash: string) => {
    lookups.push(hash);
    return null;
  };
  return { clock, lookups, links: createSignInLinks({ clock, secrets: plainSecrets(), others }) };
}

test('a link is used once', () => {
  const { links: made } = links();
  const token = made.create(anna);
  expect(made.redeem('secret-9')).toBeNull();
  expect(made.redeem(token)).toEqual(anna);
  expect(made.redeem(token)).toBe('used');
});

test('a link that nobody used ends', async () => {
  const { clock, links: made } = links();
  const first = made.create(anna);
  await clock.advance(LINK_LIFETIME - 1);
  const second = made.create(anna);
  await clock.advance(1);
  expect(made.redeem(first)).toBe('expired');
  expect(made.redeem(first)).toBe('expired');
  expect(made.redeem(second)).toEqual(anna);
});

test('what is not its own is looked up elsewhere, by its hash alone', () => {
  const { lookups, links: made } = links();
  made.redeem('abc');
  expect(lookups).toEqual(['#cba']);
});

test('one that was left elsewhere is told to be used, too, and what is remembered is bounded', () => {
  const left = new Set(['#eno']);
  const made = createSignInLinks({
    clock: createHandClock(),
    secrets: plainSecrets(),
    others: (hash) => (left.delete(hash) ? anna : null),
  });
  expect(made.redeem('one')).toEqual(anna);
  expect(made.redeem('one')).toBe('used');
  for (let n = 0; n < 1_000; n += 1) expect(made.redeem(made.create(anna))).toEqual(anna);
  expect(made.redeem('one')).toBeNull();
});
