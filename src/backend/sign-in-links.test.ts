import { expect, test } from 'vitest';
import { createSignInLinks, LINK_LASTS } from './sign-in-links.ts';
import { createHandClock } from './testing/hand-clock.ts';
import { plainSecrets } from './testing/plain-secrets.ts';

const anna = { who: 'anna', grant: { role: 'operator', clusters: null } } as const;

function links() {
  const clock = createHandClock();
  const asked: string[] = [];
  const others = (hash: string) => {
    asked.push(hash);
    return null;
  };
  return { clock, asked, links: createSignInLinks({ clock, secrets: plainSecrets(), others }) };
}

test('a link is used once', () => {
  const { links: made } = links();
  const token = made.make(anna);
  expect(made.take('secret-9')).toBeNull();
  expect(made.take(token)).toEqual(anna);
  expect(made.take(token)).toBeNull();
});

test('a link that nobody used ends', async () => {
  const { clock, links: made } = links();
  const first = made.make(anna);
  await clock.advance(LINK_LASTS - 1);
  const second = made.make(anna);
  await clock.advance(1);
  expect(made.take(first)).toBeNull();
  expect(made.take(second)).toEqual(anna);
});

test('what is not its own is asked for elsewhere, by its hash alone', () => {
  const { asked, links: made } = links();
  made.take('abc');
  expect(asked).toEqual(['#cba']);
});
