import { expect, test } from 'vitest';
import type { Change } from '../../contract/change.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Result } from '../../domain/result.ts';
import { createApi, type Api } from '../api/client.ts';
import {
  shouldReplaceSubmission,
  recheckChange,
  submitChange,
  submissionStatusOf,
  type Submission,
} from './submission.ts';

const id = '00000000-0000-4000-8000-000000000001';
const wanted: ChangeRequest = { kind: 'delete', clusterId: 'a/b', base: null };

function changeWith(result: Result | null): Change {
  return {
    id,
    wanted,
    who: 'local',
    address: '127.0.0.1',
    via: 'local',
    by: 'page',
    askedAt: 1,
    settledAt: null,
    attempts: 1,
    before: null,
    result,
    moved: null,
  };
}

/** The page's client over a console that always answers the same. */
function apiThat(answer: (request: Request) => Response | Promise<Response>): {
  readonly api: Api;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const api = createApi(async (request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return answer(request);
  }, 'http://127.0.0.1:8600');
  return { api, asked };
}

const problem = (status: number, code: string) =>
  Response.json({ problem: code, detail: `It is ${code}.` }, { status });

test('a change is sent once under its id, and its answer is what stands', async () => {
  const { api, asked } = apiThat(() => Response.json(changeWith({ kind: 'in-use' })));
  const sent = await submitChange(api, id, wanted);
  expect(asked).toEqual([`PUT /api/changes/${id}`]);
  expect(sent).toEqual({ phase: 'answered', id, wanted, change: changeWith({ kind: 'in-use' }) });
  expect(submissionStatusOf(sent)).toBe('settled');
});

test.each<[string, Result | null]>([
  ['one that is still being sent', null],
  ['one of which nobody knows', { kind: 'unknown', cause: 'cut', lookedAt: null }],
])('an answer for %s is not settled', async (_, result) => {
  const { api } = apiThat(() => Response.json(changeWith(result), { status: 202 }));
  expect(submissionStatusOf(await submitChange(api, id, wanted))).toBe('unsettled');
});

test.each(['read-only', 'list-unreadable', 'id-taken', 'bad-change', 'header-missing'])(
  'the console saying %s means that nothing was sent',
  async (code) => {
    const { api } = apiThat(() => problem(403, code));
    expect(await submitChange(api, id, wanted)).toEqual({ phase: 'refused', id, wanted, detail: `It is ${code}.` });
  },
);

test.each<[string, () => Response | Promise<Response>]>([
  ['no answer', () => Promise.reject(new TypeError('fetch failed'))],
  ['a page of a proxy', () => new Response('<html>Bad gateway</html>', { status: 502 })],
  ['a console that failed on the way', () => problem(500, 'failed')],
  ['JSON that breaks off', () => new Response('{"id":"0000')],
  ['something else than a change', () => Response.json({ id })],
])('%s is never taken for a refusal: it may have been sent', async (_, answer) => {
  const { api } = apiThat(answer);
  const sent = await submitChange(api, id, wanted);
  expect(sent.phase).toBe('unanswered');
  expect(submissionStatusOf(sent)).toBe('unsettled');
  const looked = await recheckChange(api, id, wanted);
  expect(looked.phase).toBe('unanswered');
});

const notArrived = (request: Request, given: () => Response) =>
  request.method === 'GET' ? problem(404, 'no-such-change') : given();
const abandonment = `PUT /api/changes/${id}/abandonment`;

test('looking never sends, and gives up a change that the console knows nothing of', async () => {
  const { api, asked } = apiThat((request) => notArrived(request, () => Response.json({ change: null })));
  const looked = await recheckChange(api, id, wanted);
  expect(looked).toEqual({ phase: 'never-arrived', id, wanted });
  expect(submissionStatusOf(looked)).toBe('settled');
  expect(asked).toEqual([`GET /api/changes/${id}`, abandonment]);
});

test('a change that arrives between looking and giving it up is told as it is', async () => {
  const change = changeWith({ kind: 'in-use' });
  const { api } = apiThat((request) => notArrived(request, () => Response.json({ change })));
  expect(await recheckChange(api, id, wanted)).toEqual({ phase: 'answered', id, wanted, change });
});

const notGivenUp: readonly [string, () => Response][] = [
  ['the console may not be asked to', () => problem(403, 'read-only')],
  ['its journal can not be written', () => problem(503, 'journal-unwritable')],
  ['a proxy answers instead', () => new Response('<html>Bad gateway</html>', { status: 502 })],
];

test.each(notGivenUp)(
  'a change that could not be given up may still arrive, so it is not said that it never did (%s)',
  async (_, given) => {
    const { api } = apiThat((request) => notArrived(request, given));
    expect((await recheckChange(api, id, wanted)).phase).toBe('unanswered');
  },
);

test('a change that was given up elsewhere, as in another tab, never arrived', async () => {
  const { api } = apiThat(() => problem(409, 'abandoned'));
  expect(await submitChange(api, id, wanted)).toEqual({ phase: 'never-arrived', id, wanted });
});

test('a refused change is given up, so that a copy of it can not be taken later', async () => {
  const { api, asked } = apiThat(({ url }) =>
    url.endsWith('/abandonment') ? Response.json({ change: null }) : problem(503, 'list-unreadable'),
  );
  expect((await submitChange(api, id, wanted)).phase).toBe('refused');
  expect(asked).toEqual([`PUT /api/changes/${id}`, abandonment]);
});

test('a refused change of which a copy was taken meanwhile is told as that is', async () => {
  const change = changeWith({ kind: 'in-use' });
  const { api } = apiThat(({ url }) =>
    url.endsWith('/abandonment') ? Response.json({ change }) : problem(503, 'list-unreadable'),
  );
  expect(await submitChange(api, id, wanted)).toEqual({ phase: 'answered', id, wanted, change });
});

test('a refused change is unsettled while nobody knows whether a copy was taken', async () => {
  const { api } = apiThat(({ url }) => {
    if (url.endsWith('/abandonment')) throw new TypeError('fetch failed');
    return problem(503, 'list-unreadable');
  });
  expect((await submitChange(api, id, wanted)).phase).toBe('unanswered');
});

test('looking gives what has come of it since', async () => {
  const { api } = apiThat(() => Response.json(changeWith({ kind: 'not-found' })));
  expect(await recheckChange(api, id, wanted)).toEqual({
    phase: 'answered',
    id,
    wanted,
    change: changeWith({ kind: 'not-found' }),
  });
});

test('nothing and a change on its way stand apart', () => {
  expect(submissionStatusOf({ phase: 'idle' })).toBe('idle');
  expect(submissionStatusOf({ phase: 'sending', id, wanted })).toBe('busy');
});

test('a slow older look does not unsettle what is settled, nor tell of another change', () => {
  const answered = (result: Result | null): Submission => ({
    phase: 'answered',
    id,
    wanted,
    change: changeWith(result),
  });
  const settled = answered({ kind: 'in-use' });
  const open = answered({ kind: 'unknown', cause: 'cut', lookedAt: null });
  const unanswered: Submission = { phase: 'unanswered', id, wanted, detail: '' };
  expect([shouldReplaceSubmission(settled, open), shouldReplaceSubmission(settled, unanswered)]).toEqual([
    false,
    false,
  ]);
  expect([
    shouldReplaceSubmission(open, settled),
    shouldReplaceSubmission(open, unanswered),
    shouldReplaceSubmission({ phase: 'never-arrived', id, wanted }, open),
  ]).toEqual([true, true, true]);
  expect([
    shouldReplaceSubmission({ phase: 'never-arrived', id: 'another', wanted }, settled),
    shouldReplaceSubmission({ phase: 'idle' }, settled),
  ]).toEqual([false, false]);
});
