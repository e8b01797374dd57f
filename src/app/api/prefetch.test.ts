import { expect, test } from 'vitest';
import { localSession as session } from '../testing/local-session.ts';
import { createApi } from './client.ts';
import { prefetch, PREFETCH_MAX_AGE } from './prefetch.ts';
import { initialRequestUrls } from './initial-requests.ts';

const ORIGIN = 'http://console.test/vc';

/** A console that counts what it is asked; `fails`: so many of the first questions never arrive. */
function scripted({ fails = 0, isVisible = true } = {}) {
  const asked: string[] = [];
  let now = 1_000;
  const ahead = prefetch(
    (request) => {
      asked.push(request.url.slice(ORIGIN.length));
      return asked.length <= fails ? Promise.reject(new TypeError('failed')) : Promise.resolve(Response.json(session));
    },
    initialRequestUrls(ORIGIN, isVisible),
    () => now,
  );
  // A page that was just opened counts as active.
  return { asked, ahead, api: createApi(ahead, ORIGIN, () => true), pass: (ms: number) => (now += ms) };
}

test('what the page asks first is asked before its code is there, and no second time for it', async () => {
  const { asked, api } = scripted();
  expect(asked).toEqual(['/api/session?active=1', '/api/fleet']);
  expect(await api.session()).toEqual(session);
  // Not a fleet, but the answer to the first question for it.
  await expect(api.fleet(null)).rejects.toMatchObject({ code: 'unreadable' });
  expect(asked).toHaveLength(2);
});

test('each answer is given once: a later question goes out', async () => {
  const { asked, api } = scripted();
  await api.session();
  await api.session();
  expect(asked).toEqual(['/api/session?active=1', '/api/fleet', '/api/session?active=1']);
});

test('a hidden page asks for no fleet ahead', () => {
  expect(scripted({ isVisible: false }).asked).toEqual(['/api/session?active=1']);
});

test('an answer that never came, or came too long ago, is asked for anew', async () => {
  const lost = scripted({ fails: 1 });
  expect(await lost.api.session()).toEqual(session);
  expect(lost.asked).toHaveLength(3);
  const late = scripted();
  late.pass(PREFETCH_MAX_AGE + 1);
  expect(await late.api.session()).toEqual(session);
  expect(late.asked).toHaveLength(3);
});

test('a question that is given up ends at once', async () => {
  const giveUp = new AbortController();
  const ahead = prefetch(
    () => new Promise(() => undefined),
    [`${ORIGIN}/api/fleet`],
    () => 0,
  );
  const asked = ahead(new Request(`${ORIGIN}/api/fleet`, { signal: giveUp.signal }));
  giveUp.abort(new Error('given up'));
  await expect(asked).rejects.toThrow('given up');
});
